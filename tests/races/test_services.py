"""Services: one stage a day, everything moved once, however many come at the same moment.

Each race stands beside its control, which looks first and writes then.
"""

from collections import Counter

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory):
    with own_database(tmp_path_factory.mktemp("services"), "race_services") as url:
        arena = Arena(url)
        yield arena
        arena.close()


@pytest.fixture
def world(arena):
    return arena.ask("prepare")


def errors(outcomes):
    return Counter(outcome.error for outcome in outcomes if outcome.error)


def test_of_eight_stages_for_one_day_one_is_set(arena, world):
    outcomes = arena.race("stage_same", day="2026-05-01", fair=True)
    assert errors(outcomes) == {"RuleBroken": PROCESSES - 1}
    assert arena.ask("stages_on", day="2026-05-01") == 1


def test_control_looking_for_the_day_first_is_not_enough(arena, world):
    outcomes = arena.race("stage_same", day=f"2026-06-0{arena.round + 1}", fair=False)
    assert errors(outcomes)["IntegrityError"] >= 1


def test_eight_workers_move_everything_once(arena, world):
    hand_over = arena.ask("moving_handover", cases=900)
    outcomes = arena.race("move_same", hand_over=hand_over, fair=True)
    assert errors(outcomes) == {}
    assert sum(outcome.value for outcome in outcomes) == 900
    assert arena.ask("moved_items", hand_over=hand_over) == (900, True)


def test_control_without_the_lock_things_are_moved_twice(arena, world):
    hand_over = arena.ask("moving_handover", cases=50)
    outcomes = arena.race("move_same", hand_over=hand_over, fair=False)
    assert errors(outcomes)["IntegrityError"] >= 1  # only the key of the protocol stops it
