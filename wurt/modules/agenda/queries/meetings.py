"""Meetings on the desk: the list, one meeting with what it decides and decided. The actor comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.rounds import weight
from wurt.modules.agenda.models import Body, Meeting, Month, PublishedReport, Report, Verdict
from wurt.modules.agenda.models.agenda import BodyKind
from wurt.modules.agenda.models.meeting import Outcome
from wurt.modules.agenda.policies import RUN_MEETING, VIEW_MEETING
from wurt.modules.agenda.queries.approvals import Approval, approvals_of
from wurt.modules.agenda.queries.desk import check_desk, check_manage

STANDS = ("", "kommend", "offen", "protokolliert")
"""Choices of the list: all, those that come, those that were without minutes yet, those with minutes."""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A line of the list."""

    public_id: UUID
    body: str
    starts: datetime
    place: str
    held: datetime | None
    approved: int
    returned: int

    @property
    def over(self) -> bool:
        """Has it begun?"""
        return self.starts <= now()


def meeting_rows(actor: Actor, stand: str = "", body: str = "") -> list[MeetingRow]:
    """The meetings that the actor may see, newest first. Raises NotAllowed for whoever sees none at all."""
    check_meetings(actor)
    rows = Meeting.objects.filter(scope_q(actor, VIEW_MEETING)).select_related("body")
    if body:
        rows = rows.filter(body__slug=body)
    rows = {
        "kommend": lambda: rows.filter(starts__gt=now(), held=None),
        "offen": lambda: rows.filter(starts__lte=now(), held=None),
        "protokolliert": lambda: rows.exclude(held=None),
    }.get(stand, lambda: rows)()
    counted = rows.annotate(
        approved=Count("verdicts", filter=Q(verdicts__outcome=Outcome.APPROVED)),
        returned=Count("verdicts", filter=Q(verdicts__outcome=Outcome.RETURNED)),
    )
    return [
        MeetingRow(row.public_id, str(row.body), row.starts, row.place, row.held, row.approved, row.returned)
        for row in counted
    ]


def check_meetings(actor: Actor) -> None:
    """Raise NotAllowed for whoever may not see any meeting."""
    check_desk(actor)
    authorize(actor, VIEW_MEETING)


def may_see_meetings(actor: Actor) -> bool:
    """Does the actor see meetings at all? For the menu."""
    return can(actor, VIEW_MEETING)


def bodies(actor: Actor) -> list[tuple[str, str]]:
    """(slug, name) of the bodies, the steering group first."""
    check_desk(actor)
    found = sorted(Body.objects.all(), key=lambda row: (row.kind != BodyKind.STEERING, row.order, row.name))
    return [(row.slug, row.name) for row in found]


def bodies_to_plan(actor: Actor) -> list[tuple[str, str]]:
    """The bodies, for whoever plans meetings. Raises NotAllowed."""
    check_manage(actor)
    return bodies(actor)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the meeting said of one report."""

    month: date
    slug: str
    title: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting. ``months``: (first day, reports to decide) that wait for a decision, oldest first."""

    meeting: Meeting
    months: list[tuple[date, int]]
    decided: list[Decided]
    can_run: bool
    over: bool

    @property
    def decides(self) -> bool:
        """May reports be decided in it now? Those of the steering group only."""
        return self.can_run and self.over and self.meeting.held is None and is_steering(self.meeting)


def is_steering(meeting: Meeting) -> bool:
    """Is it one of the steering group?"""
    return meeting.body.kind == BodyKind.STEERING


def meeting_view(actor: Actor, meeting: UUID) -> MeetingView:
    """Raises NotFound for whoever may not see it."""
    check_desk(actor)
    rows = Meeting.objects.filter(scope_q(actor, VIEW_MEETING)).select_related("body__agenda")
    row = rows.filter(public_id=meeting).first()
    if row is None:
        raise NotFound(code="agenda.meeting")
    said = row.verdicts.select_related("report__month", "report__project").order_by(
        "report__month__month", "report__title"
    )
    return MeetingView(
        meeting=row,
        months=_months_to_decide() if is_steering(row) and row.held is None else [],
        decided=[
            Decided(
                one.report.month.month, one.report.project.slug, one.report.title, one.outcome, one.reason
            )
            for one in said
        ],
        can_run=can(actor, RUN_MEETING, row),
        over=row.starts <= now(),
    )


def meeting_to_run(actor: Actor, meeting: UUID) -> MeetingView:
    """The same for the forms of whoever runs meetings. Raises NotFound, NotAllowed."""
    view = meeting_view(actor, meeting)
    authorize(actor, RUN_MEETING, view.meeting)
    return view


def _unpublished() -> Any:
    once = PublishedReport.objects.filter(version__month=OuterRef("month"), project=OuterRef("project"))
    return Report.objects.filter(~Exists(once))


def _months_to_decide() -> list[tuple[date, int]]:
    rows = _unpublished().values_list("month__month").annotate(number=Count("pk"))
    return sorted(rows)


def reports_to_decide(actor: Actor, month: date) -> tuple[Month, list[tuple[Report, Approval]]]:
    """The reports of a month that were never published, with where they stand. Raises NotFound if there is
    none."""
    row = Month.objects.select_related("agenda").filter(month=month).first()
    reports = list(
        _unpublished().filter(month=row).select_related("project").order_by("title") if row else ()
    )
    if row is None or not reports:
        raise NotFound(code="agenda.month")
    said = approvals_of(actor, row, reports)
    return row, [(report, said[report.pk]) for report in reports]


def values_to_decide(actor: Actor, meeting: Meeting, reports: Sequence[Report]) -> dict[str, Any]:
    """What the form starts from: what this meeting said already, else "approved" for what is handed in."""
    said = {one.report_id: one for one in Verdict.objects.filter(meeting=meeting, report__in=list(reports))}
    values: dict[str, Any] = {"version": weight(report.version for report in reports)}
    for report in reports:
        before = said.get(report.pk)
        usual = Outcome.APPROVED.value if report.handed_in else ""
        values[f"outcome_{report.public_id.hex}"] = before.outcome if before else usual
        values[f"reason_{report.public_id.hex}"] = before.reason if before else ""
    return values
