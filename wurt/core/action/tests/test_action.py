"""An action does all of its six steps or none, once per form, and never inside another."""

import dataclasses
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from wurt.core.action import once
from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.action.guard import WriteRefused, writes_allowed
from wurt.core.action.models import OnceToken
from wurt.core.action.run import KEPT_OUT, NestedAction, action, lock, record
from wurt.core.action.tests import toys
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.pages.models import GlossaryTerm
from wurt.core.tenancy.models import Person, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with writes_allowed("world"):
        return toys.county()


def trail():
    return list(AuditEntry.objects.order_by("pk").values_list("action", "before", "after"))


def test_writes_and_records_in_one(place):
    pk = toys.add_term(toys.admin_of(place), place=place.pk, term="Amt")
    assert GlossaryTerm.objects.get(pk=pk).term == "Amt"
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.object_type, entry.object_id) == (
        str(UUID(int=1)),
        "toys.add_term",
        "pages.glossaryterm",
        str(pk),
    )
    assert (entry.before, entry.after) == ({}, {"term": "Amt"})


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (lambda place: ANONYMOUS, "toys.edit:role"),
        (lambda place: toys.admin_of(place, second_factor=False), "toys.edit:second_factor"),
    ],
    ids=["nobody", "without second factor"],
)
def test_who_may_not_leaves_nothing(place, actor, code):
    with pytest.raises(NotAllowed) as refused:
        toys.add_term(actor(place), place=place.pk, term="Amt")
    assert refused.value.code == code
    assert GlossaryTerm.objects.count() == 0
    assert trail() == []


def test_a_broken_rule_leaves_nothing_and_frees_the_token(place):
    actor = toys.admin_of(place, once="t1")
    with pytest.raises(RuleBroken) as broken:
        toys.add_term(actor, place=place.pk, term="")
    assert broken.value.code == "toys.empty"
    assert OnceToken.objects.count() == 0
    assert trail() == []


def test_absent_is_not_found(place):
    with pytest.raises(NotFound):
        toys.change_term(toys.admin_of(place), pk=0, version=1, text="x")


def test_a_stale_form_overwrites_nothing(place):
    actor = toys.admin_of(place)
    pk = toys.add_term(actor, place=place.pk, term="Amt")
    toys.change_term(actor, pk=pk, version=1, text="first")
    with pytest.raises(ChangedMeanwhile) as stale:
        toys.change_term(actor, pk=pk, version=1, text="second")
    assert stale.value.message == "Somebody else changed it."
    assert GlossaryTerm.objects.values_list("text", "version").get() == ("first", 2)
    assert trail()[1] == ("toys.change_term", {"text": ""}, {"text": "first"})


def test_actions_never_call_actions(place):
    @action("toys.outer")
    def outer(actor: Actor) -> None:
        toys.new_uuid(actor)

    with pytest.raises(NestedAction, match=r"toys.new_uuid was called inside toys.outer"):
        outer(ANONYMOUS)


# --- once


def test_a_form_sent_twice_is_carried_out_once(place):
    actor = toys.admin_of(place, once="t1")
    first = toys.add_term(actor, place=place.pk, term="Amt")
    assert toys.add_term(actor, place=place.pk, term="Amt") == first
    assert GlossaryTerm.objects.count() == 1
    assert len(trail()) == 1


def test_the_first_answer_comes_back_as_the_uuid_it_was():
    actor = Actor(once="t1")
    first = toys.new_uuid(actor)
    assert isinstance(first, UUID)
    assert toys.new_uuid(actor) == first
    assert toys.new_uuid(Actor(once="t2")) != first
    assert toys.new_uuid(Actor()) != toys.new_uuid(Actor())


def test_changed_content_under_the_same_token_is_a_new_act(place):
    actor = toys.admin_of(place, once="t1")
    toys.add_term(actor, place=place.pk, term="Amt")
    toys.add_term(actor, place=place.pk, term="Kreis")
    assert set(GlossaryTerm.objects.values_list("term", flat=True)) == {"Amt", "Kreis"}


def test_one_token_does_not_answer_for_another_person():
    mine = toys.new_uuid(Actor(person=1, public_id=UUID(int=1), once="t"))
    assert toys.new_uuid(Actor(person=2, public_id=UUID(int=2), once="t")) != mine


@dataclasses.dataclass
class Form:
    title: str
    tags: frozenset[str]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"b": 1, "a": 2}, {"a": 2, "b": 1}, True),
        ([1, 2], [2, 1], False),
        (Form("x", frozenset("abc")), Form("x", frozenset("cba")), True),
        (Form("x", frozenset()), Form("y", frozenset()), False),
        (b"file", b"file", True),
        (b"file", b"other", False),
        (1, "1", False),
        (UUID(int=1), UUID(int=1), True),
        (object(), object(), True),
    ],
)
def test_two_contents_are_the_same_by_value(one, other, same):
    keys = [once.key_of(ANONYMOUS, "toys.x", (), {"value": value}) for value in (one, other)]
    assert (keys[0] == keys[1]) is same
    assert len(keys[0]) == 64


def visitor(token: str, browser: str = "b1") -> Actor:
    return Actor(once=token, browser=browser)


def test_what_is_made_is_made_once_also_from_a_fresh_form(place):
    first = toys.make_term(visitor("t1"), place=place.pk, term="Amt", luck=1)
    with once.watching() as seen:
        assert toys.make_term(visitor("t2"), place=place.pk, term="Amt", luck=2) == first
    assert seen.repeated is True
    with once.watching() as seen:
        assert toys.make_term(visitor("t2"), place=place.pk, term="Kreis") != first
    assert seen.repeated is False
    assert GlossaryTerm.objects.count() == 2


def test_the_same_content_of_somebody_else_is_another_thing(place):
    rows = {
        toys.make_term(actor, place=place.pk, term="Amt")
        for actor in (
            visitor("t"),
            visitor("t", "b2"),
            Actor(person=1, public_id=UUID(int=1), once="t"),
            Actor(person=2, public_id=UUID(int=2), once="t"),
        )
    }
    assert len(rows) == 4


def test_a_visitor_without_a_browser_of_their_own_is_known_by_the_form_alone(place):
    first = toys.make_term(visitor("t1", ""), place=place.pk, term="Amt")
    assert toys.make_term(visitor("t1", ""), place=place.pk, term="Amt") == first
    assert toys.make_term(visitor("t2", ""), place=place.pk, term="Amt") != first


def test_without_a_form_the_same_is_made_as_often_as_asked(place):
    made = {toys.make_term(visitor(""), place=place.pk, term="Amt") for _ in range(2)}
    assert len(made) == 2


def test_what_is_gone_can_be_made_anew_and_is_then_made_once(place):
    first = toys.make_term(visitor("t1"), place=place.pk, term="Amt")
    with writes_allowed("test"):
        GlossaryTerm.objects.all().delete()
    second = toys.make_term(visitor("t2"), place=place.pk, term="Amt")
    assert second != first
    assert toys.make_term(visitor("t3"), place=place.pk, term="Amt") == second
    assert GlossaryTerm.objects.count() == 1


def test_an_answer_that_json_would_change_is_a_bug():
    @action("toys.tuple")
    def give(actor: Actor) -> tuple[int, int]:
        return 1, 2

    with pytest.raises(TypeError, match="must survive JSON"):
        give(Actor(once="t1"))


def test_old_tokens_are_forgotten():
    moment = now()
    with at(moment - once.KEEP * 2):
        toys.new_uuid(Actor(once="old"))
        OnceToken.objects.update(created=moment - once.KEEP * 2)
    toys.new_uuid(Actor(once="new"))
    assert once.purge() == 1
    assert OnceToken.objects.count() == 1


# --- retry


class Locked(Exception):
    sqlite_errorcode = 5
    sqlstate = "40P01"


class Gone(Exception):
    sqlite_errorcode = 10  # disk error
    sqlstate = "08006"  # connection failure


@pytest.mark.parametrize(
    ("cause", "failures", "runs", "succeeds"),
    [(Locked, 2, 3, True), (Locked, 3, 3, False), (Gone, 1, 1, False)],
)
def test_only_a_lost_lock_is_tried_again(cause, failures, runs, succeeds, monkeypatch):
    monkeypatch.setattr("wurt.core.action.run.time.sleep", lambda seconds: None)
    seen = []

    @action("toys.unlucky")
    def unlucky(actor: Actor) -> str:
        seen.append(1)
        if len(seen) <= failures:
            raise OperationalError("no") from cause()
        return "done"

    if succeeds:
        assert unlucky(ANONYMOUS) == "done"
    else:
        with pytest.raises(OperationalError):
            unlucky(ANONYMOUS)
    assert len(seen) == runs


# --- lock and record


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction():
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="needs a transaction"):
        lock(Place.objects.all(), pk=1)


def test_record_belongs_into_an_action(place):
    with pytest.raises(WriteRefused):
        record(ANONYMOUS, place)


def recorded(thing, **values):
    """What the trail keeps of the values."""

    @action("toys.look")
    def look(actor: Actor) -> None:
        toys.authorize(actor, toys.EDIT)
        record(actor, thing, after=values)

    look(Actor.for_system("test"))
    return AuditEntry.objects.latest("pk").after


def test_the_trail_keeps_ids_but_no_names_and_no_prose(place):
    with writes_allowed("world"):
        person = Person.objects.create(name="Antje Muster")
    assert recorded(person, name="Antje Muster", salt="abc", version=2, organisation=None) == {
        "name": KEPT_OUT,
        "salt": KEPT_OUT,
        "version": 2,
        "organisation": None,
    }
    assert recorded(place, name="x" * 200, source="x" * 201, parent=person) == {
        "name": "x" * 200,
        "source": "(201 characters)",
        "parent": str(person.public_id),
    }


def test_a_row_must_be_recorded_before_it_is_deleted():
    with pytest.raises(WriteRefused, match="not stored"):
        recorded(GlossaryTerm(term="gone"))
