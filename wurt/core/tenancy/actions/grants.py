"""Roles: granted for a place or an organisation, until a date; revoked at any time."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import today
from wurt.core.db.errors import RuleBroken
from wurt.core.tenancy.actions.people import check_not_erased
from wurt.core.tenancy.authority import (
    check_administrator_stays,
    check_not_more_than_held,
    check_org_admin_stays,
    lock_county,
)
from wurt.core.tenancy.models import Grant, Organisation, Person, Place
from wurt.core.tenancy.policies import GRANT_ROLE
from wurt.core.tenancy.roles import AT_ORGANISATION, GRANTABLE


def end_of(day: date | None) -> datetime | None:
    """The moment after which a role granted until ``day`` (inclusive, county's time) is no longer valid."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@action("tenancy.grant_role")
def grant_role(
    actor: Actor,
    *,
    person: UUID,
    role: Role,
    place: str = "",
    organisation: UUID | None = None,
    until: date | None = None,
) -> UUID:
    """Grant a role at a place (by slug) or an organisation, through the day ``until``. Returns the grant's
    id.

    Granting the same role at the same place again changes its end date.
    """
    lock_county()
    body = lock(Organisation.objects.all(), public_id=organisation) if organisation else None
    where = body.place if body else lock(Place.objects.all(), slug=place)
    authorize(actor, GRANT_ROLE, where)
    end = end_of(until)
    check_not_more_than_held(actor, where, end)
    _check_shape(role, until, at_organisation=body is not None)
    receiver = lock(Person.objects.all(), public_id=person)
    check_not_erased(receiver)
    tie = {"person": receiver, "role": role.value, "place": None if body else where, "organisation": body}
    grant = Grant.objects.filter(**tie).first()
    if grant is None:
        grant = Grant.objects.create(**tie, until=end, granted_by_id=actor.person)
    else:
        if end is not None:
            check_administrator_stays(without_grant=grant.pk)
            if body is not None:
                check_org_admin_stays(body, without_grant=grant.pk)
        grant.until = end
        grant.save(update_fields=["until"])
    record(actor, grant, after=facts_of(grant))
    return grant.public_id


@action("tenancy.revoke_role")
def revoke_role(actor: Actor, *, grant: UUID) -> None:
    """Take a role back, at once."""
    lock_county()
    row = lock(Grant.objects.select_related("person", "place", "organisation__place"), public_id=grant)
    where = row.organisation.place if row.organisation else row.place
    authorize(actor, GRANT_ROLE, where)
    check_administrator_stays(without_grant=row.pk)
    if row.organisation is not None:
        check_org_admin_stays(lock(Organisation.objects.all(), pk=row.organisation.pk), without_grant=row.pk)
    record(actor, row, before=facts_of(row))
    row.delete()


def _check_shape(role: Role, until: date | None, *, at_organisation: bool) -> None:
    if role not in GRANTABLE:
        raise RuleBroken("tenancy.role_not_granted", _("This role is not granted; everybody has it."))
    if (role in AT_ORGANISATION) != at_organisation:
        raise RuleBroken(
            "tenancy.role_at_wrong_thing",
            _("This role is held at an organisation: choose one.")
            if role in AT_ORGANISATION
            else _("This role is held at a place: choose one and leave the organisation empty."),
        )
    if until is not None and until < today():
        raise RuleBroken("tenancy.role_in_the_past", _("The end date is over. Choose today or a later day."))


def facts_of(grant: Grant) -> dict[str, object]:
    """What the trail keeps of a role."""
    return {
        "person": grant.person.public_id,
        "role": grant.role,
        "place": grant.place.slug if grant.place else None,
        "organisation": grant.organisation.public_id if grant.organisation else None,
        "until": grant.until,
    }
