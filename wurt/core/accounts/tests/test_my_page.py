"""My page shows what rooms and modules registered, in order, and only what has something to say."""

import pytest

from tests.access.world import World, make_world
from wurt.core.accounts import my_page
from wurt.core.accounts.my_page import Section, register
from wurt.core.action.guard import writes_allowed

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


def test_the_same_key_replaces(own_sections: None) -> None:
    before = len(my_page._sections)
    for title in ("A", "B"):
        register(Section("toy.twice", title, "accounts/mine/roles.html", lambda actor: None))
    assert len(my_page._sections) == before + 1
    assert my_page._sections["toy.twice"].title == "B"
