"""How the queue is doing: numbers only, nothing about what is in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from wurt.core.db.clock import now
from wurt.core.outbox.models import Delivery

STALLED = timedelta(minutes=15)
"""Work that has waited longer than this means that no worker runs, or too few. Longer than a lease."""


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """``open``: not done; ``oldest_due``: since when the longest waiting could run (None: nothing waits);
    ``dead``: given up, needs a person."""

    open: int
    oldest_due: datetime | None
    dead: int

    @property
    def stalled(self) -> bool:
        """Does work wait for a worker that does not come?"""
        return self.oldest_due is not None and now() - self.oldest_due > STALLED


def health() -> QueueHealth:
    """The state of the queue now, in one query."""
    waiting = Q(dead__isnull=True)
    row = Delivery.objects.filter(done__isnull=True).aggregate(
        open=Count("pk", filter=waiting),
        oldest_due=Min("due", filter=waiting & Q(due__lte=now())),
        dead=Count("pk", filter=Q(dead__isnull=False)),
    )
    return QueueHealth(open=row["open"], oldest_due=row["oldest_due"], dead=row["dead"])
