"""Eight workers compute the same month: one stores it, the others find it."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    with own_database(tmp_path_factory.mktemp("races"), "race_indicators") as url:
        arena = Arena(url)
        yield arena
        arena.close()


@pytest.fixture
def world(arena: Arena) -> None:
    arena.ask("no_figures")


def test_a_month_is_stored_once(arena: Arena, world: None) -> None:
    outcomes = arena.race("compute", fair=True)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert Counter(outcome.value for outcome in outcomes) == {1: 1, 0: PROCESSES - 1}
    assert arena.ask("figures") == [(1, True, 1)]


def test_control_who_only_looks_first_collides(arena: Arena, world: None) -> None:
    arena.ask("no_figures")
    outcomes = arena.race("compute", fair=False)
    assert Counter(outcome.error for outcome in outcomes)["IntegrityError"] > 0
