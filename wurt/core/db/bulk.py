"""Many small rows at once, on SQLite and PostgreSQL.

The fastest way differs: a prepared statement on SQLite, COPY on PostgreSQL. Both write within the caller's
transaction and pass by the write guard like any other statement.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
Value = int | float | str

CHUNK = 2000
"""Rows in one statement; SQLite allows 32,766 values."""


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most ``size``."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Append rows of numbers and texts. Sorted by an index of the table they are written many times faster.

    ``table`` and ``columns`` are names of our own, never input.
    """
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # COPY is no statement that the guard sees; this one is, and writes nothing.
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE FALSE")  # noqa: S608
            raw: Any = cursor
            with raw.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def count_up(
    table: str, columns: Sequence[str], rows: Collection[tuple[Value, ...]], *, renew: Sequence[str] = ()
) -> list[tuple[int, str, int]]:
    """Insert rows, or add to the number of those that are there; (id, key, number now) of each.

    The first column is the key (unique in the table), the last the number. ``renew``: columns that take the
    new value in a row that is there; the others keep what they hold.
    """
    key, number = columns[0], columns[-1]
    kept = [f"{number} = {table}.{number} + excluded.{number}", *(f"{c} = excluded.{c}" for c in renew)]
    one = f"({', '.join(['%s'] * len(columns))})"
    found: list[tuple[int, str, int]] = []
    with connection.cursor() as cursor:
        for chunk in chunks(sorted(rows)):
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([one] * len(chunk))}"  # noqa: S608
                f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(kept)} RETURNING id, {key}, {number}",
                [value for row in chunk for value in row],
            )
            found += cursor.fetchall()
    return found


def settle(*tables: str) -> None:
    """Let PostgreSQL count the tables after much was written, so that it plans well at once."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ANALYZE {table}")
