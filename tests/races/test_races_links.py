"""No opening of a short link is lost, however many come at once."""

from collections.abc import Iterator

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    with own_database(tmp_path_factory.mktemp("races"), "race_links") as url:
        arena = Arena(url)
        yield arena
        arena.close()


def test_every_opening_counts(arena: Arena) -> None:
    link = arena.ask("printed")["link"]
    outcomes = arena.race("open_same", link=link, fair=True)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert arena.ask("opened") == 5 * PROCESSES


def test_control_without_the_condition_openings_are_lost(arena: Arena) -> None:
    link = arena.ask("printed")["link"]
    arena.race("open_same", link=link, fair=False)
    assert 0 < arena.ask("opened") < 5 * PROCESSES
