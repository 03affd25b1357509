"""Finding a caller, registering one, changing the address: least data, exact words, all in the trail."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.actions.people import register_person, save_contact, save_office
from wurt.core.assisted.actions.sessions import begin, search_people
from wurt.core.assisted.searching import Wanted, digits, fits
from wurt.core.assisted.tests.conftest import Town
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.tenancy.models import Contact, Grant, Person
from wurt.core.tenancy.offices import sender_of


def found(town: Town, role: str = "caseworker", **wanted: str) -> list[str]:
    """Names of those found."""
    answer = search_people(town.actor(role), wanted=Wanted(**wanted))
    ids = answer["people"]
    return sorted(Person.objects.filter(public_id__in=ids).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("name", "wanted", "answer"),
    [
        ("Erna Petersen", "Petersen", True),
        ("Erna Petersen", "petersen ", True),
        ("Erna Petersen", "Erna Petersen", True),
        ("Erna Petersen", "Erna", False),
        ("Erna Petersen", "Peters", False),
        ("Erna Petersen", "sen", False),
        ("Fritz Ödegård", "oedegård", True),
        ("Karin von der Heide", "von der Heide", True),
        ("Karin von der Heide", "Heide", True),
        ("Erna Wiebers (erfunden)", "Wiebers", True),
        ("Erna Petersen", "", False),
        ("Erna Petersen", "()", False),
    ],
)
def test_only_a_whole_surname_fits(name: str, wanted: str, answer: bool) -> None:
    assert fits(name, wanted) is answer


@given(st.text(max_size=20))
def test_a_name_without_words_fits_nobody(text: str) -> None:
    if fits("Erna Petersen", text):
        assert "petersen" in text.casefold()


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("04801 12345", "480112345"),
        ("+49 (0)4801 / 12345", "480112345"),
        ("0049 4801-12345", "480112345"),
        ("4801 12345", "480112345"),
        ("", ""),
    ],
)
def test_a_number_is_known_however_it_is_written(phone: str, number: str) -> None:
    assert digits(phone) == number


@pytest.mark.django_db(transaction=True)
class TestSearch:
    def test_one_exact_word_is_enough(self, town: Town) -> None:
        assert found(town, number="12345671") == ["Fritz Ödegård"]
        assert found(town, phone="+49 4801 02345") == ["Erna Petersen"]
        assert found(town, name="Oedegård", place="moordorf") == ["Fritz Ödegård"]
        assert found(town, name="Petersen", place="amt-geest") == ["Erna Petersen"]
        assert found(town, email="RESIDENT@moorland.example") == ["Erika resident"]

    def test_too_little_finds_nobody_and_says_what_is_missing(self, town: Town) -> None:
        for wanted in ({"name": "Petersen"}, {"place": "moordorf"}, {"phone": "04801"}, {}):
            with pytest.raises(RuleBroken) as refused:
                found(town, **wanted)
            assert refused.value.code == "assisted.search_little"
        assert found(town, name="Petersen", place="amt-marsch") == []
        assert found(town, number="1234567") == []

    def test_more_than_five_are_not_shown(self, town: Town) -> None:
        with writes_allowed("test"):
            for number in range(6):
                person = Person.objects.create(name=f"Ida{number} Hansen")
                Contact.objects.create(person=person, place=town.place, address="a\nb")
        answer = search_people(town.actor(), wanted=Wanted(name="Hansen", place="moordorf"))
        assert answer == {"people": [], "many": True}
        assert found(town, name="Ida3 Hansen", place="moordorf") == ["Ida3 Hansen"]

    def test_the_trail_knows_by_what_and_not_the_words(self, town: Town) -> None:
        found(town, name="Petersen", place="moordorf")
        entry = AuditEntry.objects.get(action="assisted.search_people")
        assert entry.after == {"by": "name and place", "found": 1}
        assert entry.actor == str(town.world.person("caseworker").public_id)

    def test_people_of_another_place_are_not_there(self, town: Town) -> None:
        with writes_allowed("test"):
            grant = Grant.objects.get(person=town.world.person("caseworker"))
            grant.place = town.world.other_amt
            grant.save()
        assert found(town, number="12345670") == []
        assert found(town, phone="04801 02345") == []
        with pytest.raises(NotFound):
            begin(
                town.actor(),
                person=town.erna.public_id,
                place="amt-marsch",
                channel="phone",
                checked="known",
            )

    def test_nobody_finds_or_acts_for_themselves(self, town: Town) -> None:
        assert found(town, email="caseworker@moorland.example") == []
        with pytest.raises(RuleBroken) as refused:
            town.begin(town.world.person("caseworker"))
        assert refused.value.code == "assisted.self"

    def test_residents_search_nobody(self, town: Town) -> None:
        with pytest.raises(NotAllowed):
            found(town, "resident", number="12345670")
        assert AuditEntry.objects.filter(action="assisted.search_people").count() == 0

    def test_the_form_says_it_and_puts_no_name_into_an_address(self, town: Town) -> None:
        client = town.client()
        page = client.post("/verwaltung/fuer-andere/", {"name": "Petersen", "place": "moordorf"})
        assert "Erna Petersen" in page.content.decode()
        assert client.get("/verwaltung/fuer-andere/?number=12345670").content.decode().count("Erna") == 0
        empty = client.post("/verwaltung/fuer-andere/", {})
        assert (empty.status_code, "oder den ganzen Nachnamen und den Ort" in empty.content.decode()) == (
            409,
            True,
        )

    def test_sixty_searches_an_hour(self, town: Town) -> None:
        client = town.client()
        answers = [client.post("/verwaltung/fuer-andere/", {"number": "1"}).status_code for _ in range(61)]
        assert (set(answers[:60]), answers[60]) == ({200}, 409)


@pytest.mark.django_db(transaction=True)
class TestContact:
    def test_somebody_new_has_a_number_and_no_login(self, town: Town) -> None:
        public_id = register_person(
            town.actor(),
            name="  Heinke   Boie ",
            address=" Deich 9 \n\n25001 Moordorf",
            place="moordorf",
            phone="04801 999 99",
        )
        person = Person.objects.get(public_id=public_id)
        contact = person.contact
        assert (person.name, hasattr(person, "user")) == ("Heinke Boie", False)
        assert (contact.address, contact.phone_digits) == ("Deich 9\n25001 Moordorf", "480199999")
        assert (len(contact.number), contact.number.isdecimal(), contact.number[0] != "0") == (8, True, True)
        entry = AuditEntry.objects.get(action="assisted.register_person")
        assert "Boie" not in str(entry.after)

    def test_sent_twice_it_is_one_person_and_somebody_else_with_a_word_more(self, town: Town) -> None:
        client, before = town.client(), Person.objects.count()
        new = {"name": "Hans Boie", "address": "Deich 9\n25001 Moordorf", "place": "moordorf"}
        new |= {"told_by": "letter"}
        places = [
            client.post("/verwaltung/fuer-andere/neu/", new | {"once": once})["Location"] for once in "ab"
        ]
        assert places[0] == places[1]
        assert Person.objects.count() == before + 1
        client.post("/verwaltung/fuer-andere/neu/", new | {"once": "c", "name": "Hans Boie junior"})
        assert Person.objects.count() == before + 2

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"name": " "}, "tenancy.nameless"),
            ({"address": "Deich 9"}, "notices.address_unclear"),
            ({"address": "a\nb\nc\nd\ne\nf"}, "notices.address_long"),
            ({"told_by": "phone"}, "assisted.phone"),
            ({"phone": "12"}, "assisted.phone"),
            ({"told_by": "pigeon"}, "assisted.told_by"),
        ],
    )
    def test_what_reaches_nobody_is_refused(self, town: Town, values: dict[str, str], code: str) -> None:
        given = {"name": "Heinke Boie", "address": "Deich 9\n25001 Moordorf", "place": "moordorf"} | values
        before = Person.objects.count()
        with pytest.raises(RuleBroken) as refused:
            register_person(town.actor(), **given)
        assert (refused.value.code, Person.objects.count()) == (code, before)

    @pytest.mark.parametrize(
        ("values", "field", "words"),
        [
            ({"told_by": "letter"}, "address", "Für Briefe brauchen wir die Postanschrift"),
            ({"told_by": "phone"}, "phone", "Für Anrufe brauchen wir die Telefonnummer"),
            ({"told_by": "letter", "address": "Deich 9"}, "address", "Schreiben Sie Straße und Ort"),
            ({"told_by": "phone", "phone": "12"}, "phone", "Schreiben Sie die Telefonnummer mit Vorwahl"),
        ],
    )
    def test_the_form_says_what_the_chosen_way_needs(
        self, town: Town, values: dict[str, str], field: str, words: str
    ) -> None:
        client, before = town.client(), Person.objects.count()
        empty = client.get("/verwaltung/fuer-andere/neu/").content.decode()
        assert empty.count("– nötig für Briefe</span>") == 1
        assert empty.count("– nötig für Anrufe</span>") == 1
        assert "– freiwillig" not in empty
        page = client.post("/verwaltung/fuer-andere/neu/", {"name": "Ida Boie", "place": "moordorf"} | values)
        text = page.content.decode()
        assert page.status_code in (409, 422)
        assert re.search(rf'<a href="#id_{field}">[^<]*: {words}', text)
        assert f'id="id_{field}-error"' in text
        assert Person.objects.count() == before

    def test_an_address_is_changed_for_somebody_and_by_oneself(self, town: Town) -> None:
        values = {"address": "Siel 1\n25001 Moordorf", "place": "moordorf", "phone": "", "told_by": "letter"}
        save_contact(town.acting(town.begin()), **values, version=1)
        assert Contact.objects.get(person=town.erna).address == "Siel 1\n25001 Moordorf"
        entry = AuditEntry.objects.get(action="assisted.save_contact")
        assert entry.acting_for == str(town.erna.public_id)
        assert "Siel" not in str(entry.after)
        resident = town.actor("resident")
        save_contact(resident, **values)
        assert Contact.objects.get(person_id=resident.person).place == town.place
        with pytest.raises(ChangedMeanwhile):
            save_contact(resident, **values | {"address": "Siel 2\nX"}, version=7)
        with pytest.raises(NotFound):
            save_contact(Actor(), **values)

    def test_letters_bear_the_nearest_office(self, town: Town) -> None:
        assert sender_of(town.place.pk).line == "Kreis Moorland, Bürgertelefon, Am Hafen 1, 25000 Moorstadt"
        values = {"name": "Amt Geest", "street": "Markt 1", "town": "25001 Moordorf", "phone": "04801 1"}
        save_office(town.actor("county_admin"), place="amt-geest", **values)
        assert sender_of(town.place.pk).name == "Amt Geest"
        assert sender_of(town.world.other_amt.pk).name == "Kreis Moorland, Bürgertelefon"
        with pytest.raises(NotAllowed):
            save_office(town.actor(), place="amt-geest", **values)
