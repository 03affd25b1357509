"""A solution counts once and a limit of ten lets ten pass, however many come at the same moment."""

from collections import Counter
from uuid import uuid4

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory):
    with own_database(tmp_path_factory.mktemp("spamguard"), "race_spamguard") as url:
        arena = Arena(url)
        yield arena
        arena.close()


def errors(outcomes):
    return Counter(outcome.error for outcome in outcomes if outcome.error)


def test_of_eight_that_bring_the_same_solution_one_passes(arena):
    outcomes = arena.race("spend_same", key=uuid4().hex, fair=True)
    assert errors(outcomes) == {}
    assert sorted(outcome.value for outcome in outcomes) == [False] * (PROCESSES - 1) + [True]


def test_control_looking_first_lets_several_pass(arena):
    outcomes = arena.race("spend_same", key=uuid4().hex, fair=False)
    assert sum(bool(outcome.value) for outcome in outcomes) > 1


def test_a_limit_of_ten_lets_exactly_ten_of_forty_pass(arena):
    outcomes = arena.race("count_tries", who=uuid4().hex, fair=True)
    assert errors(outcomes) == {}
    assert sum(outcome.value for outcome in outcomes) == 10


def test_control_counting_by_get_and_set_lets_more_pass(arena):
    outcomes = arena.race("count_tries", who=uuid4().hex, fair=False)
    assert sum(outcome.value or 0 for outcome in outcomes) > 10
