"""Notices: one follow, one confirmation, one mail, however many come at the same moment.

Each race stands beside its control, in which the lock or the claim is missing and which must go wrong.
"""

from collections import Counter

import pytest

from tests.races.arena import PROCESSES, Arena
from tests.template import own_database
from wurt.core.db.tests.servers import running
from wurt.core.notices.tests.pushservice import Browser

pytestmark = [pytest.mark.race, pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def arena(tmp_path_factory):
    with own_database(tmp_path_factory.mktemp("notices"), "race_notices") as url:
        arena = Arena(url)
        yield arena
        arena.close()


@pytest.fixture
def world(arena):
    return arena.ask("prepare")


def errors(outcomes):
    return Counter(outcome.error for outcome in outcomes if outcome.error)


def test_one_address_follows_once(arena, world):
    outcomes = arena.race("follow_same", email="ada@example.org", fair=True)
    assert errors(outcomes) == {}
    assert arena.ask("follows_of", email="ada@example.org") == (1, 1)


def test_control_looking_for_the_address_first_is_not_enough(arena, world):
    outcomes = arena.race("follow_same", email=f"c{arena.round}@example.org", fair=False)
    assert errors(outcomes)["IntegrityError"] >= 1


def test_of_eight_confirmations_one_counts(arena, world):
    token = arena.ask("asked")
    outcomes = arena.race("confirm_same", token=token, fair=True)
    assert errors(outcomes) == {}
    assert sorted(outcome.value for outcome in outcomes) == [False] * (PROCESSES - 1) + [True]


def test_control_without_the_lock_several_confirm(arena, world):
    token = arena.ask("asked")
    outcomes = arena.race("confirm_same", token=token, fair=False)
    assert sum(bool(outcome.value) for outcome in outcomes) > 1


def test_eight_workers_mail_everybody_once(arena, world, tmp_path):
    arena.ask("spread_notice", followers=60)
    outcomes = arena.race("mail_same", folder=str(tmp_path), fair=True)
    assert errors(outcomes) == {}
    counts = arena.ask("mailed", folder=str(tmp_path))
    assert (len(counts), set(counts.values())) == (60, {1})


def test_one_of_eight_calls_the_person(arena, world):
    subscriber = arena.ask("call_open", place=world["place"])
    outcomes = arena.race("call_same", subscriber=subscriber, fair=True)
    assert errors(outcomes) == {}
    assert sorted(outcome.value for outcome in outcomes) == [False] * (PROCESSES - 1) + [True]


def test_control_looking_first_lets_several_dial(arena, world):
    subscriber = arena.ask("call_open", place=world["place"])
    outcomes = arena.race("call_same", subscriber=subscriber, fair=False)
    assert sum(bool(outcome.value) for outcome in outcomes) > 1


def pushed(arena, *, fair):
    """How often each of 40 devices was told while eight workers pushed."""
    counts: Counter[str] = Counter()
    browser = Browser("x")

    def answer(request):
        counts[request.path.rpartition("/")[2]] += 1
        request.send_response(201)
        request.send_header("Content-Length", "0")
        request.end_headers()

    with running(answer) as server:
        origin = f"http://127.0.0.1:{server.port}"
        arena.ask("spread_push", followers=40, origin=origin, p256dh=browser.p256dh, auth=browser.auth)
        outcomes = arena.race("push_same", origin=origin, fair=fair)
    return counts, errors(outcomes)


def test_eight_workers_push_to_each_device_once(arena, world):
    counts, failed = pushed(arena, fair=True)
    assert failed == {}
    assert (len(counts), set(counts.values())) == (40, {1})


def test_control_pushing_without_the_claim_doubles(careless):
    careless.ask("prepare")
    counts, _failed = pushed(careless, fair=False)
    assert max(counts.values()) > 1


@pytest.fixture
def careless(tmp_path_factory):
    """Processes whose claims are switched off, for good."""
    with own_database(tmp_path_factory.mktemp("careless"), "race_careless") as url:
        arena = Arena(url)
        yield arena
        arena.close()


def test_control_mailing_without_the_claim_doubles(careless, tmp_path):
    careless.ask("prepare")
    careless.ask("spread_notice", followers=60)
    careless.race("mail_same", folder=str(tmp_path), fair=False)
    counts = careless.ask("mailed", folder=str(tmp_path))
    assert (len(counts), max(counts.values()) > 1) == (60, True)
