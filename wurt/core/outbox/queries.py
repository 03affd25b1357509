"""How the queue is doing: numbers only, nothing about what is in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from wurt.core.db.clock import now
from wurt.core.outbox.models import Delivery, WorkerBeat

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


@dataclass(frozen=True, slots=True)
class Workers:
    """``alive``: workers that gave a sign of life in time; ``last_seen``: the newest sign of any."""

    alive: int
    last_seen: datetime | None

    @property
    def last_seen_seconds(self) -> int | None:
        """Age of the newest sign of life in seconds; None if there is none."""
        return None if self.last_seen is None else int((now() - self.last_seen).total_seconds())


def workers() -> Workers:
    """Who works, in one query."""
    row = WorkerBeat.objects.aggregate(alive=Count("pk", filter=Q(until__gte=now())), last_seen=Max("seen"))
    return Workers(alive=row["alive"], last_seen=row["last_seen"])


def dead_handlers() -> dict[str, int]:
    """Handlers with deliveries that were given up, and how many."""
    rows = Delivery.objects.filter(dead__isnull=False, done__isnull=True).values_list("handler")
    return dict(rows.annotate(count=Count("pk")).order_by("handler"))
