"""Which database errors mean "somebody else was first, try again", and which mean "it is away".

A lost connection is not one of the first: there the commit may have happened, and a second try would do it
twice.
"""

import sqlite3

from django.db import Error as DatabaseTrouble
from django.db import InterfaceError, OperationalError

# serialization failure, deadlock detected, lock not available
_POSTGRES_STATES = frozenset({"40001", "40P01", "55P03"})
_SQLITE_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

# connection lost or refused, wrong password, no such database, no room, stopped by the administrator
_AWAY_CLASSES = ("08", "28", "3D", "53", "57P", "58")
_AWAY_CODES = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
_LONGEST_CHAIN = 20


def lost_a_lock(error: OperationalError) -> bool:
    """True if the transaction was refused because of a lock and surely changed nothing."""
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) in _POSTGRES_STATES:
        return True
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _SQLITE_CODES


def is_away(error: BaseException | None) -> bool:
    """True if nothing can be read or written just now: the database stopped, cannot be reached, is full,
    locked or no longer readable. Errors that were raised because of such a one count too."""
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            return False
        if isinstance(error, DatabaseTrouble) and _says_away(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_away(error: DatabaseTrouble) -> bool:
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _AWAY_CODES | _SQLITE_CODES
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return state in _POSTGRES_STATES or state.startswith(_AWAY_CLASSES)
    # Without a code it never came to an answer: no connection was made, or it broke off.
    return isinstance(error, OperationalError | InterfaceError)
