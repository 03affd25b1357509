"""What is told to the counter, and what is not."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.visits.areas import area_of, place_of, register_place
from wurt.core.visits.middleware import client_address, is_visit, network
from wurt.core.visits.wire import VISITS, listen

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PERSON = {"user-agent": FIREFOX, "accept-language": "de", "accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


@pytest.fixture
def told(tmp_path: Path) -> Iterator[socket.socket]:
    """The counter's end of the socket, with counting switched on."""
    with listen(tmp_path, VISITS, socket.SOCK_DGRAM) as visits:
        visits.setblocking(False)
        with override_settings(WURT_COUNTING=True, VAR_DIR=tmp_path):
            yield visits


def heard(visits: socket.socket) -> list[list[str]]:
    found = []
    while True:
        try:
            found.append(visits.recv(4096).decode().split("\0"))
        except BlockingIOError:
            return found


def test_a_page_is_told_with_its_area_and_leaves_no_cookie(world: World, told: socket.socket) -> None:
    client = Client(headers=PERSON)
    answer = client.get("/glossar/", REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert heard(told) == [["192.0.2.7", FIREFOX, "", "-", "pages"]]
    client.get("/suche/?q=bus", headers={"host": "localhost"})
    assert [fields[2:] for fields in heard(told)] == [["localhost", "-", "search"]]


@pytest.mark.parametrize(
    "address", ["/verwaltung/seiten/", "/gibt-es-nicht/", "/healthz", "/neues.atom", "/nutzung/nutzung.json"]
)
def test_desk_errors_probes_and_files_are_not_told(world: World, told: socket.socket, address: str) -> None:
    client = world.client("coordinator")
    client.get(address, headers=PERSON)
    assert heard(told) == []


@pytest.mark.parametrize(
    ("headers", "status", "kind", "visit"),
    [
        ({}, 200, "text/html; charset=utf-8", True),
        ({}, 304, "", True),
        ({}, 302, "text/html", False),
        ({}, 404, "text/html", False),
        ({}, 200, "application/json", False),
        ({"accept": "*/*"}, 200, "text/html", False),
        ({"sec-fetch-dest": "document"}, 200, "text/html", True),
        ({"sec-fetch-dest": "document", "accept": "*/*"}, 200, "text/html", True),
        ({"sec-fetch-dest": "empty"}, 200, "text/html", False),
        ({"sec-fetch-dest": "image"}, 304, "", False),
        ({"sec-gpc": "1"}, 200, "text/html", False),
        ({"dnt": "1"}, 200, "text/html", False),
        ({"dnt": "0"}, 200, "text/html", True),
        ({"user-agent": "curl/8.5.0"}, 200, "text/html", False),
    ],
)
def test_what_a_visit_is(headers: dict[str, str], status: int, kind: str, visit: bool) -> None:
    request = RequestFactory().get("/", headers={**PERSON, **headers})
    response = HttpResponse(status=status)
    if kind:
        response["Content-Type"] = kind
    else:
        del response["Content-Type"]
    assert is_visit(request, response) is visit


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
    ],
)
def test_the_address_is_what_the_last_trusted_proxy_saw(proxies: int, passed: str, address: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": passed}, REMOTE_ADDR="192.0.2.1")
    with override_settings(WURT_PROXIES=proxies):
        assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nonsense:", "nonsense:"),
        ("", ""),
    ],
)
def test_what_a_device_changes_every_day_is_left_out(address: str, known: str) -> None:
    assert network(address) == known


def test_a_counter_that_is_down_changes_nothing(world: World, tmp_path: Path) -> None:
    with override_settings(WURT_COUNTING=True, VAR_DIR=tmp_path):
        assert Client(headers=PERSON).get("/glossar/").status_code == 200


def test_switched_off_nothing_is_told(world: World, told: socket.socket) -> None:
    with override_settings(WURT_COUNTING=False):
        Client(headers=PERSON).get("/glossar/")
    assert heard(told) == []


def test_the_place_of_a_page_is_asked_once_and_trouble_with_it_costs_no_page() -> None:
    asked = []

    def find(arguments: dict[str, object]) -> str:
        asked.append(arguments["slug"])
        if arguments["slug"] == "kaputt":
            raise ValueError
        return "heide"

    register_place("toys:page", find)
    assert [place_of("toys:page", {"slug": "a"}) for _ in range(3)] == ["heide"] * 3
    assert place_of("toys:page", {"slug": "kaputt"}) == "-"
    assert asked == ["a", "kaputt"]
    assert place_of("toys:other", {}) == "-"
    assert (area_of("agenda:project"), area_of("nobody:knows"), area_of("")) == ("agenda", "other", "other")
