"""Rules that hold wherever authority changes hands: nobody grants more than they hold, one working
administrator of the county always stays, and nobody takes the last one of an organisation away. Shared by
the actions of ``tenancy`` and ``accounts``.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor, Role
from wurt.core.action.run import lock
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.tenancy.models import Grant, Organisation, Place, PlaceKind
from wurt.core.tenancy.tree import below


def county() -> Place:
    """The root of the tree. Raises RuleBroken if the county was not set up."""
    place = Place.objects.filter(kind=PlaceKind.COUNTY).first()
    if place is None:
        raise RuleBroken("tenancy.no_county", _("The county does not exist yet. Run: wurt init COUNTY"))
    return place


def lock_county() -> Place:
    """The county, locked: whatever may take authority away waits here for its turn, so that two
    administrators
    cannot remove each other at the same moment."""
    return lock(Place.objects.all(), pk=county().pk)


def administrators() -> QuerySet[Grant]:
    """Grants of administrators of the county that can be counted on: no end date, a login that is active
    and was
    used or has a password."""
    return Grant.objects.filter(
        Q(person__user__last_login__isnull=False) | ~Q(person__user__password__startswith="!"),  # noqa: S106
        role=Role.COUNTY_ADMIN,
        place__kind=PlaceKind.COUNTY,
        until__isnull=True,
        person__user__is_active=True,
        person__erased__isnull=True,
    )


def check_administrator_stays(*, without_person: int | None = None, without_grant: int | None = None) -> None:
    """Raise RuleBroken if nobody else could manage the county after the change.

    A change that takes nothing away (the person or grant does not count today) passes.
    """
    working = list(administrators().values_list("pk", "person_id"))
    leaving = [pk for pk, person in working if pk == without_grant or person == without_person]
    if leaving and len(leaving) == len(working):
        raise RuleBroken(
            "tenancy.last_administrator",
            _(
                "This is the last administrator of the county. "
                "First give the role to somebody else, without an end date."
            ),
        )


def check_not_more_than_held(actor: Actor, place: Place, until: datetime | None) -> None:
    """Raise NotAllowed if the grant would last longer than the actor's own authority at that place."""
    if actor.system:
        return
    mine = (
        Grant.objects.valid()
        .filter(
            person_id=actor.person or 0,
            role=Role.COUNTY_ADMIN,
            place__isnull=False,
        )
        .values_list("place_id", "until")
    )
    reach = below({pk for pk, _end in mine if pk is not None})
    ends = [end for pk, end in mine if pk is not None and place.pk in reach[pk]]
    if None in ends:
        return
    latest = max((end for end in ends if end is not None), default=None)
    if latest is None or until is None or until > latest:
        raise NotAllowed(
            _("Your own role ends earlier. Choose an end date that is not later than yours."),
            code="tenancy.grant_role:longer_than_own",
        )


def org_administrators(body: Organisation) -> QuerySet[Grant]:
    """Grants of administrators of an organisation that work today: valid, with a login that is active and
    was used or has a password."""
    return Grant.objects.valid().filter(
        Q(person__user__last_login__isnull=False) | ~Q(person__user__password__startswith="!"),  # noqa: S106
        role=Role.ORG_ADMIN,
        organisation=body,
        person__user__is_active=True,
        person__erased__isnull=True,
    )


def check_org_admin_stays(body: Organisation, *, without_grant: int) -> None:
    """Raise RuleBroken if nobody else could manage the organisation after the change. Its row must be locked.

    A change that takes nothing away passes. What cannot wait (an erasure, a deactivated login, an end date
    that comes) may still leave it without: then its page says so, to the county.
    """
    working = list(org_administrators(body).values_list("pk", flat=True))
    if working == [without_grant]:
        raise RuleBroken(
            "tenancy.last_org_admin",
            _(
                "This is the last administrator of the organisation. "
                "First invite another one, who has to sign in once."
            ),
        )


def check_not_longer_than_own(actor: Actor, body: Organisation, until: datetime | None) -> None:
    """Raise NotAllowed if an administrator of the organisation would give a role for longer than their own.

    Whoever acts for the county is measured elsewhere: their authority is over the place.
    """
    if actor.system:
        return
    mine = (
        Grant.objects.valid()
        .filter(
            person_id=actor.person or 0,
            role=Role.ORG_ADMIN,
            organisation=body,
        )
        .values_list("until", flat=True)
    )
    end = mine.first()
    if mine and end is not None and (until is None or until > end):
        raise NotAllowed(
            _("Your own role ends earlier. Choose an end date that is not later than yours."),
            code="accounts.invite_member:longer_than_own",
        )
