"""What both sides of a hand-over read: the list, the check list, the protocol."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, explain, scope_q
from wurt.core.db.errors import NotFound
from wurt.core.services.holdings import Kind, holdings_of, label_of, scope_of
from wurt.core.services.models import HandOver, HandOverItem, ServiceStaff
from wurt.core.services.policies import (
    MANAGE,
    SIGN_GIVER,
    SIGN_TAKER,
    VIEW_HANDOVER,
    bodies_of,
)
from wurt.core.services.registry import service_of
from wurt.core.tenancy.models import Person


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when; of an erased person only that somebody did."""

    at: datetime
    name: str
    function: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Things of one kind: how many the giver still holds, how many were moved."""

    kind: str
    label: str
    waiting: int
    moved: int


@dataclass(frozen=True, slots=True)
class ItemLine:
    holding: str
    label: str
    due: date | None
    moved: datetime


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """``state``: prepared, signed, accepted, moving, finished or cancelled."""

    public_id: UUID
    service: str
    service_name: str
    place: str
    giver: str
    taker: str
    effective: date
    state: str


@dataclass(frozen=True, slots=True)
class HandOverView:
    """One hand-over with all that stands in its protocol, and what the reader may do."""

    row: HandOverRow
    reason: str
    decision: str
    phone: str
    email: str
    hours: str
    prepared: datetime
    giver_signed: Signature | None
    taker_signed: Signature | None
    started: datetime | None
    finished: datetime | None
    cancelled: datetime | None
    cancelled_reason: str
    staff_ended: int
    staff_begun: tuple[str, ...]
    checklist: tuple[CheckLine, ...]
    items: tuple[ItemLine, ...]
    may_cancel: bool
    may_sign_giver: bool
    may_sign_taker: bool
    may_resume: bool


def handovers(actor: Actor, *, service: str = "", state: str = "") -> tuple[HandOverRow, ...]:
    """All hand-overs that the actor may see, the newest first. Raises NotAllowed for whoever sees none."""
    if not can(actor, VIEW_HANDOVER) and not (actor.second_factor and bodies_of(actor)):
        authorize(actor, VIEW_HANDOVER)
    rows = HandOver.objects.filter(scope_q(actor, VIEW_HANDOVER)).select_related("place", "giver", "taker")
    if service:
        rows = rows.filter(service=service)
    found = tuple(_row(row) for row in rows)
    return tuple(row for row in found if not state or row.state == state)


def waiting_for(actor: Actor) -> tuple[HandOverRow, ...]:
    """Hand-overs that wait for a signature of the actor's side."""
    mine = bodies_of(actor)
    if not mine:
        return ()
    rows = HandOver.objects.filter(
        Q(giver__in=mine, giver_signed__isnull=True) | Q(taker__in=mine, giver_signed__isnull=False),
        cancelled__isnull=True,
        taker_signed__isnull=True,
    ).select_related("place", "giver", "taker")
    return tuple(_row(row) for row in rows)


def handover(actor: Actor, public_id: UUID) -> HandOverView:
    """One hand-over. Raises NotFound for whoever may not see it; who is signed out signs in first."""
    if not actor.signed_in and not actor.system:
        authorize(actor, VIEW_HANDOVER)
    row = (
        HandOver.objects.filter(public_id=public_id)
        .select_related("place", "giver", "taker", "giver_signer", "taker_signer")
        .first()
    )
    if row is None:
        raise NotFound(code="services.handover")
    if explain(actor, VIEW_HANDOVER, row) == "role":
        raise NotFound(code="services.handover")  # a stranger may not know that there is one
    authorize(actor, VIEW_HANDOVER, row)
    moved = dict(
        HandOverItem.objects.filter(hand_over=row)
        .values_list("holding")
        .annotate(number=Count("pk"))
        .order_by("holding")
    )
    staff = ServiceStaff.objects.filter(
        service=row.service, place=row.place, organisation=row.taker, starts=row.effective
    ).select_related("person")
    is_open = row.cancelled is None and row.taker_signed is None
    return HandOverView(
        row=_row(row),
        reason=row.reason,
        decision=row.decision,
        phone=row.phone,
        email=row.email,
        hours=row.hours,
        prepared=row.prepared,
        giver_signed=_signature(row.giver_signed, row.giver_signer),
        taker_signed=_signature(row.taker_signed, row.taker_signer),
        started=row.started,
        finished=row.finished,
        cancelled=row.cancelled,
        cancelled_reason=row.cancelled_reason,
        staff_ended=row.staff_ended,
        staff_begun=tuple(str(one.person) for one in staff) if row.taker_signed else (),
        checklist=_checklist(row, moved),
        items=tuple(
            ItemLine(label_of(item.holding), item.label, item.due, item.moved) for item in row.items.all()
        ),
        may_cancel=is_open and can(actor, MANAGE, row.place),
        may_sign_giver=row.giver_signed is None and can(actor, SIGN_GIVER, row),
        may_sign_taker=row.giver_signed is not None
        and row.giver_signer_id != actor.person
        and can(actor, SIGN_TAKER, row),
        may_resume=row.started is not None and row.finished is None and can(actor, MANAGE, row.place),
    )


def handover_to_cancel(actor: Actor, public_id: UUID) -> HandOverView:
    """One that can still be cancelled. Raises NotAllowed, NotFound."""
    authorize(actor, MANAGE)
    view = handover(actor, public_id)
    if not view.may_cancel:
        raise NotFound(code="services.handover")
    return view


def handover_to_accept(actor: Actor, public_id: UUID) -> HandOverView:
    """One that waits for this actor's acceptance. Raises NotAllowed, NotFound."""
    view = handover(actor, public_id)
    if not view.may_sign_taker:
        raise NotFound(code="services.handover")
    return view


def people_of_taker(actor: Actor, public_id: UUID) -> list[tuple[str, str]]:
    """(public id, name) of the people of the new operator, for whoever accepts."""
    row = HandOver.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound(code="services.handover")
    authorize(actor, SIGN_TAKER, row)
    rows = Person.objects.filter(organisation=row.taker, erased__isnull=True).exclude(name="")
    return [(str(one.public_id), one.name) for one in rows.order_by("name")]


def _row(row: HandOver) -> HandOverRow:
    service = service_of(row.service)
    return HandOverRow(
        public_id=row.public_id,
        service=row.service,
        service_name=str(service.name) if service else row.service,
        place=row.place.name,
        giver=row.giver.name,
        taker=row.taker.name,
        effective=row.effective,
        state=_state(row),
    )


def _state(row: HandOver) -> str:
    if row.cancelled is not None:
        return "cancelled"
    if row.finished is not None:
        return "finished"
    if row.started is not None:
        return "moving"
    if row.taker_signed is not None:
        return "accepted"
    return "signed" if row.giver_signed is not None else "prepared"


def _signature(at: datetime | None, person: Person | None) -> Signature | None:
    if at is None:
        return None
    return Signature(at, person.name if person else "", person.function if person else "")


def _checklist(row: HandOver, moved: dict[str, int]) -> tuple[CheckLine, ...]:
    scope = scope_of(row)
    over = row.finished is not None or row.cancelled is not None
    return tuple(
        CheckLine(
            kind=str(Kind(holding.kind).label),
            label=str(holding.label),
            waiting=0 if over else holding.count(scope),
            moved=moved.get(holding.key, 0),
        )
        for holding in holdings_of(row.service)
    )
