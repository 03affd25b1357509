"""When something breaks: nothing half done, nothing told about the inside, an incident id to ask about
(ASVS 5.0, V16.5.1, V16.5.3)."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.table import Row
from tests.access.world import World
from tests.security.walking import addresses, keys, send, snapshot, url_of, writes
from wurt.config import env

SECRET = "geheimes-passwort-4711"


class Broken(RuntimeError):
    """What is thrown in; its text must reach nobody outside."""


@contextmanager
def breaking(when: Callable[[str], bool]) -> Iterator[list[str]]:
    """Every statement for which ``when`` holds fails; yields those that failed."""
    failed: list[str] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if when(sql):
            failed.append(sql)
            raise Broken(f"{SECRET} in {sql}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield failed


def nth(number: int) -> Callable[[str], bool]:
    """True for one statement, counted from 0."""
    left = itertools.count()
    return lambda sql: "SAVEPOINT" not in sql and next(left) == number


def careless(client: Client) -> Client:
    """As in production: what a view throws becomes a page."""
    client.raise_request_exception = False
    return client


def told(content: bytes) -> list[str]:
    """What a page tells about the inside."""
    words = (
        SECRET.encode(),
        b"Traceback",
        b"site-packages",
        b"SELECT ",
        b"INSERT ",
        b"Broken",
        b"/wurt/core/",
        b".py",
    )
    return [word.decode() for word in words if word in content]


@pytest.mark.parametrize("row", addresses(), ids=lambda row: row.name)
def test_a_page_that_breaks_tells_an_incident_and_nothing_else(world: World, row: Row) -> None:
    """The database fails at the first and at the last question of every address."""
    address = url_of(world, row)
    client = careless(world.client("county_admin"))
    with CaptureQueriesContext(connection) as asked:
        usual = client.get(address)
    count = len([one for one in asked if "SAVEPOINT" not in one["sql"]])
    for chosen in {0, max(0, count - 1)} if count else ():
        left = iter(range(count + 1))
        with breaking(
            lambda sql, n=chosen, left=left: "SAVEPOINT" not in sql and next(left, 0) == n
        ) as failed:
            response = client.get(address)
        if not failed:
            continue
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code in (500, 503, usual.status_code)
        assert told(content) == []
        if response.status_code == 500:
            assert response.headers["X-Request-ID"].encode() in content
            assert "Content-Security-Policy" in response.headers
            assert "public" not in response.headers.get("Cache-Control", "")


OURS = [row for row in writes() if ":" in row.name]
"""allauth writes its own tables, and what it did is noted after; everything else is an action."""


@pytest.mark.parametrize("row", OURS, ids=str)
def test_an_action_that_cannot_be_recorded_is_not_done(world: World, row: Row) -> None:
    """The audit trail refuses at the end of every action: all that was written before is taken back."""
    before = keys()
    expected = snapshot(before)
    with breaking(lambda sql: sql.startswith('INSERT INTO "audit_auditentry"')) as failed:
        response = send(careless(world.client("county_admin")), world, row)
    if not failed:
        return
    assert response.status_code == 500
    assert told(response.content) == []
    # Tries are counted before an action and whatever becomes of it: that is what a limit is for.
    found = {name: rows for name, rows in snapshot(before).items() if name != "spamguard.tally"}
    assert {name: rows for name, rows in found.items() if rows != expected[name]} == {}


def test_the_check_of_pages_finds_what_it_is_made_for(world: World) -> None:
    content = f"Traceback (most recent call last): File /x.py {SECRET}".encode()
    assert told(content) == [SECRET, "Traceback", ".py"]
    with transaction.atomic(), breaking(lambda sql: "tenancy_place" in sql) as failed:
        assert careless(world.client("county_admin")).get("/verwaltung/personen/").status_code == 500
    assert len(failed) == 1


def test_debugging_pages_are_off() -> None:
    assert settings.DEBUG is False
    assert {one.name: one.default for one in env.VARIABLES}["WURT_DEBUG"] == "no"
