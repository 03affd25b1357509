"""The id of the request at hand: joins its answer, its log lines and its entries in the audit trail."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def fresh() -> str:
    """A new id, short enough to be read out on the phone."""
    return secrets.token_hex(6)


def accepted(given: str) -> str:
    """The id that a trusted proxy sent, or a new one if it sent none that can stand in a log."""
    return given if _WELL_FORMED.fullmatch(given) else fresh()


def current() -> str:
    """The id of the request at hand; empty outside of requests."""
    return _current.get()


@contextmanager
def requested(identity: str) -> Iterator[None]:
    """Inside, ``current()`` is the id."""
    token = _current.set(identity)
    try:
        yield
    finally:
        _current.reset(token)
