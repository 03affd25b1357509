"""What counting does by the clock."""

from datetime import timedelta

from django.conf import settings

from wurt.core.outbox.registry import every
from wurt.core.visits import accounts, storing


@every(timedelta(minutes=1), joined=False)
def store_visits() -> None:
    """Numbers from the counter's memory into the database."""
    if settings.WURT_COUNTING:
        storing.store()


@every(timedelta(hours=1))
def close_months() -> None:
    """The exact number of active accounts of a month that is over."""
    accounts.close_months()
