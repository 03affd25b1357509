"""Permissions as data: who (role at a place, or relation to the thing) may do what in which state.

One table per module, evaluated for one object by :func:`can`, explained by :func:`explain`, and turned into
SQL by :func:`scope_q`. A property test demands that the two always agree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor, Role
from wurt.core.action.guard import current
from wurt.core.db.errors import NotAllowed, NotFound

NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie between actor and object, once in Python and once in SQL (no joins that repeat rows)."""

    name: str
    holds: Callable[[Actor, Any], bool]
    q: Callable[[Actor], Q]


@dataclass(frozen=True, slots=True)
class State:
    """A condition on the object alone. ``message`` says why it is not possible now."""

    name: str
    holds: Callable[[Any], bool]
    q: Callable[[], Q]
    message: Any = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """One row of a module's table of permissions.

    ``public`` opens it to everybody (states still apply). ``place`` is the path to the object's place id.
    ``second_factor``: people must have signed in with one (all staff permissions; not for the public).
    ``shows``: permission that lets a person know that the thing exists; who lacks it gets NotFound instead of
    NotAllowed. ``also``: permissions that include this one. ``assisted``: the area in which somebody may do
    it for another person (``core/assisted``); without one nobody may, and a public one is for reading only.
    """

    name: str
    roles: frozenset[Role] = frozenset()
    relations: tuple[Relation, ...] = ()
    states: tuple[State, ...] = ()
    public: bool = False
    place: str = "place_id"
    second_factor: bool = True
    shows: "Permission | None" = None
    also: tuple["Permission", ...] = field(default=())
    assisted: str = ""


def _place_of(thing: Any, path: str) -> int | None:
    for part in path.split("__"):
        if thing is None:
            return None
        thing = getattr(thing, part)
    return thing  # type: ignore[no-any-return]


def _role_holds(actor: Actor, permission: Permission, thing: Any) -> bool:
    places = actor.places_with(permission.roles)
    if thing is None:
        return bool(places)
    return _place_of(thing, permission.place) in places


def _open_for_another(actor: Actor, permission: Permission) -> bool:
    """Is it open to somebody who acts for another person? To whoever acts for themselves it always is."""
    if actor.acting_for is None:
        return True
    return permission.assisted in actor.areas if permission.assisted else permission.public


def can(actor: Actor, permission: Permission, thing: Any = None) -> bool:
    """May the actor do this to the thing (or at all, if it has none yet)?"""
    return explain(actor, permission, thing) is None


def explain(actor: Actor, permission: Permission, thing: Any = None) -> str | None:
    """None if allowed, else the first failing clause: ``assisted``, ``role``, ``second_factor`` or a state's
    name.

    Without a thing the question is "anywhere at all?": relations and states do not apply.
    """
    if any(explain(actor, other, thing) is None for other in permission.also):
        return None
    if not _open_for_another(actor, permission):
        return "assisted"
    if not (permission.public or actor.system):
        tied = thing is not None and any(relation.holds(actor, thing) for relation in permission.relations)
        if not (tied or _role_holds(actor, permission, thing)):
            return "role"
        if permission.second_factor and not actor.second_factor:
            return "second_factor"
    if thing is not None:
        for state in permission.states:
            if not state.holds(thing):
                return state.name
    return None


def scope_q(actor: Actor, permission: Permission) -> Q:
    """The same rule as a filter: exactly the objects for which :func:`can` says yes."""
    q = NOTHING
    if not _open_for_another(actor, permission):
        pass
    elif permission.public or actor.system:
        q = EVERYTHING
    elif actor.second_factor or not permission.second_factor:
        places = actor.places_with(permission.roles)
        if places:
            q |= Q(**{f"{permission.place}__in": places})
        for relation in permission.relations:
            q |= relation.q(actor)
    for state in permission.states:
        q &= state.q()
    for other in permission.also:
        q |= scope_q(actor, other)
    return q


def authorize(actor: Actor, permission: Permission, thing: Any = None) -> None:
    """Pass, or raise NotAllowed; NotFound if the actor may not even know that the thing exists.

    Must be called in every action that writes: the write guard insists. What is public may be read for
    another person, but written for them only where its ``assisted`` says so.
    """
    reason, run = explain(actor, permission, thing), current()
    if reason is None and run is not None and actor.acting_for is not None and not permission.assisted:
        reason = "assisted"
    if reason is None:
        if run is not None:
            run.authorised = True
        return
    if permission.shows is not None and thing is not None and not can(actor, permission.shows, thing):
        raise NotFound(code=permission.name)
    raise NotAllowed(_message(permission, reason), code=f"{permission.name}:{reason}")


def _message(permission: Permission, reason: str) -> str:
    if reason == "assisted":
        return _("This is not done for somebody else. End acting for them first; then you act for yourself.")
    state = next((state for state in permission.states if state.name == reason), None)
    return str(state.message) if state else ""
