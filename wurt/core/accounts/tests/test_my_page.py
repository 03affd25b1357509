"""My page shows what rooms and modules registered, in order, and only what has something to say."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.access.world import World, make_world
from wurt.core.accounts import my_page
from wurt.core.accounts.my_page import Section, Sent, register
from wurt.core.action.actor import Role
from wurt.core.action.guard import writes_allowed
from wurt.core.tenancy.roles import MEANINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


@pytest.fixture
def own_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(my_page, "_sections", dict(my_page._sections))
    return


def test_a_section_stands_at_its_place_and_an_empty_one_is_left_out(world: World, own_sections: None) -> None:
    register(
        Section("toy.boats", "Boote", "accounts/mine/roles.html", lambda actor: {"grants": ()}, order=21),
        Section("toy.none", "Leer", "accounts/mine/roles.html", lambda actor: None, order=22),
    )
    response = world.client("resident").get("/konto/", headers={"accept-language": "en"})
    keys = [part.key for part in response.context["sections"]]
    assert keys[keys.index("roles") : keys.index("roles") + 2] == ["roles", "toy.boats"]
    assert "toy.none" not in keys
    assert b'<section class="wurt-section" id="toy.boats"' in response.content


def test_what_was_sent_stands_there_newest_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = world.client("resident").get("/konto/").content.decode()
    assert "Was Sie auf diesen Seiten buchen, melden oder beantragen, steht hier mit seinem Stand." in empty
    moment = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)
    old = [Sent(f"Fahrt {number}", "gebucht", moment, f"/fahrten/{number}/") for number in range(10)]
    new = Sent("Schlagloch", "in Arbeit", moment + timedelta(days=1), "/meldungen/1/")
    monkeypatch.setattr(my_page, "SENT", [lambda actor: old, lambda actor: [new]])
    page = world.client("resident").get("/konto/").content.decode()
    assert page.index("Schlagloch") < page.index("Fahrt 0") < page.index("Fahrt 8")
    assert "Fahrt 9" not in page
    assert '<a class="wurt-desk-list__title" href="/meldungen/1/">Schlagloch</a>' in page


def test_roles_are_said_in_words(world: World) -> None:
    page = world.client("coordinator").get("/konto/").content.decode()
    assert "<strong>Koordination der Agenda</strong>, Kreis Moorland" in page
    assert str(MEANINGS[Role.COORDINATOR]) in page
    assert "Eine besondere Rolle haben Sie nicht." in world.client("resident").get("/konto/").content.decode()


def test_the_same_key_replaces(own_sections: None) -> None:
    before = len(my_page._sections)
    for title in ("A", "B"):
        register(Section("toy.twice", title, "accounts/mine/roles.html", lambda actor: None))
    assert len(my_page._sections) == before + 1
    assert my_page._sections["toy.twice"].title == "B"
