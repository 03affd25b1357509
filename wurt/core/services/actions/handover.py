"""Handing a service over: prepared, signed twice, moved on the day, in batches that survive a kill."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record, save
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.services.actions.operators import save_operator
from wurt.core.services.events import BatchDue, HandedOver
from wurt.core.services.holdings import Holding, Scope, holdings_of, scope_of
from wurt.core.services.models import (
    VALID,
    HandOver,
    HandOverItem,
    ServiceOperator,
    ServiceStaff,
)
from wurt.core.services.policies import MANAGE, SIGN_GIVER, SIGN_TAKER, TELL
from wurt.core.services.registry import service_of
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Organisation, Person, Place

BATCH = 200
"""Things moved in one transaction: a fraction of a second of work, so that a kill costs little."""


@action("services.prepare_handover")
def prepare_handover(
    actor: Actor,
    *,
    service: str,
    place: str,
    taker: UUID,
    effective: date,
    reason: str = "",
    decision: str = "",
    phone: str = "",
    email: str = "",
    hours: str = "",
) -> UUID:
    """Prepare a hand-over from whoever runs the service at the place (by slug) on the day before
    ``effective``. Phone, e-mail and hours are those of the new operator. Returns its public id."""
    where = lock(Place.objects.all(), slug=place)
    authorize(actor, MANAGE, where)
    if service_of(service) is None:
        raise NotFound(code="services.service")
    if effective < today():
        raise RuleBroken("services.past", _("The day of the hand-over is over. Choose today or a later day."))
    body = lock(Organisation.objects.all(), public_id=taker)
    running = _running(service, where, effective)
    if running.organisation_id == body.pk:
        raise RuleBroken("services.same_body", _("This body runs the service already. Choose another."))
    if HandOver.objects.filter(
        service=service, place=where, finished__isnull=True, cancelled__isnull=True
    ).exists():
        raise RuleBroken(
            "services.open_handover",
            _("A hand-over of this service is under way at this place. Finish or cancel that one first."),
        )
    row = HandOver.objects.create(
        service=service,
        place=where,
        giver=running.organisation,
        taker=body,
        effective=effective,
        reason=reason.strip(),
        decision=decision.strip(),
        phone=phone.strip(),
        email=email.strip(),
        hours=hours.strip(),
    )
    record(
        actor,
        row,
        after={"service": service, "giver": row.giver, "taker": body, "effective": effective},
    )
    return row.public_id


@action("services.cancel_handover")
def cancel_handover(actor: Actor, *, hand_over: UUID, reason: str) -> None:
    """Give the plan up. Not possible once the new operator has accepted."""
    row = _locked(hand_over)
    authorize(actor, MANAGE, row.place)
    if row.taker_signed is not None or row.cancelled is not None:
        raise RuleBroken("services.accepted", _("This hand-over is accepted or cancelled already."))
    if not reason.strip():
        raise RuleBroken("services.reason", _("Say why it is cancelled; the reason stays in the history."))
    row.cancelled, row.cancelled_reason = now(), reason.strip()
    save(row, ["cancelled", "cancelled_reason"])
    record(actor, row, after={"cancelled": True})


@action("services.sign_as_giver")
def sign_as_giver(actor: Actor, *, hand_over: UUID) -> None:
    """A person of the old operator signs: everything on the list is to go."""
    row = _locked(hand_over)
    authorize(actor, SIGN_GIVER, row)
    if row.giver_signed is not None:
        raise RuleBroken("services.signed", _("Your side has signed already."))
    row.giver_signed, row.giver_signer_id = now(), actor.person
    save(row, ["giver_signed", "giver_signer"])
    record(actor, row, after={"signed": "giver"})


@action("services.accept_handover")
def accept_handover(actor: Actor, *, hand_over: UUID, people: list[UUID] | None = None) -> None:
    """A person of the new operator accepts. From the day of the hand-over on that body is the operator, its
    ``people`` (of that body) work for the service and those of the old one no more. If the day has come,
    moving begins."""
    row = _locked(hand_over)
    authorize(actor, SIGN_TAKER, row)
    if row.giver_signed is None:
        raise RuleBroken("services.not_signed", _("The old operator has not signed yet."))
    if row.giver_signer_id == actor.person:
        raise RuleBroken("services.same_person", _("Two different people sign: one of each side."))
    if row.effective < today():
        row.effective = today()  # nobody becomes the operator of a day that is over
    save_operator(
        ServiceOperator(
            service=row.service,
            place=row.place,
            organisation=row.taker,
            starts=row.effective,
            phone=row.phone,
            email=row.email,
            hours=row.hours,
        )
    )
    row.staff_ended = _change_staff(row, people or [])
    row.taker_signed, row.taker_signer_id = now(), actor.person
    save(row, ["effective", "taker_signed", "taker_signer", "staff_ended"])
    record(actor, row, after={"signed": "taker", "effective": row.effective})
    _begin_if_due(row)


@action("services.begin_handovers")
def begin_handovers(actor: Actor) -> int:
    """Begin to move whatever is accepted and due today. Answers how many hand-overs began."""
    authorize(actor, TELL)
    rows = list(
        HandOver.objects.select_for_update(of=("self",))
        .filter(taker_signed__isnull=False, started__isnull=True, effective__lte=today())
        .order_by("pk")
    )
    for row in rows:
        _begin_if_due(row)
    if rows:
        record(actor, county(), after={"hand_overs": len(rows)})
    return len(rows)


@action("services.move_batch")
def move_batch(actor: Actor, *, hand_over: UUID, step: int) -> int:
    """Move the next things and order the batch after them, in one transaction. Answers how many were moved;
    0 when nothing was left: then the hand-over is finished.

    What moved is what is listed no more, so a batch that runs again after a kill goes on where things stand.
    """
    row = _locked(hand_over)
    authorize(actor, TELL)
    if row.started is None or row.finished is not None:
        return 0
    scope = scope_of(row)
    for holding in holdings_of(row.service):
        moved = _move(row, holding, scope)
        if moved:
            record(actor, row, after={"holding": holding.key, "moved": moved, "step": step})
            publish(BatchDue(row.public_id, step + 1), key=f"{row.public_id} {step + 1}")
            return moved
    row.finished = now()
    save(row, ["finished"])
    record(actor, row, after={"finished": True, "step": step})
    publish(
        HandedOver(row.public_id, row.service, row.giver.public_id, row.taker.public_id),
        key=str(row.public_id),
    )
    return 0


@action("services.resume_handover")
def resume_handover(actor: Actor, *, hand_over: UUID) -> None:
    """Order the next batch again, where one had failed too often."""
    row = _locked(hand_over)
    authorize(actor, MANAGE, row.place)
    if row.started is None or row.finished is not None:
        raise RuleBroken("services.not_moving", _("Nothing is being moved at the moment."))
    record(actor, row, after={"resumed": True})
    publish(BatchDue(row.public_id, row.items.count()), key=f"{row.public_id} again {now().isoformat()}")


def _locked(hand_over: UUID) -> HandOver:
    return lock(HandOver.objects.select_related("place", "giver", "taker"), public_id=hand_over)


def _running(service: str, place: Place, effective: date) -> ServiceOperator:
    running = (
        ServiceOperator.objects.filter(VALID, service=service, place=place, starts__lte=effective)
        .select_related("organisation")
        .order_by("-starts")
        .first()
    )
    if running is None:
        raise RuleBroken(
            "services.no_operator",
            _("Nobody runs this service at this place yet. Set the operator first."),
        )
    return running


def _change_staff(row: HandOver, people: list[UUID]) -> int:
    """End the work of the giver's people, begin that of the taker's. Answers how many ended."""
    mine = ServiceStaff.objects.filter(service=row.service, place=row.place)
    ended = mine.filter(
        Q(ends__isnull=True) | Q(ends__gt=row.effective), organisation=row.giver, starts__lte=row.effective
    ).update(ends=row.effective)
    workers = Person.objects.filter(public_id__in=people, organisation=row.taker, erased__isnull=True)
    if len(set(people)) != len(workers):
        raise RuleBroken(
            "services.not_of_taker", _("Only people of the new operator can be named. Choose again.")
        )
    ServiceStaff.objects.bulk_create(
        [
            ServiceStaff(
                service=row.service,
                place=row.place,
                organisation=row.taker,
                person=worker,
                starts=row.effective,
            )
            for worker in workers
        ],
        ignore_conflicts=True,
    )
    return ended


def _begin_if_due(row: HandOver) -> None:
    if row.started is None and row.effective <= today():
        row.started = now()
        save(row, ["started"])
        publish(BatchDue(row.public_id, 0), key=f"{row.public_id} 0")


def _move(row: HandOver, holding: Holding, scope: Scope) -> int:
    things = {held.key: held for held in holding.listed(scope, BATCH)}
    if not things:
        return 0
    moved = set(holding.move(scope, list(things)))
    if not moved or moved - set(things):
        raise RuntimeError(f"{holding.key} lists {len(things)} things and moves {len(moved)}")
    HandOverItem.objects.bulk_create(
        [
            HandOverItem(hand_over=row, holding=holding.key, key=key, label=held.label, due=held.due)
            for key, held in things.items()
            if key in moved
        ]
    )
    return len(moved)
