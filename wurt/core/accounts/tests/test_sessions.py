"""Sessions that people see and end, and those that end by themselves."""

import time
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from tests.access.world import PASSWORD, World, make_world
from wurt.core.accounts.sessions import SEEN, STAFF, STARTED
from wurt.core.accounts.tests.test_login import code, enter, trail
from wurt.core.action.actor import Role
from wurt.core.action.guard import writes_allowed
from wurt.core.tenancy.models import Grant

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = 3600.0


@pytest.fixture
def world() -> World:
    cache.clear()
    with writes_allowed("world"):
        return make_world()


def staff(world: World) -> Client:
    client = enter(world, "county_admin")
    client.post("/konto/2fa/authenticate/", {"code": code()})
    return client


def later(client: Client, *, began: float = 0, used: float = 0) -> None:
    """Let the session be older by so many seconds."""
    session = client.session
    session[STARTED] -= began
    session[SEEN] -= used
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def test_nobody_stores_from_where_somebody_came(world: World) -> None:
    client = Client(REMOTE_ADDR="203.0.113.7")
    client.post("/konto/login/", {"login": world.users["resident"].email, "password": PASSWORD})
    assert list(UserSession.objects.values_list("ip", flat=True)) == ["0.0.0.0"]
    assert "203.0.113" not in client.get("/konto/sitzungen/").content.decode()


def test_one_session_is_ended_and_it_is_out_at_once(world: World) -> None:
    here, there = enter(world, "resident"), enter(world, "resident")
    page = here.get("/konto/sitzungen/")
    mine, other = page.context["sessions"]
    assert (mine.here, other.here) == (True, False)
    assert here.post(f"/konto/sitzungen/{mine.key}/ende/").status_code == 404  # that is what “log out” is for
    assert here.post(f"/konto/sitzungen/{other.key}/ende/").status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.post(f"/konto/sitzungen/{other.key}/ende/").status_code == 404
    assert trail("resident", world)[-1] == "accounts.session_ended"


def test_a_session_of_somebody_else_is_absent(world: World) -> None:
    mine, foreign = enter(world, "resident"), staff(world)
    (row,) = UserSession.objects.filter(user=world.users["county_admin"])
    assert mine.post(f"/konto/sitzungen/{row.pk}/ende/").status_code == 404
    assert is_in(foreign)


def test_all_others_are_ended(world: World) -> None:
    here, *others = (enter(world, "resident") for _ in range(3))
    here.post("/konto/sitzungen/andere/ende/")
    assert is_in(here)
    assert [is_in(one) for one in others] == [False, False]


def test_a_new_password_puts_everybody_else_out(world: World) -> None:
    here, there = enter(world, "resident"), enter(world, "resident")
    answer = here.post(
        "/konto/password/change/",
        {"oldpassword": PASSWORD, "password1": "Ebbe Flut Watt Deich", "password2": "Ebbe Flut Watt Deich"},
    )
    assert answer.status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert UserSession.objects.filter(user=world.users["resident"]).count() == 1


@pytest.mark.parametrize(
    ("began", "used", "stays"),
    [(0, 0.9 * HOUR, True), (0, 1.1 * HOUR, False), (11.9 * HOUR, 0, True), (12.1 * HOUR, 0, False)],
)
def test_sessions_of_staff_end_after_an_hour_unused_and_after_twelve(
    world: World, began: float, used: float, stays: bool
) -> None:
    client = staff(world)
    later(client, began=began, used=used)
    assert (client.get("/verwaltung/personen/").status_code == 200) is stays
    assert (trail("county_admin", world)[-1] == "accounts.session_expired") is not stays
    assert UserSession.objects.exists() is stays


@pytest.mark.parametrize(
    ("began", "used", "stays"),
    [(0, 23 * HOUR, True), (0, 25 * HOUR, False), (13.9 * 24 * HOUR, 0, True), (14.1 * 24 * HOUR, 0, False)],
)
def test_sessions_of_others_live_longer(world: World, began: float, used: float, stays: bool) -> None:
    client = enter(world, "resident")
    later(client, began=began, used=used)
    assert is_in(client) is stays


def test_use_keeps_a_session_open_but_not_beyond_its_end(world: World) -> None:
    client = staff(world)
    for _ in range(11):
        later(client, began=HOUR, used=0.9 * HOUR)
        assert is_in(client)
    later(client, began=2 * HOUR)
    assert not is_in(client)


def test_a_role_that_came_in_between_shortens_the_session(world: World) -> None:
    client = enter(world, "resident")
    assert client.session[STAFF] is False
    with writes_allowed("test"):
        Grant.objects.create(person=world.person("resident"), role=Role.MODERATOR, place=world.county)
    client.get("/konto/")
    assert client.session[STAFF] is True
    later(client, used=2 * HOUR)
    assert not is_in(client)


def test_a_session_without_marks_is_measured_like_one_of_staff(world: World) -> None:
    client = Client()
    client.force_login(world.users["resident"])
    session = client.session
    session.pop(STAFF, None)
    session[STARTED] = session[SEEN] = time.time() - 2 * HOUR
    session.save()
    assert not is_in(client)


def test_the_operator_sets_the_measure(world: World, settings: Any) -> None:
    settings.WURT_SESSION_STAFF_IDLE = 10
    client = staff(world)
    later(client, used=0.2 * HOUR)
    assert not is_in(client)


def test_the_last_use_is_kept_by_the_hour(world: World) -> None:
    client = staff(world)
    later(client, used=0.5 * HOUR)
    client.get("/konto/")
    (row,) = UserSession.objects.all()
    assert (row.last_seen_at.minute, row.last_seen_at.second, row.last_seen_at.microsecond) == (0, 0, 0)
