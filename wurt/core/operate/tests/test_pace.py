"""Who asks too fast is asked to wait; forged proxy headers do not help, and households are told apart."""

import pytest
from django.test import Client, RequestFactory

from wurt.core.operate.pace import MOST_KNOWN, Pace, connection_of

pytestmark = pytest.mark.django_db


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_full_bucket_then_one_by_one():
    clock = Clock()
    pace = Pace(clock)
    assert [pace.wait("x", "192.0.2.1", 3) for _ in range(4)] == [0, 0, 0, 21]
    assert pace.wait("x", "192.0.2.2", 3) == 0, "another connection has its own"
    assert pace.wait("y", "192.0.2.1", 3) == 0, "another page has its own"
    clock.now += 21
    assert [pace.wait("x", "192.0.2.1", 3) for _ in range(2)] == [0, 20]
    clock.now += 3600
    assert [pace.wait("x", "192.0.2.1", 3) for _ in range(4)] == [0, 0, 0, 21]


def test_a_household_is_one_connection():
    pace = Pace(Clock())
    assert [pace.wait("x", f"2001:db8:0:1::{n}", 2) for n in (1, 2)] == [0, 0]
    assert pace.wait("x", "2001:db8:0:1:ffff::3", 2) > 0
    assert pace.wait("x", "2001:db8:0:2::1", 2) == 0


def test_the_memory_is_bounded_and_holds_no_address():
    pace = Pace(Clock())
    for number in range(MOST_KNOWN + 2):
        pace.wait("x", f"name-{number}", 2)
    assert len(pace.buckets) <= MOST_KNOWN + 1
    pace.wait("x", "192.0.2.77", 2)
    assert not [who for who in pace.buckets if b"192.0.2.77" in who]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "198.51.100.9", "10.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.1, 198.51.100.9", "198.51.100.9"),
        (1, "evil, 203.0.113.1,198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.1, 198.51.100.9, 10.0.0.7", "198.51.100.9"),
        (1, "", "10.0.0.1"),
        (2, "198.51.100.9", "10.0.0.1"),
    ],
)
def test_only_what_trusted_proxies_added_is_believed(settings, proxies, forwarded, found):
    settings.WURT_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.1")
    assert connection_of(request) == found


def test_search_and_interface_have_a_pace(settings):
    settings.WURT_PACES = {"search:": 3, "agenda:api:": 2}
    client = Client(REMOTE_ADDR="192.0.2.1")
    assert [client.get("/suche/", {"q": "bus"}).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/suche/ergebnisse.json", {"q": "bus"})
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert "Einen Moment bitte" in client.get("/suche/").content.decode()
    assert client.get("/suche/", headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 429
    assert client.get("/konto/login/").status_code == 200
    assert [client.get("/api/openapi.json").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/api/months").json() == {"message": "Too many requests. See Retry-After."}


def test_behind_a_proxy_visitors_are_told_apart(settings):
    settings.WURT_PACES, settings.WURT_PROXIES = {"search:": 2}, 1
    client = Client(REMOTE_ADDR="10.0.0.1")

    def ask(forwarded):
        return client.get("/suche/", headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.1")] == [200, 200, 429]
    assert ask("192.0.2.2") == 200
    assert ask("203.0.113.99, 192.0.2.1") == 429, "a forged first entry is no way around"
