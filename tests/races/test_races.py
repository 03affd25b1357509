"""Eight processes want the same thing at the same moment.

Each race stands beside its control, in which the lock or the condition is missing and which must go wrong:
else the race would prove nothing.
"""

from collections import Counter

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory):
    with own_database(tmp_path_factory.mktemp("races"), "race") as url:
        arena = Arena(url)
        yield arena
        arena.close()


@pytest.fixture
def world(arena):
    return arena.ask("prepare")


TITLES = [
    "Baumkataster",
    "Hofladenkarte",
    "Lesepaten",
    "Schulgarten",
    "Fährtaxi",
    "Museumsnacht",
    "Wattwegweiser",
    "Nebelhorn",
]
"""One for each round of a control, too different to be taken for each other."""


def errors(outcomes):
    return Counter(outcome.error for outcome in outcomes if outcome.error)


def test_a_form_sent_eight_times_at_once_is_carried_out_once(arena, world):
    outcomes = arena.race("same_form", token="t", place=world["place"], fair=True)
    assert errors(outcomes) == {}
    assert len({outcome.value for outcome in outcomes}) == 1
    after = arena.ask("look")
    assert (after["terms"], after["entries"] - world["entries"]) == (2, 1)


def test_control_looking_for_the_token_first_is_not_enough(arena, world):
    outcomes = arena.race("same_form", token="t", place=world["place"], fair=False)
    assert len({outcome.value for outcome in outcomes}) > 1


def test_eight_fresh_forms_with_the_same_content_make_one_thing(arena, world):
    same = {"place": world["place"], "term": "Siel", "fair": True}
    outcomes = arena.race("make_same", **same)
    assert errors(outcomes) == {}
    assert len({outcome.value for outcome in outcomes}) == 1
    assert arena.ask("forget_terms", term="Siel") == 1
    anew = arena.race("make_same", **same)
    assert errors(anew) == {}
    assert len({outcome.value for outcome in anew}) == 1
    # What is gone was made anew, and again once.
    assert arena.ask("forget_terms", term="Siel") == 1


def test_control_looking_for_the_thing_first_makes_several(arena, world):
    outcomes = arena.race("make_same", place=world["place"], term="Siel", fair=False)
    assert len({outcome.value for outcome in outcomes}) > 1


def test_no_stroke_is_lost_under_a_lock(arena, world):
    assert errors(arena.race("add_up", pk=world["term"], times=5, fair=True)) == {}
    assert arena.ask("look")["text"] == "|" * PROCESSES * 5


def test_control_strokes_are_lost_without_a_lock(arena, world):
    arena.race("add_up", pk=world["term"], times=5, fair=False)
    assert len(arena.ask("look")["text"]) < PROCESSES * 5


def test_of_eight_savers_one_wins_and_seven_are_told(arena, world):
    outcomes = arena.race("save_form", pk=world["term"], fair=True)
    assert errors(outcomes) == {"ChangedMeanwhile": PROCESSES - 1}
    winner = next(number for number, outcome in enumerate(outcomes) if not outcome.error)
    after = arena.ask("look")
    assert (after["text"], after["version"]) == (f"by {winner}", 2)


def test_control_a_version_checked_without_a_lock_overwrites(arena, world):
    outcomes = arena.race("save_form", pk=world["term"], fair=False)
    assert errors(outcomes)["ChangedMeanwhile"] < PROCESSES - 1


def test_the_same_role_is_held_once(arena, world):
    outcomes = arena.race("grant_same", person=world["person"], fair=True)
    assert errors(outcomes) == {}
    assert len({outcome.value for outcome in outcomes}) == 1
    assert arena.ask("look")["grants"] == 1


def test_control_without_the_lock_people_see_an_error(arena, world):
    outcomes = arena.race("grant_same", person=world["person"], fair=False)
    assert errors(outcomes)["IntegrityError"] >= 1
    assert arena.ask("look")["grants"] == 1


def test_a_month_is_published_once(arena, world):
    arena.ask("draft_month", month="2024-04-01")
    outcomes = arena.race("publish_same", month="2024-04-01", fair=True)
    assert errors(outcomes) == {"RuleBroken": PROCESSES - 1}
    assert [outcome.value for outcome in outcomes if not outcome.error] == [1]
    assert arena.ask("versions_of", month="2024-04-01") == [(1, 1)]


def test_control_counting_versions_without_the_lock_collides(arena, world):
    month = f"2025-{arena.round + 1:02d}-01"
    arena.ask("draft_month", month=month)
    outcomes = arena.race("publish_same", month=month, fair=False)
    assert errors(outcomes)["IntegrityError"] >= 1


def test_every_delivery_is_claimed_by_one_worker(arena, world):
    arena.ask("fill_queue", count=40)
    outcomes = arena.race("empty_queue", fair=True)
    assert errors(outcomes) == {}
    claimed = sorted(pk for outcome in outcomes for pk in outcome.value)
    assert len(claimed) == len(set(claimed)) == 40


def test_control_claiming_without_the_condition_doubles(arena, world):
    arena.ask("fill_queue", count=40)
    outcomes = arena.race("empty_queue", fair=False)
    claimed = [pk for outcome in outcomes for pk in outcome.value or []]
    assert len(claimed) > len(set(claimed))


def test_eight_workers_do_everything_once(arena, world):
    arena.ask("fill_queue", count=40)
    outcomes = arena.race("work_queue")
    assert errors(outcomes) == {}
    after = arena.ask("look")
    assert (after["done"], after["version"]) == (40, 41)


def test_eight_clocks_strike_once(arena, world):
    assert errors(arena.race("ring", fair=True)) == {}
    assert arena.ask("look")["deliveries"] == 1


def test_control_looking_at_the_clock_first_is_not_enough(arena, world):
    arena.race("ring", fair=False)
    assert arena.ask("look")["deliveries"] > 1


def test_eight_sealers_leave_one_unbroken_chain(arena, world):
    arena.race("add_up", pk=world["term"], times=1, fair=True)
    seals = arena.ask("look")["seals"]
    outcomes = arena.race("seal_all")
    assert errors(outcomes) == {}
    after = arena.ask("look")
    assert after["seals"] - seals == sum(outcome.value for outcome in outcomes) == 1
    assert after["faults"] == []


def test_an_import_is_taken_over_once(arena, world):
    batch = arena.ask("accepted_import", title="Kulturkalender")
    outcomes = arena.race("apply_same", batch=batch, title="Kulturkalender", fair=True)
    assert errors(outcomes) == {}
    assert sorted(outcome.value for outcome in outcomes) == [0] * (PROCESSES - 1) + [2]
    assert arena.ask("applied", title="Kulturkalender") == {"projects": 1, "reports": 1, "recorded": 1}


def test_control_an_import_is_taken_over_several_times_without_the_lock(arena, world):
    title = TITLES[arena.round]
    batch = arena.ask("accepted_import", title=title)
    arena.race("apply_same", batch=batch, title=title, fair=False)
    assert arena.ask("applied", title=title)["projects"] > 1
