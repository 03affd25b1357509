"""The only source of time: tests and rebuilds can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_now", default=None)


def now() -> datetime:
    """The current moment, aware, UTC."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """The current day in the county's time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, ``now()`` is ``moment``. For tests, demo data and rebuilds."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
