"""Acting for somebody: nothing is written after the mandate is revoked; one person at a time.

Each race stands beside its control, in which the lock is missing and which must go wrong.
"""

from collections import Counter

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory):
    with own_database(tmp_path_factory.mktemp("assisted"), "race_assisted") as url:
        arena = Arena(url)
        yield arena
        arena.close()


@pytest.fixture
def world(arena):
    return arena.ask("prepare")


def errors(outcomes):
    return Counter(outcome.error for outcome in outcomes if outcome.error)


def revoked_in_use(arena, *, fair):
    """(written when the mandate was revoked, written in the end, written as the writers say)."""
    (mandate,) = arena.ask("mandates_in_use")
    session = arena.ask("begun", mandate=mandate)
    outcomes = arena.race("act_while_revoked", mandate=mandate, session=session, fair=fair)
    assert errors(outcomes) == {}
    told = sum(outcome.value for outcome in outcomes[1:])
    return outcomes[0].value, arena.ask("written", session=session), told


def test_nothing_is_written_after_the_mandate_is_revoked(arena, world):
    then, now, told = revoked_in_use(arena, fair=True)
    assert (now, told) == (then, then)


def test_control_a_look_before_the_write_is_not_enough(arena, world):
    then, now, _told = revoked_in_use(arena, fair=False)
    assert now > then


def test_of_eight_beginnings_one_counts(arena, world):
    mandates = arena.ask("mandates_in_use", several=PROCESSES)
    outcomes = arena.race("begin_same", mandates=mandates, fair=True)
    assert errors(outcomes) == {}
    assert sorted(outcome.value for outcome in outcomes) == [0] * (PROCESSES - 1) + [1]


def test_control_looking_for_an_open_session_first_is_not_enough(arena, world):
    mandates = arena.ask("mandates_in_use", several=PROCESSES)
    outcomes = arena.race("begin_same", mandates=mandates, fair=False)
    assert errors(outcomes)["IntegrityError"] >= 1
