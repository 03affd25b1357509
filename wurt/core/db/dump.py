"""The whole database into one file and back: a consistent state while others write, all or nothing on return.

SQLite by ``VACUUM INTO`` (which also leaves out what was erased) and the online backup; PostgreSQL by
``pg_dump`` in the snapshot in which the rows were counted, and ``pg_restore`` through ``psql``.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from wurt.core.db import dump_postgres as postgres
from wurt.core.db.dump_postgres import DumpTrouble

__all__ = ["Dump", "DumpTrouble", "check", "counts", "dump", "kind", "load"]

SQLITE, POSTGRES = "sqlite", "postgresql"
WAIT = 30.0
"""Seconds to wait for a lock before a restore gives up and changes nothing."""


@dataclass(frozen=True, slots=True)
class Dump:
    """Rows per table and the answers to the questions, all of the very state that is in the file."""

    counts: dict[str, int]
    answers: dict[str, list[tuple[Any, ...]]]


def kind() -> str:
    """``sqlite`` or ``postgresql``."""
    return connection.vendor


def dump(target: Path, questions: Mapping[str, str]) -> Dump:
    """Write the database to a new file; ``questions`` are SQL. Raises DumpTrouble."""
    if kind() == POSTGRES:
        return Dump(*postgres.dump(connection, target, questions))
    with _reported(), closing(_opened(_sqlite_file())) as source:
        source.execute("VACUUM INTO ?", [str(target)])
    check(target)
    with closing(_opened(target)) as copy:
        answers = {name: copy.execute(sql).fetchall() for name, sql in questions.items()}
        return Dump(_sqlite_counts(copy), answers)


def check(file: Path) -> None:
    """Raise DumpTrouble if the file is no whole dump of this kind of database."""
    if kind() == POSTGRES:
        postgres.check(file)
        return
    with _reported(), closing(_opened(file)) as copy:
        (answer,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise DumpTrouble(f"the database is damaged: {answer}")


def load(file: Path) -> None:
    """Replace everything in the database by the file, in one transaction. Raises DumpTrouble."""
    connection.close()
    if kind() == POSTGRES:
        postgres.load(connection, file, WAIT)
        return
    target = _sqlite_file()
    with closing(_opened(file)) as source:
        try:
            _copy(source, target)
        except sqlite3.OperationalError as error:
            raise DumpTrouble(f"the database is in use ({error}); stop server and worker first") from error
        except sqlite3.DatabaseError:
            # What lies there is no database any more, so there is nothing to keep in step with.
            for rest in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
                rest.unlink(missing_ok=True)
            _copy(source, target)


def counts() -> dict[str, int]:
    """Rows per table, now."""
    if kind() == POSTGRES:
        return postgres.counts(connection)
    with closing(_opened(_sqlite_file())) as source:
        return _sqlite_counts(source)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(_opened(target)) as into:
        # Writes a page that holds nothing: a lock that somebody else has shows before the first real page.
        into.execute("BEGIN IMMEDIATE")
        into.rollback()
        source.backup(into)
        into.execute("PRAGMA journal_mode=WAL")


def _opened(file: Path) -> sqlite3.Connection:
    """A connection that knows Django's functions, which stand in the conditions of our tables."""
    found = sqlite3.connect(file, timeout=WAIT)
    register(found)
    return found


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _sqlite_counts(database: sqlite3.Connection) -> dict[str, int]:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - from the schema
        for (name,) in sorted(names)
    }


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DumpTrouble(f"the database cannot be read: {error}") from error
