"""The queue: nothing told without its cause, nothing lost, nothing done twice in our database."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction

from wurt.core.action.guard import writes_allowed
from wurt.core.action.tests import toys
from wurt.core.db.clock import at, now
from wurt.core.outbox import registry, worker
from wurt.core.outbox.models import Delivery, WorkerBeat
from wurt.core.outbox.queries import STALLED, health, workers
from wurt.core.outbox.registry import every, handles, publish
from wurt.core.outbox.worker import LEASE, MAX_ATTEMPTS, claim, drain, purge, run, schedule, work
from wurt.core.pages.models import GlossaryTerm

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rang:
    name: ClassVar[str] = "toys.rang.v1"
    bell: str
    times: list[int] = field(default_factory=list)


@pytest.fixture(autouse=True)
def fresh_registry(monkeypatch):
    """Handlers of this test only."""
    for name in ("HANDLERS", "SUBSCRIBERS"):
        empty = {}
        monkeypatch.setattr(registry, name, empty)
        if hasattr(worker, name):
            monkeypatch.setattr(worker, name, empty)
    plans = []
    monkeypatch.setattr(registry, "SCHEDULES", plans)
    monkeypatch.setattr(worker, "SCHEDULES", plans)


@pytest.fixture
def heard():
    """Bells that a listener heard, in order."""
    found = []

    @handles(Rang)
    def listen(fact: Rang) -> None:
        found.append(fact)

    return found


# --- telling


def test_every_listener_gets_a_delivery_of_its_own(heard):
    @handles(Rang)
    def other(fact: Rang) -> None:
        heard.append(fact.bell)

    publish(Rang(bell="door", times=[1, 2]))
    assert Delivery.objects.count() == 2
    assert drain() == 2
    assert heard == [Rang(bell="door", times=[1, 2]), "door"]
    assert drain() == 0


def test_a_rollback_takes_the_fact_back(heard):
    with transaction.atomic():
        publish(Rang(bell="door"))
        transaction.set_rollback(True)
    assert Delivery.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_needs_a_transaction(heard):
    with pytest.raises(RuntimeError, match="needs a transaction"):
        publish(Rang(bell="door"))


def test_the_same_key_is_delivered_once(heard):
    publish(Rang(bell="door"), key="one")
    publish(Rang(bell="door"), key="one")
    assert drain() == 1
    assert heard == [Rang(bell="door")]


@dataclass(frozen=True, slots=True)
class Rich:
    name: ClassVar[str] = "toys.rich.v1"
    who: UUID
    when: datetime
    day: date | None
    cost: Decimal
    words: list[str]


@pytest.mark.parametrize("day", [None, date(2026, 3, 1)])
def test_the_listener_gets_what_was_told(day):
    found = []

    @handles(Rich)
    def listen(fact: Rich) -> None:
        found.append(fact)

    told = Rich(UUID(int=7), NOON + timedelta(microseconds=5), day, Decimal("1.10"), ["a"])
    publish(told)
    assert drain() == 1
    assert found == [told]


@pytest.mark.parametrize("bell", [UUID(int=1), NOON, ("a",), object()])
def test_a_field_that_json_would_change_is_a_bug(heard, bell):
    with pytest.raises(TypeError):
        publish(Rang(bell=bell))
    assert Delivery.objects.count() == 0


def test_an_older_listener_ignores_a_new_field(heard):
    publish(Rang(bell="door"))
    Delivery.objects.update(payload={"bell": "door", "times": [], "loudness": 3})
    assert drain() == 1
    assert heard == [Rang(bell="door")]


# --- doing


def test_what_a_failed_handler_wrote_is_rolled_back():
    with writes_allowed("world"):
        place = toys.county()

    @handles(Rang)
    def listen(fact: Rang) -> None:
        toys.add_term(toys.admin_of(place), place=place.pk, term=fact.bell)
        if GlossaryTerm.objects.filter(term=fact.bell).exists() and Delivery.objects.get().attempts < 3:
            raise ValueError("not yet")

    publish(Rang(bell="door"))
    counts = []
    for hours in range(4):
        with at(now() + timedelta(hours=hours)):
            counts.append((drain(), GlossaryTerm.objects.count()))
    assert counts == [(0, 0), (0, 0), (1, 1), (0, 1)]


def failing(times_due: list[timedelta]):
    """A handler that always fails; notes how long each next try has to wait."""

    @handles(Rang)
    def listen(fact: Rang) -> None:
        raise ValueError(f"broken {fact.bell}")

    publish(Rang(bell="door"))
    with at(NOON):
        Delivery.objects.update(due=NOON)
    moment = NOON
    while True:
        with at(moment):
            assert drain() == 0
        delivery = Delivery.objects.get()
        if delivery.dead:
            return delivery
        times_due.append(delivery.due - moment)
        moment = delivery.due


def test_failures_back_off_and_end_dead_after_ten():
    waits: list[timedelta] = []
    delivery = failing(waits)
    assert delivery.attempts == MAX_ATTEMPTS == 10
    assert delivery.done is None
    assert "ValueError: broken door" in delivery.error
    assert len(waits) == 9
    for number, wait in enumerate(waits, start=1):
        assert 0.8 * 2**number <= wait.total_seconds() <= 1.2 * 2**number
    with at(NOON + timedelta(days=30)):
        assert claim() is None
        assert (health().open, health().dead) == (0, 1)


def test_a_handler_that_kills_its_worker_ends_dead_too(heard):
    publish(Rang(bell="door"))
    moment = now()
    for number in range(MAX_ATTEMPTS):
        with at(moment + number * LEASE * 2):
            assert claim() is not None  # and the worker is gone
    with at(moment + MAX_ATTEMPTS * LEASE * 2):
        assert claim() is None
    delivery = Delivery.objects.get()
    assert delivery.dead is not None
    assert delivery.error == "the worker stopped in the middle of it, every time"
    assert heard == []


def test_an_unknown_handler_waits_for_its_return():
    Delivery.objects.create(handler="gone.handler", key="1")
    assert drain() == 0
    assert "KeyError" in Delivery.objects.get().error


# --- claiming


def test_a_claimed_delivery_is_nobody_elses_until_the_lease_ends(heard):
    publish(Rang(bell="door"))
    moment = now()
    with at(moment):
        mine = claim()
        assert mine.attempts == 1
        assert claim() is None
    with at(moment + LEASE + timedelta(seconds=1)):
        again = claim()
    assert (again.pk, again.attempts) == (mine.pk, 2)


def test_who_lost_the_lease_changes_nothing(heard):
    publish(Rang(bell="door"))
    moment = now()
    with at(moment):
        late = claim()
    with at(moment + LEASE * 2):
        quick = claim()
        assert run(quick)
    before = Delivery.objects.values().get()
    assert not run(late)
    assert Delivery.objects.values().get() == before


def test_the_longest_waiting_comes_first(heard):
    for bell in ("a", "b", "c"):
        publish(Rang(bell=bell))
    Delivery.objects.filter(payload__bell="c").update(due=now() - timedelta(hours=1))
    assert drain(limit=2) == 2
    assert [fact.bell for fact in heard] == ["c", "a"]


# --- slow handlers


def test_a_slow_handler_runs_outside_the_delivery():
    seen = []

    @handles(Rang, joined=False)
    def listen(fact: Rang) -> None:
        seen.append(worker.delivering())

    @handles(Rang)
    def joined(fact: Rang) -> None:
        seen.append(worker.delivering())

    publish(Rang(bell="door"))
    assert drain() == 2
    assert sorted(seen) == [False, True]
    assert Delivery.objects.filter(done__isnull=True).count() == 0


# --- the clock


def test_each_slot_runs_once_whoever_asks():
    runs = []

    @every(timedelta(hours=1))
    def chime() -> None:
        runs.append(now())

    for minutes in (0, 1, 59, 60, 61):
        with at(NOON + timedelta(minutes=minutes)):
            schedule()
            schedule()
            drain()
    assert len(runs) == 2
    assert sorted(Delivery.objects.values_list("key", flat=True)) == [
        "at 2026-03-01T12:00:00Z",
        "at 2026-03-01T13:00:00Z",
    ]


@pytest.mark.parametrize("interval", [timedelta(0), timedelta(days=15)])
def test_an_interval_that_a_purge_would_repeat_is_refused(interval):
    with pytest.raises(ValueError, match="an interval lies between"):
        every(interval)


def test_purge_keeps_what_is_open_dead_or_fresh():
    moment = now()
    for key, values in {
        "open": {},
        "dead": {"dead": moment - timedelta(days=99)},
        "fresh": {"done": moment - timedelta(days=29)},
        "old": {"done": moment - timedelta(days=31)},
    }.items():
        Delivery.objects.create(handler="x", key=key, **values)
    assert purge() == 1
    assert set(Delivery.objects.values_list("key", flat=True)) == {"open", "dead", "fresh"}


# --- health


def test_health_counts_what_waits():
    moment = now()
    Delivery.objects.create(handler="x", key="due", due=moment - STALLED - timedelta(seconds=1))
    Delivery.objects.create(handler="x", key="later", due=moment + timedelta(hours=1))
    Delivery.objects.create(handler="x", key="dead", due=moment - timedelta(days=9), dead=moment)
    Delivery.objects.create(handler="x", key="done", due=moment - timedelta(days=9), done=moment)
    with at(moment):
        found = health()
        assert (found.open, found.oldest_due, found.dead) == (2, moment - STALLED - timedelta(seconds=1), 1)
        assert found.stalled


def test_an_empty_queue_is_well():
    found = health()
    assert (found.open, found.oldest_due, found.dead, found.stalled) == (0, None, 0, False)


def test_a_worker_gives_signs_of_life_and_says_goodbye(heard):
    stop, seen = threading.Event(), []

    @every(timedelta(hours=1))
    def look():
        seen.append(workers().alive)
        stop.set()

    work(stop, idle=0)
    assert seen == [1]
    assert (workers().alive, workers().last_seen) == (0, None)


def test_a_slow_delivery_is_announced(heard):
    stop, until = threading.Event(), []

    @every(timedelta(hours=1), joined=False)
    def read_for_long():
        until.append(WorkerBeat.objects.get().until)
        stop.set()

    with at(NOON):
        work(stop, idle=0)
    assert until == [NOON + LEASE]


def test_the_apps_bring_their_schedules():
    from importlib import reload

    from wurt.core.action import handlers as action_handlers
    from wurt.core.audit import handlers as audit_handlers
    from wurt.core.outbox import handlers as outbox_handlers

    for module in (action_handlers, audit_handlers, outbox_handlers):
        reload(module)
    assert {plan.handler.rsplit(".", 1)[1]: plan.every for plan in worker.SCHEDULES} == {
        "purge_once_tokens": timedelta(days=1),
        "seal_trail": timedelta(hours=1),
        "purge_done": timedelta(days=1),
    }
    schedule()
    assert drain() == 3


def test_no_migration_is_missing():
    call_command("makemigrations", "action", "audit", "outbox", check=True, dry_run=True, verbosity=0)
