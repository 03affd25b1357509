"""What the queue does by the clock."""

from datetime import timedelta

from wurt.core.outbox.registry import every
from wurt.core.outbox.worker import purge


@every(timedelta(days=1))
def purge_done() -> None:
    """Forget deliveries that were done long ago."""
    purge()
