"""Reports in the shape of the plausibility rules, with what the reports before them said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wurt.core.action.actor import Actor
from wurt.modules.agenda.domain.identity import fold
from wurt.modules.agenda.domain.plausibility import MilestoneCheck, ReportCheck, Warning, check_report
from wurt.modules.agenda.models import Month, Report

LOOKED_BACK = 12
"""Reports before this one that are compared with it."""


def checks_of(actor: Actor, month: Month) -> Mapping[int, ReportCheck]:
    """By key of the report: every report of a month, also those that the actor does not see, because a risk
    may be another project's. Two queries."""
    reports = list(month.reports.select_related("month"))
    before = _texts_before(month.month, [row.project_id for row in reports])
    return {row.pk: _check(row, before.get(row.project_id, ())) for row in reports}


Judge = Callable[[Report], tuple[Warning, ...]]


def judge_of(actor: Actor, report: Report) -> Judge:
    """Tells what looks wrong in a report as it stands in memory, saved or not. Two queries, however often."""
    others = [_check(row, ()) for row in report.month.reports.exclude(pk=report.pk).select_related("month")]
    before = _texts_before(report.month.month, [report.project_id]).get(report.project_id, ())
    return lambda row: tuple(check_report(_check(row, before), others))


def check_of(actor: Actor, report: Report) -> ReportCheck:
    """One report without its past."""
    return _check(report, ())


@dataclass(frozen=True, slots=True)
class _Text:
    overall_state: str
    has_progress: bool


def _texts_before(month: date, projects: Sequence[int]) -> dict[int, list[_Text]]:
    """By project, newest first."""
    first = month.replace(year=month.year - 1) if month.year > 1 else month
    rows = (
        Report.objects.filter(project__in=projects, month__month__lt=month, month__month__gte=first)
        .order_by("-month__month")
        .values_list("project_id", "overall_state", "has_progress")
    )
    found: dict[int, list[_Text]] = {}
    for project, text, progress in rows:
        found.setdefault(project, []).append(_Text(fold(text or ""), progress))
    return found


def _same_for(report: Report, before: Sequence[_Text]) -> int:
    count = 1
    text = fold(report.overall_state or "")
    if not text or report.has_progress:
        return count
    for one in before[:LOOKED_BACK]:
        if one.has_progress or one.overall_state != text:
            break
        count += 1
    return count


def _check(report: Report, before: Sequence[_Text]) -> ReportCheck:
    return ReportCheck(
        title=report.title,
        month=f"{report.month.month:%Y-%m}",
        status=report.status,
        end=report.end,
        milestones=[
            MilestoneCheck(item["label"], item.get("due"), bool(item.get("done")))
            for item in report.milestones or []
        ],
        progress=report.progress,
        overall_state=report.overall_state,
        risks=report.risks,
        same_for=_same_for(report, before),
    )
