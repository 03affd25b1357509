"""Months and reports on the desk: what is there, is missing, looks wrong, or would be published."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.plausibility import ReportCheck, Warning, check_report, proposed_status
from wurt.modules.agenda.domain.snapshot import MonthFact, month_from_json, same_facts
from wurt.modules.agenda.models import Month, Project, ProjectState, Report
from wurt.modules.agenda.models.month import StatusColour
from wurt.modules.agenda.policies import (
    EDIT_MONTH,
    EDIT_PROJECT,
    EDIT_REPORT,
    EDIT_REPORT_ANY,
    PUBLISH_MONTH,
    VIEW_REPORT_DRAFT,
)
from wurt.modules.agenda.queries.approvals import Approval, approvals_of
from wurt.modules.agenda.queries.desk import check_desk, may_manage
from wurt.modules.agenda.queries.desk_waiting import Waiting, open_corrections, waiting_in
from wurt.modules.agenda.queries.facts import month_facts
from wurt.modules.agenda.queries.measures import offered
from wurt.modules.agenda.queries.remarks import open_remarks
from wurt.modules.agenda.queries.report_checks import check_of, checks_of, judge_of


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
    handed_in: datetime | None
    handed_in_by: str
    explanations: Mapping[str, str]
    remarks: int = 0
    approval: Approval | None = None
    """What the steering group said; None where it approves no reports."""

    @property
    def unsettled(self) -> bool:
        """Is something missing, is a remark open, or does something look wrong that nobody explained?"""
        unexplained = any(w.code not in self.explanations for w in self.warnings)
        return bool(self.missing or self.remarks) or unexplained


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

    @property
    def late(self) -> int:
        """How many reports are not handed in though their last day is over."""
        due = self.month.due
        return len(self.reports) - self.handed_in if due is not None and due < today() else 0

    @property
    def handed_in(self) -> int:
        """How many reports are handed in."""
        return sum(row.handed_in is not None for row in self.reports)


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
        .select_related("project", "month", "handed_in_by")
        .order_by("title")
    )
    if not rows and not can_edit:
        raise NotFound(code="agenda.month")
    checks = checks_of(actor, row)
    said = open_remarks(actor, rows)
    verdicts = approvals_of(actor, row, rows) if row.agenda.approval else {}
    reports = [
        _report_row(actor, report, checks, said[report.pk], verdicts.get(report.pk)) for report in rows
    ]
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


def chosen_reports(rows: Sequence[ReportRow], stand: str) -> list[ReportRow]:
    """Those not handed in ("offen"), handed in ("abgegeben"), or with something to check ("auffaellig")."""
    if stand == "offen":
        return [row for row in rows if row.handed_in is None]
    if stand == "abgegeben":
        return [row for row in rows if row.handed_in is not None]
    return [row for row in rows if row.unsettled or stand != "auffaellig"]


def _report_row(
    actor: Actor,
    report: Report,
    checks: Mapping[int, ReportCheck],
    remarks: int = 0,
    approval: Approval | None = None,
) -> ReportRow:
    return ReportRow(
        slug=report.project.slug,
        title=report.title,
        status=report.status,
        has_progress=report.has_progress,
        missing=_missing_of(report),
        warnings=tuple(check_report(checks[report.pk], checks.values())),
        can_edit=can(actor, EDIT_REPORT, report),
        handed_in=report.handed_in,
        handed_in_by=str(report.handed_in_by or ""),
        explanations=report.explanations or {},
        remarks=remarks,
        approval=approval,
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

    @property
    def unapproved(self) -> list[ReportRow]:
        """Reports that the steering group has not approved as they stand."""
        return [row for row in self.reports if row.approval is not None and not row.approval.is_ready]


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
    proposed: str
    """The status that the rules propose."""
    if_nothing_new: tuple[Warning, ...]
    """What would look wrong if it were handed in green and without progress."""
    last_status: str
    last_reason: str
    explained: Mapping[str, str]
    """By code of a warning: what was said of it in this report, else in the last one."""
    missing: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]


def report_to_edit(actor: Actor, month: date, slug: str) -> ReportView:
    """Raises NotFound, NotAllowed."""
    check_desk(actor)
    rows = Report.objects.select_related("month", "project__field", "handed_in_by")
    row = rows.filter(scope_q(actor, VIEW_REPORT_DRAFT), month__month=month, project__slug=slug).first()
    if row is None:
        raise NotFound(code="agenda.report")
    authorize(actor, EDIT_REPORT, row)
    last = (
        Report.objects.filter(project=row.project_id, month__month__lt=month)
        .order_by("-month__month")
        .first()
    )
    text = (last.progress or "") if last is not None and last.has_progress else ""
    judge = judge_of(actor, row)
    return ReportView(
        report=row,
        can_delete=can(actor, EDIT_REPORT_ANY, row),
        last_progress=text,
        carried=bool(text) and text in (row.overall_state or ""),
        warnings=judge(row),
        proposed=proposed_status(check_of(actor, row)),
        if_nothing_new=judge(_without_news(row)),
        last_status=(last.status or "") if last else "",
        last_reason=last.status_reason if last else "",
        explained={**((last.explanations or {}) if last else {}), **(row.explanations or {})},
        missing=_missing_of(row),
        figures=tuple(offered(actor, row)),
    )


def _without_news(report: Report) -> Report:
    row = copy(report)
    row.status, row.progress, row.has_progress = StatusColour.GREEN, "", False
    return row


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
        "figures": report.figures,
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
