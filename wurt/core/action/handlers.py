"""What the kernel does by the clock."""

from datetime import timedelta

from wurt.core.action import once
from wurt.core.outbox.registry import every


@every(timedelta(days=1))
def purge_once_tokens() -> None:
    """Forget tokens that no open form can carry any more."""
    once.purge()
