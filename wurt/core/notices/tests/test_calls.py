"""People who chose to be called: taken, said, not reached, a letter instead; each once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.actions.people import register_person
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.notices import call_queries as queries
from wurt.core.notices import desk_queries
from wurt.core.notices.actions import calls, upkeep
from wurt.core.notices.actions.calls import note_call, take_call
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Follow, State, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.notices.timing import next_try
from wurt.core.outbox.worker import drain
from wurt.core.tenancy.models import Contact, Grant, Person, Place, PlaceKind, ToldBy

pytestmark = pytest.mark.django_db(transaction=True)
BERLIN = ZoneInfo("Europe/Berlin")
ADDRESS = "Deich 3\n25001 Moordorf"


@pytest.fixture
def world(noon: datetime) -> World:
    with writes_allowed("world"):
        return make_world()


def someone(
    world: World, name: str = "Opa Hansen", *keys: str, place: Place | None = None, address: str = ""
) -> Subscriber:
    """Somebody who follows things and wants to be called."""
    with writes_allowed("test"):
        person = Person.objects.create(name=name)
        Contact.objects.create(
            person=person,
            place=place or world.amt,
            phone="04801 33 44",
            address=address,
            told_by=ToldBy.PHONE,
        )
        row = Subscriber.objects.create(person=person)
        Follow.objects.bulk_create(
            [
                Follow(subscriber=row, kind="toys.thing", key=key, confirmed=at_noon())
                for key in keys or ("1",)
            ]
        )
    return row


def at_noon() -> datetime:
    return datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


def told(key: str = "n1") -> None:
    assert toys.tell(key)
    drain()


def waiting(world: World, role: str = "caseworker") -> list[str]:
    return [line.name for line in queries.calls(world.actor(role)).lines]


def states() -> list[tuple[str, str]]:
    return list(Dispatch.objects.order_by("pk").values_list("channel", "state"))


def test_who_chose_calls_is_called_and_nothing_else(world: World) -> None:
    someone(world, "Opa Hansen", "1", "2")
    told()
    assert states() == [("call", "waiting")]
    (line,) = queries.calls(world.actor("caseworker")).lines
    assert (line.name, line.phone, line.place_name, line.notices, line.tries, line.state) == (
        "Opa Hansen",
        "04801 33 44",
        "Amt Geest",
        1,
        0,
        "due",
    )
    told("n2")
    (line,) = queries.calls(world.actor("caseworker")).lines
    assert line.notices == 2


def test_the_call_says_what_is_new_and_is_noted_once(world: World) -> None:
    row = someone(world, "Opa Hansen", "1", "2")
    told()
    actor = world.actor("caseworker")
    mark = take_call(actor, subscriber=row.public_id)
    view = queries.call(actor, mark)
    assert (view.name, view.phone, view.has_address, view.why) == (
        "Opa Hansen",
        "04801 33 44",
        False,
        ("Rufbus", "Schulnetz & Funk"),
    )
    assert [piece.subject for piece in view.pieces] == ["Neues im 2024-04"]
    words = " ".join(view.pieces[0].sentences)
    assert "Rufbus" in words
    assert "Schulnetz & Funk" in words
    assert "Hofladen" not in words
    assert "http" not in words
    note_call(actor, call=mark, outcome="told")
    assert states() == [("call", "sent")]
    assert waiting(world) == []
    with pytest.raises(NotFound):
        note_call(actor, call=mark, outcome="told")
    who = str(world.person("caseworker").public_id)
    entries = AuditEntry.objects.filter(actor=who, object_id=str(row.public_id)).order_by("pk")
    assert [one.action for one in entries] == ["notices.take_call", "notices.call_told"]


def test_nobody_is_called_by_two(world: World) -> None:
    row = someone(world)
    told()
    take_call(world.actor("caseworker"), subscriber=row.public_id)
    told("n2")  # something new comes while the first speaks
    with pytest.raises(RuleBroken, match="gerade") as refused:
        take_call(world.actor("county_admin"), subscriber=row.public_id)
    assert refused.value.code == "notices.call_taken"
    (line,) = queries.calls(world.actor("caseworker")).lines
    assert (line.state, line.notices) == ("held", 2)


def test_what_came_during_the_call_waits_for_the_next(world: World) -> None:
    row = someone(world)
    told()
    actor = world.actor("caseworker")
    mark = take_call(actor, subscriber=row.public_id)
    told("n2")
    assert len(queries.call(actor, mark).pieces) == 1
    note_call(actor, call=mark, outcome="told")
    assert states() == [("call", "sent"), ("call", "waiting")]


def test_a_call_that_was_never_noted_can_be_taken_over(world: World, noon: datetime) -> None:
    row = someone(world)
    told()
    first = take_call(world.actor("caseworker"), subscriber=row.public_id)
    with at(noon + timedelta(minutes=59)):
        upkeep.mark_lost(toys.SYSTEM)
        with pytest.raises(RuleBroken):
            take_call(world.actor("county_admin"), subscriber=row.public_id)
    with at(noon + timedelta(minutes=61)):
        (line,) = queries.calls(world.actor("county_admin")).lines
        assert (line.state, line.begun) == ("due", noon)
        second = take_call(world.actor("county_admin"), subscriber=row.public_id)
        with pytest.raises(NotFound):
            note_call(world.actor("caseworker"), call=first, outcome="told")
        note_call(world.actor("county_admin"), call=second, outcome="told")
    assert states() == [("call", "sent")]


def test_not_reached_is_tried_on_the_next_working_day_and_given_up_after_three(
    world: World, noon: datetime
) -> None:
    row = someone(world)
    told()
    actor = world.actor("caseworker")
    moment = noon
    for tries, due in ((1, "2026-03-04T08:00"), (2, "2026-03-05T08:00"), (3, "2026-03-06T08:00")):
        with at(moment):
            mark = take_call(actor, subscriber=row.public_id)
            with pytest.raises(RuleBroken, match="dreimal"):
                note_call(actor, call=mark, outcome="given_up")
            note_call(actor, call=mark, outcome="missed")
            (line,) = queries.calls(actor).lines
            assert (line.tries, line.state) == (tries, "later")
            assert line.due.isoformat().startswith(due)
        moment = line.due
    with at(moment):
        mark = take_call(actor, subscriber=row.public_id)
        assert queries.call(actor, mark).may_give_up
        note_call(actor, call=mark, outcome="given_up")
    assert states() == [("call", "failed")]


def test_opened_by_mistake(world: World) -> None:
    row = someone(world)
    told()
    actor = world.actor("caseworker")
    note_call(actor, call=take_call(actor, subscriber=row.public_id), outcome="back")
    (line,) = queries.calls(actor).lines
    assert (line.tries, line.state, line.begun) == (0, "due", None)


def test_a_letter_instead(world: World) -> None:
    row = someone(world, address=ADDRESS)
    told()
    actor = world.actor("caseworker")
    note_call(actor, call=take_call(actor, subscriber=row.public_id), outcome="letter")
    assert states() == [("letter", "waiting")]
    admin = world.actor("county_admin")
    desk = desk_queries.letter_desk(admin)
    assert [(one.name, one.address, one.waiting) for one in desk.readers] == [("Opa Hansen", ADDRESS, 1)]
    (letter,) = desk_queries.letters(admin, desk.upto)
    assert letter.address == ADDRESS


def test_no_letter_without_an_address(world: World) -> None:
    row = someone(world)
    told()
    actor = world.actor("caseworker")
    mark = take_call(actor, subscriber=row.public_id)
    with pytest.raises(RuleBroken, match="fehlt die Anschrift"):
        note_call(actor, call=mark, outcome="letter")
    with pytest.raises(RuleBroken, match="wie der Anruf ausgegangen ist"):
        note_call(actor, call=mark, outcome="shouted")
    assert states() == [("call", "sending")]


def test_only_people_of_the_own_place(world: World) -> None:
    with writes_allowed("test"):
        Grant.objects.filter(person=world.person("caseworker")).update(place=world.amt)
    someone(world, "Nahe")
    far = someone(world, "Fern", place=world.other_amt)
    told()
    assert waiting(world) == ["Nahe"]
    assert sorted(waiting(world, "county_admin")) == ["Fern", "Nahe"]
    with pytest.raises(NotFound):
        take_call(world.actor("caseworker"), subscriber=far.public_id)
    mark = take_call(world.actor("county_admin"), subscriber=far.public_id)
    for refused in (
        lambda: queries.call(world.actor("caseworker"), mark),
        lambda: note_call(world.actor("caseworker"), call=mark, outcome="told"),
    ):
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(NotAllowed):
        queries.calls(world.actor("coordinator"))


def save(world: World, told_by: str) -> None:
    """The person chooses how to be told, on the page for it."""
    contact = Contact.objects.filter(person=world.person("resident")).first()
    response = world.client("resident").post(
        "/konto/anschrift/",
        {
            "address": ADDRESS,
            "place": "moordorf",
            "phone": "04801 5555",
            "told_by": told_by,
            "version": contact.version if contact else "",
        },
    )
    assert response.status_code == 302
    drain()


def test_what_waits_goes_the_new_way(world: World) -> None:
    with writes_allowed("test"):
        row = Subscriber.objects.create(person=world.person("resident"))
        Follow.objects.create(subscriber=row, kind="toys.thing", key="1", confirmed=at_noon())
        Place.objects.create(slug="moordorf", kind=PlaceKind.MUNICIPALITY, name="Moordorf", parent=world.amt)
    save(world, "phone")
    told()
    assert sorted(states()) == [("call", "waiting"), ("in_app", "sent")]
    save(world, "letter")
    assert sorted(states()) == [("in_app", "sent"), ("letter", "waiting")]


def test_letters_chosen_during_the_call(world: World) -> None:
    row = someone(world, address=ADDRESS)
    told()
    actor = world.actor("caseworker")
    mark = take_call(actor, subscriber=row.public_id)
    with writes_allowed("test"):
        Contact.objects.filter(person=row.person).update(told_by=ToldBy.LETTER)
    calls.move_waiting(toys.SYSTEM, person=row.person.public_id)
    assert states() == [("call", "sending")]
    note_call(actor, call=mark, outcome="missed")
    assert states() == [("letter", "waiting")]


def test_what_was_posted_is_not_told_again_on_the_phone(world: World) -> None:
    row = someone(world, address=ADDRESS)
    told()
    with writes_allowed("test"):
        call = Dispatch.objects.get()
        Dispatch.objects.create(notice=call.notice, subscriber=row, channel=Channel.LETTER, state=State.SENT)
    actor = world.actor("caseworker")
    note_call(actor, call=take_call(actor, subscriber=row.public_id), outcome="letter")
    assert states() == [("letter", "sent")]


def test_pages(world: World) -> None:
    row = someone(world)
    someone(world, "Oma Ohm", place=world.other_amt)
    told()
    client = world.client("caseworker")
    page = client.get("/verwaltung/anrufe/").content.decode()
    assert "Opa Hansen" in page
    assert "Oma Ohm" in page
    only = client.get("/verwaltung/anrufe/?place=amt-geest&state=due").content.decode()
    assert "Opa Hansen" in only
    assert "Oma Ohm" not in only
    none = client.get("/verwaltung/anrufe/?state=held").content.decode()
    assert "Niemand passt zu dieser Auswahl" in none
    table = client.get("/verwaltung/anrufe.csv?place=amt-geest").content.decode("utf-8-sig")
    assert table.splitlines() == [
        "Name;Telefonnummer;Ort;Mitteilungen;Wartet seit;Nicht erreicht;Nächster Versuch;Stand",
        "Opa Hansen;04801 33 44;Amt Geest;1;03.03.2026;0;03.03.2026;jetzt anzurufen",
    ]
    begun = client.post(f"/verwaltung/anrufe/bei/{row.public_id}/")
    assert begun.status_code == 302
    script = client.get(begun.url).content.decode()
    assert "Spreche ich mit Opa Hansen?" in script
    assert 'href="tel:048013344"' in script
    assert "no-store" in client.get(begun.url).headers["Cache-Control"]
    assert "Stattdessen einen Brief schreiben" not in script
    again = client.post(f"/verwaltung/anrufe/bei/{row.public_id}/", follow=True).content.decode()
    assert "Jemand anderes ruft diese Person gerade an" in again
    wrong = client.post(f"{begun.url}ergebnis/", {"outcome": "shouted"}, follow=True).content.decode()
    assert "Wählen Sie, wie der Anruf ausgegangen ist." in wrong
    done = client.post(f"{begun.url}ergebnis/", {"outcome": "told"}, follow=True).content.decode()
    assert "Festgehalten: Die Person weiß Bescheid." in done
    twice = client.post(f"{begun.url}ergebnis/", {"outcome": "told"}, follow=True).content.decode()
    assert "Dieser Anruf ist schon festgehalten" in twice
    assert client.get(begun.url).status_code == 404
    assert client.get(f"/verwaltung/anrufe/{UUID(int=9)}/").status_code == 404


def test_an_empty_list_says_what_to_do(world: World) -> None:
    page = world.client("caseworker").get("/verwaltung/anrufe/").content.decode()
    assert "Niemand ist anzurufen" in page
    assert "/verwaltung/fuer-andere/" in page


def test_registered_on_the_phone_without_an_address(world: World) -> None:
    public_id = register_person(
        world.actor("caseworker"),
        name="Uwe",
        address="",
        place="kreis-moorland",
        phone="04801 7777",
        told_by="phone",
    )
    with writes_allowed("test"):
        row = Subscriber.objects.create(person=Person.objects.get(public_id=public_id))
        Follow.objects.create(subscriber=row, kind="toys.thing", key="1", confirmed=at_noon())
    told()
    assert waiting(world) == ["Uwe"]


@pytest.mark.django_db(databases=[])
@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))
def test_the_next_try_is_a_working_morning(moment: datetime) -> None:
    local = next_try(moment, BERLIN).astimezone(BERLIN)
    assert (local.hour, local.minute) == (9, 0)
    assert local.weekday() < 5
    days = (local.date() - moment.astimezone(BERLIN).date()).days
    assert 1 <= days <= 3
    assert days == 1 or moment.astimezone(BERLIN).weekday() >= 4
