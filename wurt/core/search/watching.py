"""Keeping the index current: whatever an action records is compared with what the sources watch."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wurt.core.outbox.registry import publish
from wurt.core.search import indexing
from wurt.core.search.events import Touched
from wurt.core.search.registry import sources

_paused: ContextVar[bool] = ContextVar("search_paused", default=False)


def noticed(label: str, row: str) -> None:
    """Called for each recorded change, in its transaction: what it concerns is indexed anew."""
    if _paused.get():
        return
    for source in sources():
        if label in source.watches:
            publish(Touched(source.kind, label, row))


@contextmanager
def bulk_load() -> Iterator[None]:
    """For loading a whole county: nothing is queued meanwhile, everything is indexed at the end."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)
    indexing.refresh()
