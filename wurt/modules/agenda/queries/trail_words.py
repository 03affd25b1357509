"""The trail of the agenda in words: names of actions and fields, values as people read them."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from wurt.core.audit.words import name_things, names_from
from wurt.core.web.format import due, german_datetime, month_name
from wurt.modules.agenda.models import (
    Agenda,
    Body,
    Field,
    Goal,
    ImportBatch,
    Meeting,
    Month,
    Project,
    ProjectState,
    Report,
    StrategyDocument,
)

ACTIONS: dict[str, str | Promise] = {
    "agenda.accept_certain_items": _("Accepted everything certain of an import"),
    "agenda.add_document": _("Added a document"),
    "agenda.add_milestone": _("Added a milestone"),
    "agenda.apply_import": _("Took over an import"),
    "agenda.create_agenda": _("Made the agenda"),
    "agenda.create_body": _("Made a group"),
    "agenda.create_field": _("Made a field of action"),
    "agenda.create_goal": _("Made a goal"),
    "agenda.create_project": _("Made the project"),
    "agenda.create_report": _("Made a report"),
    "agenda.delete_body": _("Deleted a group"),
    "agenda.delete_field": _("Deleted a field of action"),
    "agenda.delete_goal": _("Deleted a goal"),
    "agenda.delete_milestone": _("Deleted a milestone"),
    "agenda.delete_month": _("Deleted a month"),
    "agenda.delete_project": _("Deleted the project"),
    "agenda.delete_report": _("Deleted a report"),
    "agenda.edit_agenda": _("Changed the agenda"),
    "agenda.edit_body": _("Changed a group"),
    "agenda.edit_field": _("Changed a field of action"),
    "agenda.edit_goal": _("Changed a goal"),
    "agenda.edit_milestone": _("Changed a milestone"),
    "agenda.edit_month": _("Changed a month"),
    "agenda.edit_project": _("Changed the profile"),
    "agenda.edit_report": _("Changed a report"),
    "agenda.hand_in_report": _("Handed in a report"),
    "agenda.report_nothing_new": _("Handed in a report: nothing new"),
    "agenda.return_report": _("Opened a report again"),
    "agenda.merge_fields": _("Merged two fields of action"),
    "agenda.move_milestone": _("Moved a milestone"),
    "agenda.note_pages": _("Read the pages of a file"),
    "agenda.measure_goal": _("Chose the figures of a goal"),
    "agenda.measure_project": _("Chose the figures of a project"),
    "agenda.open_round": _("Opened a round of reports"),
    "agenda.remark": _("Said something of a report"),
    "agenda.settle_remark": _("Settled a remark"),
    "agenda.remind_leads": _("Reminded of reports that are not handed in"),
    "agenda.save_rounds": _("Changed the rounds of reports"),
    "agenda.cancel_meeting": _("Called a meeting off"),
    "agenda.decide_reports": _("Put a decision about reports on record"),
    "agenda.edit_meeting": _("Changed a meeting"),
    "agenda.plan_meeting": _("Planned a meeting"),
    "agenda.record_minutes": _("Put minutes on record"),
    "agenda.open_month": _("Opened a month"),
    "agenda.publish_month": _("Published a month"),
    "agenda.rename_project": _("Renamed the project"),
    "agenda.reorder_fields": _("Put the fields of action in another order"),
    "agenda.reorder_milestones": _("Put the milestones in another order"),
    "agenda.forget_import": _("Deleted an old import"),
    "agenda.review_item": _("Reviewed a part of an import"),
    "agenda.set_aliases": _("Changed the other names"),
    "agenda.set_costs": _("Changed the costs"),
    "agenda.set_decisions": _("Changed the decisions"),
    "agenda.set_members": _("Changed the members of a group"),
    "agenda.set_public": _("Changed who sees the project"),
    "agenda.set_state": _("Changed the state"),
    "agenda.skip_item": _("Skipped a part of an import"),
    "agenda.store_read": _("Stored what was read from files"),
    "agenda.take_back_import": _("Took an import back"),
    "agenda.tick_milestone": _("Ticked a milestone"),
    "agenda.upload_import": _("Uploaded files"),
    "agenda.withdraw_month": _("Withdrew a month"),
}
FIELDS: dict[str, str | Promise] = {
    "aliases": _("Other names"),
    "approval": _("The steering group approves reports"),
    "approved": _("Approved"),
    "contact": _("Contact for taking part"),
    "content": _("Content"),
    "costs": _("Costs"),
    "decisions": _("Decisions"),
    "deputy": _("Deputy"),
    "done": _("Done"),
    "done_on": _("Done on"),
    "due": _("Due"),
    "end": _("End"),
    "ended_on": _("Ended on"),
    "field": _("Field of action"),
    "goal": _("Goal"),
    "handed_in": _("Handed in"),
    "has_progress": _("Progress in the reporting period"),
    "is_example": _("Example"),
    "label": _("Milestone"),
    "lead": _("Lead"),
    "lead_function": _("Function of the lead"),
    "lead_organisation": _("Lead organisation"),
    "milestones": _("Milestones"),
    "month": _("Month"),
    "next_activities": _("Next steps"),
    "note": _("Note"),
    "on": _("On"),
    "order": _("Order"),
    "overall_state": _("Overall state"),
    "participation": _("Form of participation"),
    "participation_none_reason": _("Why there is no participation"),
    "parties": _("Cooperation partners and stakeholders"),
    "planned_start": _("Planned start"),
    "part": _("Part of the report"),
    "progress": _("What was achieved"),
    "settled": _("Settled"),
    "held": _("Minutes are on record"),
    "returned": _("Returned"),
    "starts": _("Begins"),
    "reminded": _("Stage of reminding"),
    "round_back": _("A round is about the month before"),
    "round_days": _("Days to hand in"),
    "round_every": _("Months from round to round"),
    "round_opens": _("Day on which a round opens"),
    "rounds_until": _("Newest round"),
    "project": _("Project"),
    "public": _("Public"),
    "risks": _("Risks"),
    "short_title": _("Short title"),
    "slug": _("Address"),
    "start": _("Start"),
    "state": _("State"),
    "status": _("Status"),
    "status_reason": _("Reason"),
    "title": _("Title"),
}
STATUSES: dict[str, str | Promise] = {
    "green": _("green"),
    "yellow": _("yellow"),
    "red": _("red"),
}
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def field_word(key: str) -> str:
    """Name of a field, else its code."""
    return str(FIELDS.get(key, key))


def value_word(key: str, value: object) -> str:
    """A stored value as text: dates in words, states and colours by name, "–" for nothing."""
    if isinstance(value, bool):
        return __("yes") if value else __("no")
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, list):
        return ", ".join(value_word(key, part) for part in value)
    text = str(value)
    if key == "month":
        return month_name(text[:7])
    if key == "status":
        return str(STATUSES.get(text, text))
    if key == "state" and text in ProjectState.values:
        return str(ProjectState(text).label)
    if key in ("due", "planned_start") or _A_DAY.fullmatch(text):
        return due(text)
    return text


def connect() -> None:
    """Name the things of the agenda; called once by the app's ``ready``."""
    reports = Report.objects.select_related("project", "month")
    for label, word, names in (
        ("agenda", _("Agenda"), names_from(Agenda.objects.all, "pk")),
        ("project", _("Project"), names_from(Project.objects.all)),
        ("report", _("Report"), names_from(reports.all, show=_report_name)),
        ("month", _("Month"), names_from(Month.objects.all, "pk", lambda row: month_name(row.month))),
        ("field", _("Field of action"), names_from(Field.objects.all, "pk")),
        ("goal", _("Goal"), names_from(Goal.objects.all, "pk")),
        ("body", _("Group"), names_from(Body.objects.all, "pk")),
        (
            "meeting",
            _("Meeting"),
            names_from(Meeting.objects.select_related("body").all, show=_meeting_name),
        ),
        ("strategydocument", _("Document"), names_from(StrategyDocument.objects.all, "pk")),
        (
            "importbatch",
            _("Import"),
            names_from(ImportBatch.objects.all, show=lambda row: german_datetime(row.created)),
        ),
    ):
        name_things(f"agenda.{label}", word, names)


def _meeting_name(row: Meeting) -> str:
    return f"{row.body.name}, {german_datetime(row.starts)}"


def _report_name(row: Report) -> str:
    return f"{row.project.title}, {month_name(row.month.month)}"
