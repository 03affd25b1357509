"""What the trail does by the clock."""

from datetime import timedelta

from wurt.core.audit import trail
from wurt.core.outbox.registry import every


@every(timedelta(hours=1))
def seal_trail() -> None:
    """Close what has settled, so that a later change of it would show."""
    trail.seal()
