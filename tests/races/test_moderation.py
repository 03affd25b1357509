"""Two moderators never decide the same case; notices about one thing at the same moment are one case."""

from collections import Counter

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory):
    with own_database(tmp_path_factory.mktemp("moderation"), "race_moderation") as url:
        arena = Arena(url)
        yield arena
        arena.close()


@pytest.fixture
def world(arena):
    return arena.ask("prepare")


def errors(outcomes):
    return Counter(outcome.error for outcome in outcomes if outcome.error)


def test_of_eight_moderators_one_decides(arena, world):
    case = arena.ask("open_case")
    outcomes = arena.race("decide_same", case=case, fair=True)
    # Whoever comes second finds the case decided: the state of the permission says so.
    assert errors(outcomes) == {"NotAllowed": PROCESSES - 1}
    assert arena.ask("decisions_of", case=case) == 1


def test_control_looking_at_the_state_first_lets_several_decide(arena, world):
    case = arena.ask("open_case")
    outcomes = arena.race("decide_same", case=case, fair=False)
    assert sum(outcome.value == "decided" for outcome in outcomes) > 1


def test_eight_notices_about_one_thing_are_one_case(arena, world):
    term = arena.ask("a_thing")
    outcomes = arena.race("notify_same", term=term, fair=True)
    assert errors(outcomes) == {}
    assert arena.ask("cases_of", term=term) == (1, PROCESSES)


def test_control_looking_for_the_case_first_makes_several(arena, world):
    term = arena.ask("a_thing")
    arena.race("notify_same", term=term, fair=False)
    assert arena.ask("cases_of", term=term)[0] > 1
