"""Which errors of the database mean that it is away."""

import sqlite3

import psycopg
import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from wurt.core.db.contention import is_away, lost_a_lock


def sqlite(code: int, kind: type[Exception] = OperationalError) -> Exception:
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    return _from(kind("x"), cause)


def postgres(state: str | None, kind: type[Exception] = OperationalError) -> Exception:
    cause = psycopg.errors.lookup(state)("x") if state else psycopg.OperationalError("x")
    return _from(kind("x"), cause)


def _from(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (postgres(None), True),  # refused, broken off
        (postgres("57P01"), True),  # stopped by the administrator
        (postgres("57P03"), True),  # starts up
        (postgres("08006"), True),
        (postgres("28P01"), True),  # wrong password
        (postgres("3D000"), True),  # no such database
        (postgres("53300"), True),  # too many connections
        (postgres("40P01"), True),  # deadlock, for the third time
        (postgres("57014"), False),  # a statement was cancelled
        (postgres("42P01", ProgrammingError), False),
        (postgres("23505", IntegrityError), False),
        (postgres("22003", DataError), False),
        (InterfaceError("connection already closed"), True),
        (sqlite(sqlite3.SQLITE_CANTOPEN), True),
        (sqlite(sqlite3.SQLITE_IOERR | 10 << 8), True),  # an extended code
        (sqlite(sqlite3.SQLITE_NOTADB), True),
        (sqlite(sqlite3.SQLITE_BUSY), True),
        (sqlite(sqlite3.SQLITE_READONLY), True),
        (sqlite(sqlite3.SQLITE_ERROR), False),  # no such table
        (sqlite(sqlite3.SQLITE_CONSTRAINT, IntegrityError), False),
        (OSError("refused"), False),
        (None, False),
    ],
    ids=str,
)
def test_is_away(error: BaseException | None, away: bool) -> None:
    assert is_away(error) is away


def test_an_error_that_follows_from_one_counts_too() -> None:
    assert is_away(_from(RuntimeError("the page broke"), postgres(None)))
    follows = ValueError("x")
    follows.__context__ = sqlite(sqlite3.SQLITE_CANTOPEN)
    assert is_away(follows)
    ring = ValueError("x")
    ring.__context__ = ValueError("y")
    ring.__context__.__context__ = ring
    assert not is_away(ring)


@pytest.mark.parametrize(("state", "lock"), [("40001", True), ("55P03", True), ("57P01", False)])
def test_only_a_lock_may_be_tried_again(state: str, lock: bool) -> None:
    assert lost_a_lock(postgres(state)) is lock
