"""Finished public pages are kept for the many, and never for one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wurt.core.action.guard import writes_allowed
from wurt.core.audit import trail
from wurt.core.tenancy.models import Place
from wurt.core.web import kept
from wurt.core.web.kept import SHELF, Page, Shelf
from wurt.modules.agenda.models import Agenda

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture
def agenda(settings: Any) -> Agenda:
    settings.WURT_KEPT_PAGES_BYTES = MEGABYTE
    with writes_allowed("test"):
        place = Place.objects.create(slug="kreis", kind="county", name="Kreis Muster")
        return Agenda.objects.create(place=place, name="Agenda", motto="Erste Fassung")


def _write(motto: str, *, recorded: bool) -> None:
    with writes_allowed("test"):
        Agenda.objects.update(motto=motto)
        if recorded:
            entry = {"actor": "test", "acting_for": "", "action": "t", "object_type": "t", "object_id": "1"}
            trail.write(**entry, before={}, after={}, request_id="")


def _headers(response: HttpResponse) -> dict[str, str | set[str]]:
    found: dict[str, str | set[str]] = dict(response.headers.items())
    del found["X-Request-ID"]
    return {**found, "Vary": set(response.headers["Vary"].split(", "))}


def _html(client: Client, address: str = "/", **headers: str) -> str:
    return client.get(address, headers=headers).content.decode()


def test_the_second_visitor_gets_the_kept_page_with_one_question_to_the_database(agenda: Agenda) -> None:
    _write("Erste Fassung", recorded=True)
    first = Client().get("/", headers={"accept-language": "de"})
    with CaptureQueriesContext(connection) as queries:
        second = Client().get("/", headers={"accept-language": "de"})
    assert len(queries) == 1
    assert second.content == first.content
    assert _headers(second) == _headers(first)
    assert SHELF.size == (1, len(first.content))


def test_a_recorded_change_is_seen_by_the_next_visitor(agenda: Agenda) -> None:
    _write("Erste Fassung", recorded=True)
    assert "Erste Fassung" in _html(Client())
    _write("Zweite Fassung", recorded=True)
    assert "Zweite Fassung" in _html(Client())


def test_an_unrecorded_change_is_seen_after_a_minute(agenda: Agenda, monkeypatch: pytest.MonkeyPatch) -> None:
    _write("Erste Fassung", recorded=True)
    _html(Client())
    _write("Zweite Fassung", recorded=False)
    assert "Erste Fassung" in _html(Client())  # the control: it is kept
    later = kept.monotonic() + kept.SECONDS + 1
    monkeypatch.setattr(kept, "monotonic", lambda: later)
    assert "Zweite Fassung" in _html(Client())


def test_who_sends_a_cookie_is_answered_anew_and_leaves_nothing(agenda: Agenda) -> None:
    _write("Erste Fassung", recorded=True)
    for name, value in (("sessionid", "x"), ("theme", "dark"), ("anything", "1")):
        client = Client()
        client.cookies[name] = value
        _html(client)
    assert SHELF.size == (0, 0)
    _html(Client())
    _write("Zweite Fassung", recorded=False)
    client = Client()
    client.cookies["theme"] = "dark"
    assert "Zweite Fassung" in _html(client)


def test_languages_and_addresses_do_not_mix(agenda: Agenda) -> None:
    _write("Erste Fassung", recorded=True)
    german = _html(Client(), **{"accept-language": "de"})
    english = _html(Client(), **{"accept-language": "en"})
    assert '<html lang="de"' in german
    assert '<html lang="en"' in english
    assert _html(Client(), **{"accept-language": "de"}) == german
    _html(Client(), "/projekte/")
    _html(Client(), "/projekte/?q=a")
    assert SHELF.size[0] == 4


def test_a_browser_that_has_the_page_gets_304(agenda: Agenda) -> None:
    _write("Erste Fassung", recorded=True)
    first = Client().get("/")
    again = Client().get("/", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_errors_and_pages_before_the_first_write_are_not_kept(agenda: Agenda) -> None:
    assert Client().get("/projekte/gibt-es-nicht/").status_code == 404
    _html(Client())
    assert SHELF.size == (0, 0)


def test_the_shelf_drops_what_was_not_asked_for_the_longest() -> None:
    shelf = Shelf()
    for name in "abcde":
        shelf.put((name, ""), Page(b"x" * 25, (), kept.monotonic() + 9), 100)
        shelf.get(("a", ""))
    assert [shelf.get((name, "")) is not None for name in "abcde"] == [True, False, True, True, True]
    assert shelf.size == (4, 100)
    shelf.put(("big", ""), Page(b"x" * 26, (), kept.monotonic() + 9), 100)
    assert shelf.get(("big", "")) is None


def test_nothing_is_kept_where_it_is_switched_off(agenda: Agenda, settings: Any) -> None:
    settings.WURT_KEPT_PAGES_BYTES = 0
    _write("Erste Fassung", recorded=True)
    _html(Client())
    assert SHELF.size == (0, 0)
