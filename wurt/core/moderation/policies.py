"""Who may do what at the moderation desk: one table."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import Permission, Relation, State
from wurt.core.moderation.models import State as CaseState

MODERATORS = frozenset({Role.MODERATOR, Role.COUNTY_ADMIN})
CORRECTORS = frozenset({Role.COORDINATOR, Role.PLACE_EDITOR, Role.COUNTY_ADMIN})

_UNDECIDED = (CaseState.HELD, CaseState.OPEN)


def _another(actor: Actor, case: Any) -> bool:
    """A moderator of the place who did not take the decision that is complained about (Art. 20 (6): not by
    machines alone; a fresh look needs another person)."""
    return (
        case.place_id in actor.places_with(MODERATORS)
        and actor.person is not None
        and actor.person != case.decided_by_id
    )


def _another_q(actor: Actor) -> Q:
    places = actor.places_with(MODERATORS)
    if actor.person is None or not places:
        return Q(pk__in=[])
    others = Q(decided_by__isnull=True) | ~Q(decided_by_id=actor.person)
    return Q(place_id__in=places) & others


ANOTHER_PERSON = Relation("another_person", _another, _another_q)
UNDECIDED = State(
    "undecided",
    lambda case: case.state in _UNDECIDED,
    lambda: Q(state__in=_UNDECIDED),
    _("This case is decided already. Please look at it again."),
)
COMPLAINED = State(
    "complained",
    lambda case: case.state == CaseState.COMPLAINT,
    lambda: Q(state=CaseState.COMPLAINT),
    _("There is no open complaint in this case. Please look at it again."),
)

REPORT = Permission("moderation.report", public=True, place="pk", assisted="moderation")
COMPLAIN = Permission("moderation.complain", public=True)
"""The signed link, or the own login, names the case and who somebody is in it."""
VIEW_CASE = Permission("moderation.view_case", roles=MODERATORS)
DECIDE = Permission("moderation.decide", roles=MODERATORS, states=(UNDECIDED,), shows=VIEW_CASE)
DECIDE_COMPLAINT = Permission(
    "moderation.decide_complaint", relations=(ANOTHER_PERSON,), states=(COMPLAINED,), shows=VIEW_CASE
)
MANAGE = Permission("moderation.manage", roles=MODERATORS, place="pk")
"""Deputies and misuse: asked for the county or one's own place."""
CORRECT = Permission("moderation.correct", roles=CORRECTORS, place="case__place_id")
UPKEEP = Permission("moderation.upkeep", place="pk")
"""Nobody but the system."""

ALL = (REPORT, COMPLAIN, VIEW_CASE, DECIDE, DECIDE_COMPLAINT, MANAGE, CORRECT, UPKEEP)
