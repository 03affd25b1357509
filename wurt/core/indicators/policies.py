"""Who may enter, correct and describe figures. Reading them is open to everybody."""

from typing import Any

from django.db.models import Q

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import Permission, Relation
from wurt.core.indicators.models import ManualIndicator

MANAGERS = frozenset({Role.COUNTY_ADMIN, Role.COORDINATOR})
EDITORS = MANAGERS | {Role.PLACE_EDITOR}


def keeps_any(person: int) -> bool:
    """Does the person enter any figure? Opens the desk."""
    return ManualIndicator.objects.filter(keeper=person).exists()


def _keeps(actor: Actor, row: Any) -> bool:
    return actor.person is not None and row.keeper_id == actor.person


KEEPS = Relation("keeps", _keeps, lambda actor: Q(keeper_id=actor.person) if actor.person else Q(pk__in=[]))

DESCRIBE = Permission("indicators.describe", roles=EDITORS)
ENTER = Permission("indicators.enter", roles=EDITORS, relations=(KEEPS,))
CREATE = Permission("indicators.create", roles=EDITORS, place="pk")
COMPUTE = Permission("indicators.compute", roles=MANAGERS, place="pk")

ALL = (DESCRIBE, ENTER, CREATE, COMPUTE)
