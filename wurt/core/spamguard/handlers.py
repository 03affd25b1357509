"""What holding off spam does by the clock."""

from datetime import timedelta

from wurt.core.db.clock import now
from wurt.core.outbox.registry import every
from wurt.core.spamguard.models import Spent, Tally


@every(timedelta(hours=1))
def forget() -> None:
    """Counts and used solutions whose time is over."""
    for rows in (Tally.objects, Spent.objects):
        rows.filter(until__lt=now()).delete()
