"""The write guard: an INSERT, UPDATE or DELETE outside an action is refused, and so is an action that writes
without having asked for permission and recorded itself (docs/adr/0003)."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings

logger = logging.getLogger("wurt.guard")

_VERB = (
    r"(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM"
    r"|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?(?:[\"`]?\w+[\"`]?\.)?[\"`]?(\w+)"
)
_COMMENT = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*", re.DOTALL)
_WRITE = re.compile(_VERB, re.IGNORECASE)
# A common table expression may end in a write, or even contain one.
_WRITE_IN_WITH = re.compile(r"(?<![\w\"`'])" + _VERB, re.IGNORECASE)

# Tables whose writes are not acts of a person: Django's own, allauth's and the login whose password and
# last use allauth keeps (audited by accounts/bridge.py), the queue's claims and those of mail on its way
# (core/notices/sending.py), the trail itself, the once-tokens of actions, counts of tries (core/spamguard);
# the search index is made from what is public already; how often a short link was opened and how many people
# came are totals in which nobody is. Inside an action queue and trail do count: who only tells must have
# asked too.
_EXEMPT = re.compile(
    r"^(django_|auth_|account_|accounts_user$|socialaccount_|mfa_|usersessions_|outbox_"
    r"|notices_(?:dispatch|direct)$|audit_|action_oncetoken|search_|spamguard_|links_tally$|visits_|sqlite_seq)",
    re.IGNORECASE,
)
_QUEUE_AND_TRAIL = ("outbox_", "audit_")


class WriteRefused(RuntimeError):
    """A bug: code wrote outside an action, or an action forgot ``authorize`` or ``record``."""


@dataclass(slots=True)
class Run:
    """State of the running action."""

    name: str
    authorised: bool = False
    recorded: bool = False
    wrote: bool = False


_current: ContextVar[Run | None] = ContextVar("current_action", default=None)
_open: ContextVar[str] = ContextVar("writes_open", default="")


def current() -> Run | None:
    """The running action, if any."""
    return _current.get()


@contextmanager
def running(name: str) -> Iterator[Run]:
    """Mark an action as running."""
    run = Run(name)
    token = _current.set(run)
    try:
        yield run
    finally:
        _current.reset(token)


@contextmanager
def writes_allowed(reason: str) -> Iterator[None]:
    """Named exception from the guard: migrations, tests' fixtures, bulk loading of a benchmark."""
    token = _open.set(reason)
    try:
        yield
    finally:
        _open.reset(token)


def check_done(run: Run) -> None:
    """Raise (or log) if the action wrote without permission or record."""
    if run.wrote and not (run.authorised and run.recorded):
        missing = " and ".join(
            word for word, ok in (("authorize()", run.authorised), ("record()", run.recorded)) if not ok
        )
        _complain(f"action {run.name} wrote without {missing}")


def _complain(text: str) -> None:
    if settings.WURT_WRITE_GUARD != "log":  # a misspelt value must not switch the guard off
        raise WriteRefused(text)
    logger.error(text)


def written_table(sql: str) -> str | None:
    """The table that a statement writes to, or None if it only reads."""
    start = _COMMENT.match(sql)
    position = start.end() if start else 0
    if sql[position : position + 4].upper() == "WITH":
        match = _WRITE_IN_WITH.search(sql, position)
    else:
        match = _WRITE.match(sql, position)
    return match.group(1) if match else None


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute wrapper that sees every statement of a connection."""
    table = written_table(sql)
    if table is not None:
        run = _current.get()
        exempt = _EXEMPT.match(table) is not None
        if run is not None:
            run.wrote = run.wrote or not exempt or table.startswith(_QUEUE_AND_TRAIL)
        elif not exempt and not _open.get():
            _complain(f"write to {table} outside an action")
    return execute(sql, params, many, context)


def install(*, connection: Any, **kwargs: Any) -> None:
    """Put the guard on a fresh connection, once."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
