"""Every address of the site × every role, from the tables of the apps; and no address without a row."""

import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import setup_databases, teardown_databases
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.table import FACTOR, LOGIN, Answer, Row
from tests.access.world import ROLES, World, make_world
from wurt.config.modules import CORE, MODULES
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.outbox.models import Delivery

DENIED = (403, 404, 405, LOGIN, FACTOR)


def tables() -> list[ModuleType]:
    names = [f"{app}.tests.access" for app in (*CORE, *MODULES) if find_spec(f"{app}.tests")]
    return [import_module(name) for name in names if find_spec(name)]


ROWS: list[Row] = [row for table in tables() for row in table.ROWS]
READS = [row for row in ROWS if row.method == "GET"]
WRITES = [row for row in ROWS if row.method != "GET"]


FEWER = connection.vendor == "postgresql" and not os.environ.get("WURT_BOTH")
REAL_NAME = connection.settings_dict["NAME"]


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, also where this file runs alone: pytest-django makes one only for marked tests."""
    if connection.settings_dict["NAME"] != REAL_NAME:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def built(database: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, built once in a transaction that is thrown away, as ``TestCase.setUpTestData`` does."""
    with django_db_blocker.unblock(), writes_allowed("test"):
        outer = transaction.atomic()
        outer._from_testcase = True  # type: ignore[attr-defined]  # actions may start "durable" inside
        with outer:
            made = make_world()
            for table in tables():
                if hasattr(table, "setup"):
                    table.setup(made)
            made.begin_sessions()
            yield made
            transaction.set_rollback(True)


@pytest.fixture
def world(built: World, django_db_blocker: Any) -> Iterator[World]:
    """The world as it was built: whatever a test does to it is rolled back."""
    with django_db_blocker.unblock(), writes_allowed("test"):
        cache.clear()
        mark = transaction.savepoint()
        yield built
        transaction.savepoint_rollback(mark)


def answer_of(world: World, row: Row, role: str) -> Answer:
    address = reverse(row.name, kwargs=row.kwargs(world))
    response: HttpResponse = world.client(role).generic(row.method, address) if row.method not in (
        "GET", "POST"
    ) else getattr(world.client(role), row.method.lower())(address, row.data(world))  # fmt: skip
    target = response.headers.get("Location", "")
    if target.startswith(reverse("account_login") + "?next="):
        return LOGIN
    if target.startswith(reverse("accounts:second_factor")):
        return FACTOR
    return response.status_code


def asked(row: Row) -> list[str]:
    """The roles to try. Who is refused is refused before any statement that a database could take
    differently: all are tried with SQLite, one for each answer with PostgreSQL."""
    if not FEWER:
        return list(ROLES)
    return list({answer: role for role, answer in row.answers.items()}.values())


@pytest.mark.parametrize("row", READS, ids=str)
def test_reading(world: World, row: Row) -> None:
    before = AuditEntry.objects.count(), Delivery.objects.count()
    roles = asked(row)
    assert {role: answer_of(world, row, role) for role in roles} == {
        role: row.answers[role] for role in roles
    }
    assert (AuditEntry.objects.count(), Delivery.objects.count()) == before, "reading must not write"


@pytest.mark.parametrize(
    ("row", "role"), [pytest.param(row, role, id=f"{row}-{role}") for row in WRITES for role in asked(row)]
)
def test_writing(world: World, row: Row, role: str) -> None:
    before = AuditEntry.objects.count(), Delivery.objects.count()
    assert answer_of(world, row, role) == row.answers[role]
    if row.answers[role] in DENIED:
        assert (AuditEntry.objects.count(), Delivery.objects.count()) == before, (
            "denied, but something changed"
        )


def names(patterns: list[URLPattern | URLResolver], prefix: str = "", route: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space, here)
        else:
            yield f"{prefix}{pattern.name}" if pattern.name else f"unnamed {here}"


def test_every_address_has_a_row() -> None:
    missing = set(names(get_resolver().url_patterns)) - {row.name for row in ROWS}
    assert sorted(missing) == []


def test_every_row_names_every_role() -> None:
    assert [str(row) for row in ROWS if set(row.answers) != set(ROLES)] == []
