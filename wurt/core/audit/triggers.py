"""Database triggers that make the audit trail append-only, on both databases.

Besides ``core/db`` and ``accounts/adapter`` the only module that speaks a vendor's dialect: triggers have no
portable form.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Kept:
    """An append-only table. ``unique``: its unique columns. ``unless``: SQL on the row ``OLD`` under which it
    may be changed and deleted after all (its time is over); empty: never."""

    unique: tuple[str, ...]
    unless: str = ""


TABLES = ("audit_auditentry", "audit_auditseal")
"""The trail's own."""
_tables = {TABLES[0]: Kept(("id",)), TABLES[1]: Kept(("id", "first", "last"))}


def keep(table: str, *unique: str, unless: str = "") -> None:
    """Make another room's table append-only; called in ``AppConfig.ready``, in force after ``migrate``.

    The condition of ``unless`` must be SQL that both databases know.
    """
    _tables[table] = Kept(unique, unless)


_REFUSED = "the audit trail is append-only"


def _on_postgres(table: str) -> dict[str, str]:
    call = f"EXECUTE FUNCTION wurt_keep_{table}()"
    return {
        f"{table}_keep": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
        f"{table}_whole": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    }


def _postgres_function(table: str) -> str:
    unless = _tables[table].unless
    allowed = (
        f"IF TG_OP IN ('UPDATE', 'DELETE') THEN IF {unless} THEN "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; END IF; "
    )
    return (
        f"CREATE OR REPLACE FUNCTION wurt_keep_{table}() RETURNS trigger AS $$ "
        f"BEGIN {allowed if unless else ''}RAISE EXCEPTION '{_REFUSED}'; END; $$ LANGUAGE plpgsql"
    )


def _on_sqlite(table: str) -> dict[str, str]:
    kept = _tables[table]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    over = f"WHEN NOT ({kept.unless}) " if kept.unless else ""
    # INSERT OR REPLACE deletes the old row without asking the delete trigger.
    taken = " OR ".join(f'"{column}" = NEW."{column}"' for column in kept.unique)
    same = f"SELECT 1 FROM {table} WHERE {taken}"  # noqa: S608 - names of our own
    return {
        f"{table}_update": f"BEFORE UPDATE ON {table} {over}{refuse}",
        f"{table}_delete": f"BEFORE DELETE ON {table} {over}{refuse}",
        f"{table}_replace": f"BEFORE INSERT ON {table} WHEN EXISTS ({same}) {refuse}",
    }


def _wanted(table: str) -> dict[str, str]:
    return _on_postgres(table) if connection.vendor == "postgresql" else _on_sqlite(table)


def _drop(cursor: Any, table: str) -> None:
    for name in _wanted(table):
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _existing() -> list[str]:
    there = set(connection.introspection.table_names())
    return [table for table in _tables if table in there]


def install(**kwargs: Any) -> None:
    """(Re)install the triggers. Runs after every migration."""
    existing = _existing()
    with connection.cursor() as cursor:
        for table in existing:
            if connection.vendor == "postgresql":
                cursor.execute(_postgres_function(table))
            _drop(cursor, table)
            for name, definition in _wanted(table).items():
                cursor.execute(f"CREATE TRIGGER {name} {definition}")


def remove() -> None:
    """Lift the guard. Only for tests and for the named retention action."""
    existing = _existing()
    with connection.cursor() as cursor:
        for table in existing:
            _drop(cursor, table)


def installed() -> bool:
    """Are all triggers in place and switched on? ``wurt audit verify`` asks."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        found = {name for (name,) in cursor.fetchall()}
    return all(set(_wanted(table)) <= found for table in _tables)
