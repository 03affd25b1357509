"""Once a night and in between: the months that are over get their figures."""

import logging
from datetime import timedelta

from wurt.core.action.actor import Actor
from wurt.core.db.clock import today
from wurt.core.indicators.actions.compute import compute_month, correct_month
from wurt.core.indicators.periods import Period
from wurt.core.indicators.queries import missing
from wurt.core.indicators.registry import indicators
from wurt.core.outbox.registry import every

logger = logging.getLogger("wurt.indicators")

MONTHS = 3
"""So many past months are looked at by themselves; ``wurt indicators compute --since`` goes further back."""


@every(timedelta(hours=6), joined=False)
def compute_due() -> None:
    """Compute what is missing of the last months. Each month of each indicator commits by itself."""
    first = Period.of(today())
    for _number in range(MONTHS):
        first = first.previous
    compute_since(Actor.for_system("worker"), first)


def compute_since(actor: Actor, since: Period) -> int:
    """Compute all missing months from ``since`` to the last one that is over; how many were stored.

    An indicator that fails does not keep the others from being computed; the failure is logged.
    """
    stored = 0
    for key, period in missing(actor, [indicator.key for indicator in indicators()], since):
        try:
            stored += bool(compute_month(actor, key=key, month=period.first))
        except Exception:  # whatever it is: one faulty indicator keeps no other from being computed
            logger.exception("indicator %s of %s", key, period)
    return stored


def correct_since(actor: Actor, key: str, since: Period, reason: str) -> int:
    """Compute all months of one indicator again; how many differed. Raises what ``correct_month`` does."""
    corrected, period = 0, since
    while period.last < today():
        corrected += bool(correct_month(actor, key=key, month=period.first, reason=reason))
        period = period.next
    return corrected
