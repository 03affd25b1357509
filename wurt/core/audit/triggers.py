"""Database triggers that make the audit trail append-only, on both databases.

Besides ``core/db`` and ``accounts/adapter`` the only module that speaks a vendor's dialect: triggers have no
portable form.
"""

from typing import Any

from django.db import connection

TABLES = {"audit_auditentry": ("id",), "audit_auditseal": ("id", "first", "last")}
"""Each table with its unique columns."""

_REFUSED = "the audit trail is append-only"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION wurt_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{_REFUSED}'; END;
$$ LANGUAGE plpgsql
"""


def _on_postgres(table: str) -> dict[str, str]:
    call = "EXECUTE FUNCTION wurt_append_only()"
    return {
        f"{table}_keep": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
        f"{table}_whole": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    }


def _on_sqlite(table: str) -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    # INSERT OR REPLACE deletes the old row without asking the delete trigger.
    taken = " OR ".join(f'"{column}" = NEW."{column}"' for column in TABLES[table])
    same = f"SELECT 1 FROM {table} WHERE {taken}"  # noqa: S608 - names of our own
    return {
        f"{table}_update": f"BEFORE UPDATE ON {table} {refuse}",
        f"{table}_delete": f"BEFORE DELETE ON {table} {refuse}",
        f"{table}_replace": f"BEFORE INSERT ON {table} WHEN EXISTS ({same}) {refuse}",
    }


def _wanted(table: str) -> dict[str, str]:
    return _on_postgres(table) if connection.vendor == "postgresql" else _on_sqlite(table)


def _drop(cursor: Any, table: str) -> None:
    for name in _wanted(table):
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def install(**kwargs: Any) -> None:
    """(Re)install the triggers. Runs after every migration."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table in TABLES:
            if table in existing:
                _drop(cursor, table)
                for name, definition in _wanted(table).items():
                    cursor.execute(f"CREATE TRIGGER {name} {definition}")


def remove() -> None:
    """Lift the guard. Only for tests and for the named retention action."""
    with connection.cursor() as cursor:
        for table in TABLES:
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
    return all(set(_wanted(table)) <= found for table in TABLES)
