"""Meetings: planned, told to their members, decided in, put on record."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, lock_all, record, save
from wurt.core.db.clock import now
from wurt.core.db.errors import ChangedMeanwhile, NotFound, RuleBroken
from wurt.core.notices.direct import Recipient, tell
from wurt.modules.agenda.actions.remarks import put_remark
from wurt.modules.agenda.actions.reports import locked_month
from wurt.modules.agenda.actions.steps import first_day, the_agenda, trail
from wurt.modules.agenda.domain.rounds import MEETING, weight
from wurt.modules.agenda.models import Body, Meeting, PublishedReport, Report, Verdict
from wurt.modules.agenda.models.agenda import BodyKind
from wurt.modules.agenda.models.meeting import Outcome
from wurt.modules.agenda.policies import EDIT_AGENDA, RUN_MEETING

LONGEST_REASON = 1000
"""Characters of the reason why a report goes back."""


@action("agenda.plan_meeting", makes=Making(Meeting.objects.all))
def plan_meeting(actor: Actor, *, body: str, starts: datetime, place: str = "", items: str = "") -> UUID:
    """Plan a meeting of a body; members with a login are told. The answer is its public id."""
    agenda = the_agenda()
    authorize(actor, EDIT_AGENDA, agenda)
    group = Body.objects.filter(agenda=agenda, slug=body).first()
    if group is None:
        raise NotFound(code="agenda.body")
    row = Meeting.objects.create(body=group, starts=starts, place=place.strip(), items=items.strip())
    record(actor, row, after={"starts": starts.isoformat(), "slug": body})
    _tell(row, "called")
    return row.public_id


@action("agenda.edit_meeting")
def edit_meeting(
    actor: Actor,
    *,
    meeting: UUID,
    starts: datetime,
    place: str = "",
    items: str = "",
    version: int | None = None,
) -> None:
    """Change when, where and about what. Members are told of another time or place."""
    row = _open_meeting(actor, meeting)
    check_version(row, version)
    before, after = changed(row, {"starts": starts, "place": place.strip(), "items": items.strip()})
    if not after:
        return
    save(row, after)
    shown_before, shown = trail(before, after)
    record(actor, row, before=shown_before, after=shown)
    if {"starts", "place"} & after.keys():
        _tell(row, "moved")


@action("agenda.cancel_meeting")
def cancel_meeting(actor: Actor, *, meeting: UUID) -> None:
    """Call a meeting off in which nothing was decided; members are told.

    Raises RuleBroken ``agenda.meeting_decided``."""
    row = _open_meeting(actor, meeting)
    if row.verdicts.exists():
        raise RuleBroken(
            "agenda.meeting_decided",
            _("Reports were decided in this meeting, so it cannot be called off. Please write its minutes."),
        )
    record(actor, row, before={"starts": row.starts.isoformat(), "slug": row.body.slug})
    if row.starts > now():
        _tell(row, "cancelled")
    row.delete()


@action("agenda.decide_reports")
def decide_reports(
    actor: Actor, *, meeting: UUID, month: date, returned: Mapping[str, str], version: int | None = None
) -> int:
    """Put on record what the steering group decided about the reports of a month that were never published:
    those in ``returned`` (public id: reason) go back to whoever writes them, all others are approved as they
    stand. The answer is how many were approved. The same meeting may decide again until it has minutes.

    ``version``: :func:`~wurt.modules.agenda.domain.rounds.weight` of the reports as they were shown.
    Raises ChangedMeanwhile, RuleBroken ``agenda.meeting_to_come``, ``agenda.meeting_body``,
    ``agenda.return_reason``.
    """
    row = _open_meeting(actor, meeting)
    if row.body.kind != BodyKind.STEERING:
        raise RuleBroken("agenda.meeting_body", _("Only the steering group approves reports."))
    if row.starts > now():
        raise RuleBroken(
            "agenda.meeting_to_come",
            _("This meeting is still to come. Reports can be decided once it began."),
        )
    rows = Report.objects.filter(month__month=first_day(month))
    found = lock_all(rows.select_related("project__lead", "project__deputy"))  # first, as who writes one does
    month_row = locked_month(month)
    once = set(PublishedReport.objects.filter(version__month=month_row).values_list("project_id", flat=True))
    reports = [report for report in found if report.project_id not in once]
    if version is not None and weight(report.version for report in reports) != version:
        raise ChangedMeanwhile
    approved = 0
    for report in reports:
        report.month = month_row
        reason = returned.get(str(report.public_id))
        if reason is None:
            approved += 1
            _say(row, report, Outcome.APPROVED)
        else:
            _return(actor, row, report, reason.strip())
    record(actor, row, after={"month": month_row.month, "approved": approved, "returned": len(returned)})
    return approved


def _return(actor: Actor, meeting: Meeting, report: Report, reason: str) -> None:
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleBroken(
            "agenda.return_reason",
            _("Please say in at most %(number)d characters why the report goes back.")
            % {"number": LONGEST_REASON},
            field=f"reason_{report.public_id.hex}",
        )
    known = meeting.verdicts.filter(report=report, outcome=Outcome.RETURNED, reason=reason).exists()
    if report.handed_in is not None:
        report.handed_in = report.handed_in_by = None
        save(report, ["handed_in", "handed_in_by"])
    _say(meeting, report, Outcome.RETURNED, reason)
    if not known and report.month.current_id is None:
        put_remark(actor, report, reason)


def _say(meeting: Meeting, report: Report, outcome: Outcome, reason: str = "") -> None:
    # Not changed in place: the newest word counts, and that is the one with the highest number.
    Verdict.objects.filter(meeting=meeting, report=report).delete()
    Verdict.objects.create(meeting=meeting, report=report, outcome=outcome, reason=reason, stamp=report.stamp)


@action("agenda.record_minutes")
def record_minutes(actor: Actor, *, meeting: UUID, minutes: str, version: int | None = None) -> None:
    """Put the minutes on record; after that the meeting does not change any more.

    Raises RuleBroken ``agenda.meeting_to_come``, ``agenda.minutes_empty``."""
    row = _open_meeting(actor, meeting)
    check_version(row, version)
    if row.starts > now():
        raise RuleBroken(
            "agenda.meeting_to_come", _("This meeting is still to come, so it has no minutes yet.")
        )
    text = minutes.strip()
    if not text:
        message = _("Please write in a sentence or more what was talked about.")
        raise RuleBroken("agenda.minutes_empty", message, field="minutes")
    row.minutes, row.held = text, now()
    save(row, ["minutes", "held"])
    record(actor, row, after={"held": True})


def _open_meeting(actor: Actor, meeting: UUID) -> Meeting:
    row = lock(Meeting.objects.select_related("body__agenda"), public_id=meeting)
    authorize(actor, RUN_MEETING, row)
    if row.held is not None:
        raise RuleBroken(
            "agenda.meeting_held",
            _("The minutes of this meeting are on record; it does not change any more."),
        )
    return row


def _tell(row: Meeting, news: str) -> None:
    data = {
        "news": news,
        "body": row.body.name,
        "starts": row.starts.isoformat(),
        "place": row.place,
        "url": reverse("agenda:desk_meeting", args=[row.public_id]),
    }
    for member in row.body.members.filter(person__user__is_active=True).select_related("person"):
        if member.person is not None:
            key = f"{row.public_id} {row.version} {news} {member.person.public_id}"
            tell(
                Recipient(person=member.person.pk, name=str(member.person)), kind=MEETING, key=key, data=data
            )
