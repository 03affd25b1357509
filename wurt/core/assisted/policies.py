"""Who may act for somebody else, and what only concerns those two."""

from typing import Any

from django.db.models import Q

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import NOTHING, Permission, Relation


def _mine(name: str, field: str) -> Relation:
    """The thing's ``field`` is the actor's person."""

    def holds(actor: Actor, thing: Any) -> bool:
        return actor.person is not None and getattr(thing, f"{field}_id") == actor.person

    return Relation(name, holds, lambda actor: Q(**{field: actor.person}) if actor.person else NOTHING)


IS_OPERATOR = _mine("operator", "operator")
IS_GIVER = _mine("giver", "giver")
IS_HELPER = _mine("helper", "helper")
IS_SELF = Relation(
    "self",
    lambda actor, person: actor.person is not None and actor.person == person.pk,
    lambda actor: Q(pk=actor.person) if actor.person is not None else NOTHING,
)

ASSIST = Permission("assisted.act_for", roles=frozenset({Role.CASEWORKER, Role.COUNTY_ADMIN}), place="pk")
"""At a place: find people there, register them, act for them, print their letters."""
OWN_SESSION = Permission("assisted.own_session", relations=(IS_OPERATOR,), place="pk", second_factor=False)
CHANGE_CONTACT = Permission(
    "assisted.change_contact", relations=(IS_SELF,), place="pk", second_factor=False, assisted="contact"
)
GIVE_MANDATE = Permission(
    "assisted.give_mandate", relations=(IS_SELF,), place="pk", second_factor=False, assisted="mandates"
)
END_MANDATE = Permission(
    "assisted.end_mandate",
    relations=(IS_GIVER, IS_HELPER),
    place="pk",
    second_factor=False,
    assisted="mandates",
)
USE_MANDATE = Permission("assisted.use_mandate", relations=(IS_HELPER,), place="pk", second_factor=False)
MANAGE_OFFICES = Permission("assisted.manage_offices", roles=frozenset({Role.COUNTY_ADMIN}), place="pk")
UPKEEP = Permission("assisted.upkeep", place="pk")
"""Nobody but the system: by the clock."""

ALL = (
    ASSIST,
    OWN_SESSION,
    CHANGE_CONTACT,
    GIVE_MANDATE,
    END_MANDATE,
    USE_MANDATE,
    MANAGE_OFFICES,
    UPKEEP,
)
