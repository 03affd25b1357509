"""Fixtures for every test: lifted guards where a test needs them, helpers to make rows."""

import functools
import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.sqlite3.creation import DatabaseCreation as SQLiteCreation
from django.test import TransactionTestCase
from django.utils import translation

from tests.template import postgres_template, sqlite_template
from wurt.core.action.guard import writes_allowed
from wurt.core.audit import triggers

ROOT = Path(__file__).parent
POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
SHARED = Path(os.environ.get("WURT_SHARED", ROOT.parent / "shared"))

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""Written by migrations, read by every test, changed by none."""


@functools.cache
def _tables() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        found = connection.introspection.table_names(cursor)
    ours = set(connection.introspection.django_table_names(only_existing=False)) - KEPT
    return tuple(sorted(ours & set(found)))


def _empty() -> None:
    # Django would empty all tables and build permissions anew, seconds on PostgreSQL; most are empty anyway.
    quoted = {table: connection.ops.quote_name(table) for table in _tables()}
    asked = [
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})"  # noqa: S608 - tables of our own
        for table, name in quoted.items()
    ]
    with connection.cursor() as cursor:
        full: list[str] = []
        for part in _parts(asked):
            cursor.execute(" UNION ALL ".join(part))
            full += [quoted[table] for (table,) in cursor.fetchall()]
    # In one transaction: foreign keys are looked at when it ends.
    with transaction.atomic(), connection.cursor() as cursor:
        for name in full:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - tables of our own


def _parts(questions: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(questions), 200):  # SQLite joins no more than 500
        yield questions[start : start + 200]


def _lifted_teardown(self: TransactionTestCase) -> None:
    # Emptying tables is what the write guard and the append-only triggers exist to refuse.
    with writes_allowed("test teardown"):
        triggers.remove()
        _empty()
        triggers.install()


TransactionTestCase._fixture_teardown = _lifted_teardown  # type: ignore[method-assign]


def _drop(self: DatabaseCreation, test_database_name: str, verbosity: int) -> None:
    # A thread of a test may still hold a connection; it must not keep the database from going.
    with self._nodb_cursor() as cursor:
        name = self.connection.ops.quote_name(test_database_name)
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


DatabaseCreation._destroy_test_db = _drop  # type: ignore[method-assign]


_create = SQLiteCreation._create_test_db


def _copy(self: SQLiteCreation, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
    name = _create(self, verbosity, autoclobber, keepdb)
    with sqlite3.connect(sqlite_template()) as template:
        target = sqlite3.connect(name, uri=True)
        template.backup(target)
    # An in-memory database lives as long as somebody is connected to it.
    self.__dict__["held"] = target
    return name


SQLiteCreation._create_test_db = _copy  # type: ignore[method-assign]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The gate runs twice; what no database changes is looked at once, unless WURT_BOTH is set."""
    if POSTGRES and not os.environ.get("WURT_BOTH"):
        once = pytest.mark.skip(reason="no database changes it; it runs with SQLite")
        for item in items:
            if item.get_closest_marker("no_database"):
                item.add_marker(once)


def pytest_collection_finish() -> None:
    """Thousands of tests and the whole of Django stay until the end: the collector need not look at them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test databases begin as a copy of a migrated one."""
    if connection.vendor == "postgresql":
        template = postgres_template(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(autouse=True)
def _language() -> None:
    """Every test begins in the site's language, whatever the one before asked for."""
    translation.deactivate()


@pytest.fixture
def writing() -> Iterator[None]:
    """Let the whole test write rows directly (to set up a world)."""
    with writes_allowed("test"):
        yield


@pytest.fixture
def shared() -> Path:
    """The folder of real documents; the test is skipped, visibly, where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"needs the real documents in {SHARED}")
    return SHARED / "data"


@pytest.fixture
def world() -> type[AbstractContextManager[None]]:
    """``with world("reason"):`` lets a block write rows directly."""
    return writes_allowed  # type: ignore[return-value]
