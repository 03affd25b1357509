"""Stages and testers: set, withdrawn, told."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.services.actions.dated import insert
from wurt.core.services.events import StageBegan
from wurt.core.services.models import VALID, ServicePromise, ServiceStage, Tester
from wurt.core.services.policies import MANAGE, TELL
from wurt.core.services.registry import service_of
from wurt.core.services.stages import Stage
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Organisation, Person, Place, PlaceKind

NEWS = timedelta(days=31)
"""A stage that began longer ago is history, which nobody is told."""


@action("services.set_stage")
def set_stage(
    actor: Actor,
    *,
    service: str,
    place: str,
    stage: str,
    starts: date,
    reason: str = "",
    decision: str = "",
    expected: str = "",
    instead: str = "",
    roles: list[str] | None = None,
    invited_only: bool = False,
) -> UUID:
    """From the day ``starts`` on the service is in the stage at the place (by slug). Returns its public id.

    Raises RuleBroken if another stage begins on the same day; of several at once one wins.
    """
    where = _managed(actor, service, place)
    chosen = Stage(stage)
    if chosen is Stage.INHERIT and where.kind == PlaceKind.COUNTY:
        raise RuleBroken(
            "services.nothing_above",
            _("There is no place above the county. Choose a stage."),
        )
    row = ServiceStage(
        service=service,
        place=where,
        stage=chosen,
        starts=starts,
        reason=reason.strip(),
        decision=decision.strip(),
        expected=expected.strip(),
        instead=instead.strip(),
        roles=sorted(Role(role).value for role in roles or []),
        invited_only=invited_only,
    )
    if starts < today() - NEWS:
        row.told = now()
    insert(
        row,
        _(
            "On this day another stage begins at this place already. Choose another day, or withdraw "
            "that one first."
        ),
    )
    record(
        actor,
        row,
        after={"service": service, "place": where.slug, "stage": stage, "starts": starts},
    )
    _tell_if_begun(row)
    return row.public_id


@action("services.withdraw_stage")
def withdraw_stage(actor: Actor, *, stage: UUID, reason: str) -> None:
    """Take a stage back that was set by mistake or will not come. The entry and the reason are kept."""
    row = lock(ServiceStage.objects.select_related("place"), public_id=stage)
    authorize(actor, MANAGE, row.place)
    if row.withdrawn is not None:
        raise RuleBroken("services.withdrawn", _("This entry was withdrawn already."))
    if not reason.strip():
        raise RuleBroken("services.reason", _("Say why it is withdrawn; the entry is kept with it."))
    row.withdrawn, row.withdrawn_reason = now(), reason.strip()
    row.save(update_fields=["withdrawn", "withdrawn_reason"])
    record(actor, row, before={"stage": row.stage, "starts": row.starts})


@action("services.invite")
def invite(actor: Actor, *, service: str, person: UUID, organisation: UUID | None = None) -> UUID:
    """A person may use the service before it is open. Inviting again changes nothing."""
    _managed(actor, service, "")
    guest = lock(Person.objects.filter(erased__isnull=True), public_id=person)
    body = lock(Organisation.objects.all(), public_id=organisation) if organisation else None
    row, _made = Tester.objects.get_or_create(service=service, person=guest, defaults={"organisation": body})
    record(actor, row, after={"service": service, "person": guest})
    return row.public_id


@action("services.uninvite")
def uninvite(actor: Actor, *, tester: UUID) -> None:
    """Take an invitation back."""
    authorize(actor, MANAGE, county())
    row = lock(Tester.objects.all(), public_id=tester)
    record(actor, row, before={"service": row.service})
    row.delete()


@action("services.set_promises")
def set_promises(actor: Actor, *, service: str, topics: list[tuple[str, str]]) -> None:
    """Which topics (kind and key, as projects of the agenda) promised the service; replaces what was."""
    where = _managed(actor, service, "")
    lock(Place.objects.all(), pk=where.pk)
    ServicePromise.objects.filter(service=service).delete()
    ServicePromise.objects.bulk_create(
        [ServicePromise(service=service, kind=kind, key=key) for kind, key in dict.fromkeys(topics)]
    )
    record(actor, where, after={"service": service, "promises": len(topics)})


@action("services.tell_begun")
def tell_begun(actor: Actor) -> int:
    """Tell of all stages that have begun since they were planned. Answers how many."""
    authorize(actor, TELL)
    rows = list(
        ServiceStage.objects.select_for_update(of=("self",))
        .filter(VALID, told__isnull=True, starts__lte=today())
        .order_by("pk")
    )
    for row in rows:
        _tell_if_begun(row)
    if rows:
        record(actor, county(), after={"stages": len(rows)})
    return len(rows)


def _tell_if_begun(row: ServiceStage) -> None:
    if row.told is not None or row.starts > today() or row.withdrawn is not None:
        return
    row.told = now()
    row.save(update_fields=["told"])
    publish(StageBegan(stage=row.public_id, service=row.service, day=row.starts), key=str(row.public_id))


def _managed(actor: Actor, service: str, place: str) -> Place:
    """The place, locked, if the actor may manage services there. Raises NotFound, NotAllowed."""
    where = lock(Place.objects.all(), slug=place) if place else county()
    authorize(actor, MANAGE, where)
    if service_of(service) is None:
        raise NotFound(code="services.service")
    return where
