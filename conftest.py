"""Fixtures for every test: lifted guards where a test needs them, helpers to make rows."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import TransactionTestCase
from django.utils import translation

from wurt.core.action.guard import writes_allowed
from wurt.core.audit import triggers

ROOT = Path(__file__).parent
SHARED = Path(os.environ.get("WURT_SHARED", ROOT.parent / "shared"))

_teardown = TransactionTestCase._fixture_teardown


def _lifted_teardown(self: TransactionTestCase) -> None:
    # Flushing tables is what the write guard and the append-only triggers exist to refuse.
    with writes_allowed("test teardown"):
        triggers.remove()
        _teardown(self)
        triggers.install()


TransactionTestCase._fixture_teardown = _lifted_teardown  # type: ignore[method-assign]


def _drop(self: DatabaseCreation, test_database_name: str, verbosity: int) -> None:
    # A thread of a test may still hold a connection; it must not keep the database from going.
    with self._nodb_cursor() as cursor:
        name = self.connection.ops.quote_name(test_database_name)
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


DatabaseCreation._destroy_test_db = _drop  # type: ignore[method-assign]


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
