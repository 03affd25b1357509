"""Months and the reports in them, while they are drafts or being corrected."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.clock import today
from wurt.core.db.errors import RuleBroken
from wurt.core.web.format import month_name
from wurt.modules.agenda.actions.milestones import as_reported
from wurt.modules.agenda.actions.projects import party_names
from wurt.modules.agenda.actions.steps import (
    field_of,
    first_day,
    last_day,
    organisation_of,
    person_of,
    the_agenda,
    trail,
    valid_due,
)
from wurt.modules.agenda.actions.values import MilestoneValue, ReportValues
from wurt.modules.agenda.domain.snapshot import State
from wurt.modules.agenda.domain.states import state_at
from wurt.modules.agenda.models import Agenda, Month, Project, ProjectState, Report
from wurt.modules.agenda.models.month import StatusColour
from wurt.modules.agenda.policies import EDIT_MONTH, EDIT_REPORT, EDIT_REPORT_ANY

_TEXTS = ("status_reason", "progress", "overall_state", "title", "goal", "content")
_LISTS = ("next_activities", "risks", "partners", "stakeholders")


def locked_month(month: date) -> Month:
    """The month, locked. Raises NotFound."""
    return lock(Month.objects.select_related("agenda__place"), month=first_day(month))


def locked_report(public_id: UUID) -> Report:
    """The report with its month locked first, so that it cannot be published in between. Raises NotFound."""
    found = lock(Report.objects.select_related("month", "project"), public_id=public_id)
    found.month = locked_month(found.month.month)
    return found


def state_in(project: Project, month: date) -> State:
    """The state that the project had at the end of a month, as far as its dates tell."""
    return state_at(project.state, project.start, project.ended_on, last_day(month))  # type: ignore[arg-type]


def new_month(
    agenda: Agenda,
    month: date,
    *,
    intro: str = "",
    due: date | None = None,
    printed: Mapping[str, Any] | None = None,
    is_example: bool = False,
) -> Month:
    """Write a month without reports. Raises RuleBroken ``agenda.month_open`` if it is there, and
    ``agenda.month_future`` if it comes later than next month."""
    first = first_day(month)
    if first > last_day(today()) + timedelta(days=1):
        raise RuleBroken(
            "agenda.month_future",
            _("%(month)s lies too far ahead. At most the next month can be opened. Please check the year.")
            % {"month": month_name(first)},
        )
    if Month.objects.filter(month=first).exists():
        raise RuleBroken("agenda.month_open", _("This month is open already."))
    return Month.objects.create(
        agenda=agenda,
        month=first,
        intro=intro.strip(),
        due=due,
        printed=dict(printed or {}),
        is_example=is_example,
    )


def new_report(month: Month, project: Project, values: ReportValues, before: Report | None = None) -> Report:
    """Write a report from the project's profile, what the month before said and the given values."""
    report = Report(
        month=month,
        project=project,
        title=project.title,
        state=state_in(project, month.month),
        field=project.field,
        goal=project.goal,
        content=project.content,
        lead_organisation=project.lead_organisation,
        lead=project.lead,
        start=project.start,
        end=project.end,
        **party_names(project),
    )
    if before is not None:
        report.overall_state = before.overall_state
        report.risks = list(before.risks)
        report.next_activities = list(before.next_activities)
        report.milestones = before.milestones
    if before is None or before.month.current_id is not None:
        # The project's own milestones are at least as new as the last published report.
        rows = [as_reported(row) for row in project.milestones.all()]
        report.milestones = rows or report.milestones
    apply_report(report, values)
    report.save()
    return report


def apply_report(report: Report, values: ReportValues) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the given values (unsaved); return (before, after) of those that differ."""
    given: dict[str, Any] = dict(values)
    clean: dict[str, Any] = {key: _stripped(given[key]) for key in _TEXTS if key in given}
    clean |= {key: _lines(given[key]) for key in _LISTS if key in given}
    clean |= {key: given[key] for key in ("has_progress", "state", "start", "end") if key in given}
    if "status" in given:
        clean["status"] = _status(given["status"])
    if "field" in given:
        clean["field"] = field_of(given["field"])
    if "lead_organisation" in given:
        clean["lead_organisation"] = organisation_of(given["lead_organisation"])
    if "lead" in given:
        clean["lead"] = person_of(given["lead"])
    if "figures" in given:
        clean["figures"] = _chosen(given["figures"])
    if "milestones" in given:
        clean["milestones"] = reported_milestones(given["milestones"])
    return changed(report, clean)


def reported_milestones(milestones: Sequence[MilestoneValue] | None) -> list[dict[str, Any]] | None:
    """Milestones in the shape of the table. Raises RuleBroken ``agenda.due``, ``agenda.milestone_label``."""
    if milestones is None:
        return None
    rows: list[dict[str, Any]] = []
    for item in milestones:
        label = item.label.strip()
        if not label or any(row["label"] == label for row in rows):
            raise RuleBroken(
                "agenda.milestone_label",
                _("Every milestone needs a name of its own. Please check the milestones."),
            )
        done_on = item.done_on.isoformat() if item.done and item.done_on else None
        rows.append(
            {"label": label, "due": valid_due(item.due) or None, "done": item.done, "done_on": done_on}
        )
    return rows


def check_report(report: Report) -> None:
    """What people must give. Raises RuleBroken ``agenda.status_reason``, ``agenda.progress``."""
    if report.status in (StatusColour.YELLOW, StatusColour.RED) and not report.status_reason:
        raise RuleBroken("agenda.status_reason", _("Please say why the status is not green."))
    if report.has_progress and not report.progress:
        raise RuleBroken(
            "agenda.progress", _("Please say what the progress is, or choose that there is none.")
        )


def _chosen(figures: Sequence[UUID] | None) -> list[str] | None:
    return None if figures is None else sorted(str(key) for key in figures)


def _stripped(text: str | None) -> str | None:
    return None if text is None else text.replace("\r\n", "\n").strip()


def _lines(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _status(status: str | None) -> str | None:
    if status is not None and status not in StatusColour.values:
        raise RuleBroken("agenda.status", _("Please choose green, yellow, red or no statement."))
    return status


@action("agenda.open_month")
def open_month(
    actor: Actor,
    *,
    month: date,
    intro: str = "",
    due: date | None = None,
    prefill: bool = True,
    printed: Mapping[str, Any] | None = None,
    is_example: bool = False,
) -> str:
    """Open a month; the answer is YYYY-MM. With ``prefill`` every running project gets its report,
    filled from its profile and from what its last report said. The status stays open. ``due``: the last day
    of handing in; who has not done so is reminded."""
    agenda = the_agenda()
    row = new_month(agenda, month, intro=intro, due=due, printed=printed, is_example=is_example)
    authorize(actor, EDIT_MONTH, row)
    count = fill_month(row) if prefill else 0
    record(actor, row, after={"month": row.month, "reports": count})
    return str(row)


def fill_month(row: Month) -> int:
    """Write a report for every project that ran in the month; how many."""
    last = last_reports(row.month)
    projects = Project.objects.filter(state=ProjectState.RUNNING).select_related(
        "field", "lead_organisation", "lead"
    )
    running = [project for project in projects if state_in(project, row.month) == "running"]
    for project in running:
        new_report(row, project, {}, last.get(project.pk))
    return len(running)


def last_reports(month: date) -> dict[int, Report]:
    """By project: its newest report before a month."""
    rows = Report.objects.filter(month__month__lt=month).select_related("month").order_by("month__month")
    return {row.project_id: row for row in rows}


@action("agenda.edit_month")
def edit_month(
    actor: Actor, *, month: date, intro: str, due: date | None = None, version: int | None = None
) -> str:
    """Change the editor's introduction and the last day of handing in; with another day reminding begins
    anew. In a published month the introduction shows after the next correction."""
    row = locked_month(month)
    authorize(actor, EDIT_MONTH, row)
    check_version(row, version)
    again = {"due": due, "reminded": 0} if due != row.due else {}
    before, after = changed(row, {"intro": _stripped(intro), **again})
    if after:
        save(row, after)
        before, after = trail(before, after)
        record(actor, row, before=before, after=after)
    return str(row)


@action("agenda.delete_month")
def delete_month(actor: Actor, *, month: date) -> None:
    """Delete a month that was never published, with its reports."""
    row = locked_month(month)
    authorize(actor, EDIT_MONTH, row)
    if row.versions.exists():
        raise RuleBroken("agenda.month_published", _("This month was published, so it cannot be deleted."))
    record(actor, row, before={"month": row.month, "reports": row.reports.count()})
    row.delete()


@action("agenda.create_report")
def create_report(actor: Actor, *, month: date, project: UUID, values: ReportValues | None = None) -> UUID:
    """Add the report of a project to a month; the answer is its public id.

    Raises RuleBroken ``agenda.report_exists``, and what :func:`check_report` raises.
    """
    row = locked_month(month)
    owner = lock(Project.objects.select_related("field", "lead_organisation", "lead"), public_id=project)
    report = Report(month=row, project=owner)
    authorize(actor, EDIT_REPORT, report)
    if row.reports.filter(project=owner).exists():
        raise RuleBroken("agenda.report_exists", _("This project has a report in this month already."))
    report = new_report(row, owner, values or {}, last_reports(row.month).get(owner.pk))
    check_report(report)
    record(actor, report, after={"month": row.month, "status": report.status, "title": report.title})
    return report.public_id


@action("agenda.edit_report")
def edit_report(actor: Actor, *, report: UUID, values: ReportValues, version: int | None = None) -> UUID:
    """Change a report. In a published month (coordination only) it shows after the next correction."""
    row = locked_report(report)
    authorize(actor, EDIT_REPORT, row)
    check_version(row, version)
    before, after = apply_report(row, values)
    check_report(row)
    if after:
        row.hand_edited = sorted({*row.hand_edited, *after})
        written = [*after, "hand_edited"]
        if row.handed_in and not can(actor, EDIT_REPORT_ANY, row):
            # The coordination may mend a word in it; whoever answers for the report hands it in again.
            row.handed_in = row.handed_in_by = None
            written += ["handed_in", "handed_in_by"]
        save(row, written)
        before, after = trail(before, after)
        record(actor, row, before=before, after=after)
    return row.public_id


@action("agenda.delete_report")
def delete_report(actor: Actor, *, report: UUID) -> None:
    """Take a report out of its month. A published version that holds it stays as it is."""
    row = locked_report(report)
    authorize(actor, EDIT_REPORT_ANY, row)
    record(actor, row, before={"month": row.month.month, "title": row.title, "status": row.status})
    row.delete()
