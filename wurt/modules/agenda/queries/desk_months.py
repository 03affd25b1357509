"""Months and reports on the desk: what is there, is missing, looks wrong, or would be published."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.plausibility import MilestoneCheck, ReportCheck, Warning, check_report
from wurt.modules.agenda.domain.snapshot import MonthFact, month_from_json, same_facts
from wurt.modules.agenda.models import Month, Project, ProjectState, Report
from wurt.modules.agenda.policies import (
    EDIT_MONTH,
    EDIT_PROJECT,
    EDIT_REPORT,
    EDIT_REPORT_ANY,
    PUBLISH_MONTH,
    VIEW_REPORT_DRAFT,
)
from wurt.modules.agenda.queries.desk import check_desk, may_manage
from wurt.modules.agenda.queries.desk_waiting import Waiting, open_corrections, waiting_in
from wurt.modules.agenda.queries.facts import month_facts


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A line of the list of months."""

    month: date
    reports: int
    without_status: int
    published_version: int
    withdrawn: bool = False
    correction: bool = False


def month_rows(actor: Actor) -> list[MonthRow]:
    """All months in which the actor may see a report (managers: all), newest first."""
    check_desk(actor)
    shown: dict[int, list[str | None]] = {}
    for month, status in Report.objects.filter(scope_q(actor, VIEW_REPORT_DRAFT)).values_list(
        "month_id", "status"
    ):
        shown.setdefault(month, []).append(status)
    everything = may_manage(actor)
    corrections = set(open_corrections(actor)) if everything else set()
    return [
        MonthRow(
            month=row.month,
            reports=len(shown.get(row.pk, [])),
            without_status=sum(status is None for status in shown.get(row.pk, [])),
            published_version=row.current.number if row.current else 0,
            withdrawn=row.withdrawn,
            correction=row.month in corrections,
        )
        for row in Month.objects.select_related("current")
        if everything or row.pk in shown
    ]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in its month. ``missing``: codes of what is not there; ``warnings``: of what looks wrong."""

    slug: str
    title: str
    status: str | None
    has_progress: bool
    missing: tuple[str, ...]
    warnings: tuple[Warning, ...]
    can_edit: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month on the desk."""

    month: Month
    reports: list[ReportRow]
    absent: list[tuple[str, str]]
    can_edit: bool
    can_publish: bool
    versions: list[tuple[int, Any, str]]
    waiting: list[Waiting]

    @property
    def begun(self) -> bool:
        """Only then may it be published."""
        return self.month.month <= today()


def _month(actor: Actor, month: date) -> Month:
    check_desk(actor)
    row = Month.objects.select_related("agenda__place", "current").filter(month=month).first()
    if row is None:
        raise NotFound(code="agenda.month")
    return row


def month_view(actor: Actor, month: date) -> MonthView:
    """A month with the reports the actor may see. Raises NotFound if there is none of theirs."""
    row = _month(actor, month)
    can_edit = can(actor, EDIT_MONTH, row)
    rows = list(
        row.reports.filter(scope_q(actor, VIEW_REPORT_DRAFT))
        .select_related("project", "month")
        .order_by("title")
    )
    if not rows and not can_edit:
        raise NotFound(code="agenda.month")
    checks = {report.pk: _report_check(report) for report in row.reports.select_related("month")}
    reports = [_report_row(actor, report, checks) for report in rows]
    absent = Project.objects.filter(state=ProjectState.RUNNING).exclude(reports__month=row)
    return MonthView(
        month=row,
        reports=reports,
        absent=list(absent.values_list("slug", "title")) if can_edit else [],
        can_edit=can_edit,
        can_publish=can(actor, PUBLISH_MONTH, row),
        versions=list(row.versions.values_list("number", "published_at", "note")),
        waiting=waiting_in(actor, month) if can_edit else [],
    )


def _report_row(actor: Actor, report: Report, checks: dict[int, ReportCheck]) -> ReportRow:
    return ReportRow(
        slug=report.project.slug,
        title=report.title,
        status=report.status,
        has_progress=report.has_progress,
        missing=_missing_of(report),
        warnings=tuple(check_report(checks[report.pk], checks.values())),
        can_edit=can(actor, EDIT_REPORT, report),
    )


def _missing_of(report: Report) -> tuple[str, ...]:
    """What nobody has stated yet: status, reason, progress."""
    found = []
    if report.status is None:
        found.append("status")
    elif report.status != "green" and not report.status_reason:
        found.append("status_reason")
    if report.progress is None:
        found.append("progress")
    return tuple(found)


def _report_check(report: Report) -> ReportCheck:
    """A report in the shape of the plausibility rules."""
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
    )


def month_to_edit(actor: Actor, month: date) -> Month:
    """For the forms of managers. Raises NotFound, NotAllowed."""
    row = _month(actor, month)
    authorize(actor, EDIT_MONTH, row)
    return row


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing would freeze; ``published`` is what stands now, None for the first version.

    ``changed``: titles of projects whose report differs from the published one, is new or gone.
    ``without_field``: (slug, title) of reported projects that belong to no field of action.
    """

    month: Month
    facts: MonthFact
    published: MonthFact | None
    changed: list[str]
    unchanged: bool
    reports: list[ReportRow]
    absent: list[tuple[str, str]]
    without_field: list[tuple[str, str]]
    begun: bool
    waiting: list[Waiting]


def preview(actor: Actor, month: date) -> Preview:
    """What publishing the month would freeze now. Raises NotFound, NotAllowed."""
    row = _month(actor, month)
    authorize(actor, PUBLISH_MONTH, row)
    facts = month_facts(actor, row)
    old = month_from_json(row.current.facts) if row.current else None
    view = month_view(actor, month)
    return Preview(
        month=row,
        facts=facts,
        published=old,
        changed=_changed_projects(old, facts),
        unchanged=old is not None and same_facts(old, facts),
        reports=view.reports,
        absent=view.absent,
        without_field=list(
            Project.objects.filter(reports__month=row, reports__field=None, field=None)
            .order_by("title")
            .values_list("slug", "title")
        ),
        begun=view.begun,
        waiting=view.waiting,
    )


def has_changes(actor: Actor, month: date) -> bool:
    """Is the month published, and does it say something else by now?"""
    row = _month(actor, month)
    return row.current is not None and not same_facts(
        month_from_json(row.current.facts), month_facts(actor, row)
    )


def _changed_projects(old: MonthFact | None, new: MonthFact) -> list[str]:
    before = {fact.profile.key: fact for fact in old.reports} if old else {}
    after = {fact.profile.key: fact for fact in new.reports}
    titles = [fact.profile.title for key, fact in after.items() if before.get(key) != fact]
    return titles + [fact.profile.title for key, fact in before.items() if key not in after]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report for its form, with what the month before said."""

    report: Report
    can_delete: bool
    last_progress: str
    carried: bool
    warnings: tuple[Warning, ...]


def report_to_edit(actor: Actor, month: date, slug: str) -> ReportView:
    """Raises NotFound, NotAllowed."""
    check_desk(actor)
    rows = Report.objects.select_related("month", "project__field")
    row = rows.filter(scope_q(actor, VIEW_REPORT_DRAFT), month__month=month, project__slug=slug).first()
    if row is None:
        raise NotFound(code="agenda.report")
    authorize(actor, EDIT_REPORT, row)
    others = [_report_check(other) for other in row.month.reports.select_related("month")]
    last = (
        Report.objects.filter(project=row.project_id, month__month__lt=month)
        .order_by("-month__month")
        .first()
    )
    text = (last.progress or "") if last is not None and last.has_progress else ""
    return ReportView(
        report=row,
        can_delete=can(actor, EDIT_REPORT_ANY, row),
        last_progress=text,
        carried=bool(text) and text in (row.overall_state or ""),
        warnings=tuple(check_report(_report_check(row), others)),
    )


def report_values(actor: Actor, report: Report) -> dict[str, Any]:
    """What the form of a report starts from."""
    progress = "" if report.progress is None else "yes" if report.has_progress else "no"
    return {
        "status": report.status or "",
        "status_reason": report.status_reason,
        "has_progress": progress,
        "progress": report.progress or "",
        "overall_state": report.overall_state or "",
        "next_activities": "\n".join(report.next_activities),
        "risks": "\n".join(report.risks),
        "version": report.version,
    }


def milestone_values(actor: Actor, report: Report) -> list[dict[str, Any]]:
    """Rows of the form of a report's milestones."""
    return [
        {"label": m["label"], "due": m.get("due") or "", "done": m.get("done"), "done_on": m.get("done_on")}
        for m in report.milestones or []
    ]


def addable(actor: Actor, month: date) -> list[tuple[str, str]]:
    """(slug, title) of the projects that have no report in the month, running ones first."""
    row = month_to_edit(actor, month)
    rows = Project.objects.filter(scope_q(actor, EDIT_PROJECT)).exclude(reports__month=row)
    found = sorted(rows, key=lambda project: (project.state != ProjectState.RUNNING, project.title))
    return [(project.slug, project.title) for project in found]
