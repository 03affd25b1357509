"""Eight workers count the same words of the search index."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    with own_database(tmp_path_factory.mktemp("races"), "race_search") as url:
        arena = Arena(url)
        yield arena
        arena.close()


@pytest.fixture
def world(arena: Arena) -> None:
    arena.ask("empty_index")


def test_words_are_counted_right_whoever_comes_first(arena: Arena, world: None) -> None:
    outcomes = arena.race("index_words", words="Nebelhorn tutet", times=3)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert arena.ask("indexed") == {
        "state": (PROCESSES, 2 * PROCESSES),
        "documents": PROCESSES,
        "words": {"nebelhorn": PROCESSES, "tutet": PROCESSES},
        "terms": {"nebelhorn": PROCESSES, "tut": PROCESSES},
        "postings": 2 * PROCESSES,
    }


def test_a_document_that_all_index_at_once_is_stored_once(arena: Arena, world: None) -> None:
    outcomes = arena.race("index_same", words="Heuler Robbe", fair=True)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    assert arena.ask("indexed") == {
        "state": (1, 2),
        "documents": 1,
        "words": {"heuler": 1, "robbe": 1},
        "terms": {"heul": 1, "robb": 1},
        "postings": 2,
    }


def test_control_without_the_lock_the_same_document_collides(arena: Arena, world: None) -> None:
    outcomes = arena.race("index_same", words="Heuler Robbe", fair=False)
    assert Counter(outcome.error for outcome in outcomes)["IntegrityError"] > 0
