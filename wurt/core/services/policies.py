"""Who sets stages and operators, and who reads of them on the desk."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import STAFF_ROLES, Actor, Role
from wurt.core.action.permission import Permission, Relation, State
from wurt.core.tenancy.models import Person

MANAGERS = frozenset({Role.COUNTY_ADMIN, Role.COORDINATOR})

MANAGE = Permission("services.manage", roles=MANAGERS, place="pk")
"""Asked for the place whose stage or operator is set."""
VIEW_DESK = Permission("services.view_desk", roles=STAFF_ROLES, place="pk")
TELL = Permission("services.tell", place="pk")
"""Nobody but the system: notices follow from what was set."""


def bodies_of(actor: Actor) -> frozenset[int]:
    """Ids of the organisations that the actor belongs to: by a role there, or as the person's own."""
    if actor.person is None or actor.acting_for is not None:  # nobody signs in the place of another
        return frozenset()
    own = Person.objects.filter(pk=actor.person).values_list("organisation_id", flat=True).first()
    granted = {grant.organisation for grant in actor.grants if grant.organisation is not None}
    return frozenset(granted | ({own} if own is not None else set()))


def _of(name: str) -> Relation:
    def holds(actor: Actor, row: Any) -> bool:
        return getattr(row, f"{name}_id") in bodies_of(actor)

    return Relation(name, holds, lambda actor: Q(**{f"{name}__in": bodies_of(actor)}))


GIVER, TAKER = _of("giver"), _of("taker")
OPEN = State(
    "open",
    lambda row: row.cancelled is None and row.taker_signed is None,
    lambda: Q(cancelled__isnull=True, taker_signed__isnull=True),
    _("This hand-over is accepted or cancelled already."),
)

VIEW_HANDOVER = Permission("services.view_handover", roles=MANAGERS, relations=(GIVER, TAKER))
SIGN_GIVER = Permission("services.sign_giver", relations=(GIVER,), states=(OPEN,), shows=VIEW_HANDOVER)
"""A person of the body that hands over."""
SIGN_TAKER = Permission("services.sign_taker", relations=(TAKER,), states=(OPEN,), shows=VIEW_HANDOVER)
"""A person of the body that takes over."""

ALL = (MANAGE, VIEW_DESK, TELL, VIEW_HANDOVER, SIGN_GIVER, SIGN_TAKER)
