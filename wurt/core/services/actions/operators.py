"""Who runs a service, and who works there for that body."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.services.actions.dated import insert
from wurt.core.services.models import VALID, ServiceOperator, ServiceStaff
from wurt.core.services.policies import MANAGE
from wurt.core.services.registry import service_of
from wurt.core.tenancy.models import Organisation, Person, Place


@action("services.set_operator")
def set_operator(
    actor: Actor,
    *,
    service: str,
    place: str,
    organisation: UUID,
    starts: date,
    phone: str = "",
    email: str = "",
    hours: str = "",
) -> UUID:
    """From the day ``starts`` on the organisation runs the service at the place (by slug).

    The one before ends on the day before: no gap. Where something is to be moved, hand over instead.
    """
    where = lock(Place.objects.all(), slug=place)
    authorize(actor, MANAGE, where)
    if service_of(service) is None:
        raise NotFound(code="services.service")
    body = lock(Organisation.objects.all(), public_id=organisation)
    row = ServiceOperator(
        service=service,
        place=where,
        organisation=body,
        starts=starts,
        phone=phone.strip(),
        email=email.strip(),
        hours=hours.strip(),
    )
    save_operator(row)
    record(
        actor,
        row,
        after={"service": service, "place": where.slug, "organisation": body, "starts": starts},
    )
    return row.public_id


def save_operator(row: ServiceOperator) -> None:
    """Insert the row. Raises RuleBroken if another operator begins on the same day."""
    insert(
        row,
        _(
            "On this day another operator begins at this place already. Choose another day, or withdraw "
            "that one first."
        ),
    )


@action("services.withdraw_operator")
def withdraw_operator(actor: Actor, *, operator: UUID, reason: str) -> None:
    """Take an operator back that was set by mistake. The entry and the reason are kept."""
    row = lock(ServiceOperator.objects.select_related("place"), public_id=operator)
    authorize(actor, MANAGE, row.place)
    if row.withdrawn is not None:
        raise RuleBroken("services.withdrawn", _("This entry was withdrawn already."))
    if not reason.strip():
        raise RuleBroken("services.reason", _("Say why it is withdrawn; the entry is kept with it."))
    row.withdrawn, row.withdrawn_reason = now(), reason.strip()
    row.save(update_fields=["withdrawn", "withdrawn_reason"])
    record(actor, row, before={"starts": row.starts})


@action("services.add_staff")
def add_staff(actor: Actor, *, service: str, place: str, person: UUID, starts: date | None = None) -> UUID:
    """A person works for the operator that runs the service at the place on the day ``starts`` (today)."""
    where = lock(Place.objects.all(), slug=place)
    authorize(actor, MANAGE, where)
    worker = lock(Person.objects.filter(erased__isnull=True), public_id=person)
    day = starts or today()
    running = (
        ServiceOperator.objects.filter(VALID, service=service, place=where, starts__lte=day)
        .select_related("organisation")
        .order_by("-starts")
        .first()
    )
    if running is None:
        raise RuleBroken(
            "services.no_operator", _("Nobody runs this service at this place yet. Set the operator first.")
        )
    row, _made = ServiceStaff.objects.get_or_create(
        service=service, place=where, organisation=running.organisation, person=worker, starts=day
    )
    record(actor, row, after={"service": service, "person": worker})
    return row.public_id


@action("services.end_staff")
def end_staff(actor: Actor, *, staff: UUID) -> None:
    """From today on the person works there no more."""
    row = lock(ServiceStaff.objects.select_related("place"), public_id=staff)
    authorize(actor, MANAGE, row.place)
    row.ends = max(row.starts, today())
    row.save(update_fields=["ends"])
    record(actor, row, after={"ends": row.ends})
