"""Which database errors mean "somebody else was first, try again".

A lost connection is not one of them: there the commit may have happened, and a second try would do it twice.
"""

import sqlite3

from django.db import OperationalError

# serialization failure, deadlock detected, lock not available
_POSTGRES_STATES = frozenset({"40001", "40P01", "55P03"})
_SQLITE_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def lost_a_lock(error: OperationalError) -> bool:
    """True if the transaction was refused because of a lock and surely changed nothing."""
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) in _POSTGRES_STATES:
        return True
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _SQLITE_CODES
