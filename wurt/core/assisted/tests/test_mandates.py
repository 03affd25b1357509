"""Mandates: offered, accepted by whoever proved the address, used, ended at once, told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.actions.letters import forget
from wurt.core.assisted.actions.mandates import accept_mandate, end_mandate, give_mandate
from wurt.core.assisted.actions.sessions import begin_with_mandate
from wurt.core.assisted.handlers import tell_givers
from wurt.core.assisted.mandate_queries import mandates
from wurt.core.assisted.models import Act, Assistance, End, Letter, Mandate
from wurt.core.assisted.standing import Standing, acting, find
from wurt.core.assisted.tests.conftest import Town
from wurt.core.assisted.texts import helper_of
from wurt.core.db.clock import at, now, today
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.notices.actions.follow import follow_as_person
from wurt.core.notices.models import Follow
from wurt.core.outbox.worker import drain
from wurt.core.tenancy.models import Contact, Person

pytestmark = pytest.mark.django_db(transaction=True)
RESIDENT = "resident@moorland.example"
SYSTEM = Actor.for_system("test")


def days(first: int = 0, last: int = 30) -> dict[str, object]:
    return {"starts": today() + timedelta(days=first), "ends": today() + timedelta(days=last)}


def offered(town: Town, **values: object) -> Mandate:
    """The lead of a project offers a mandate to the resident."""
    given = {"name": "Karin Helfer", "email": RESIDENT, "allowed": ["notices"]} | days() | values
    return Mandate.objects.get(public_id=give_mandate(town.actor("lead"), **given))


def using(town: Town, mandate: Mandate) -> Actor:
    """The helper in the mode."""
    helper = town.actor("resident")
    found = find(helper, begin_with_mandate(helper, mandate=mandate.public_id))
    assert isinstance(found, Standing), found
    return acting(found)


def test_a_mandate_counts_once_accepted(town: Town) -> None:
    row = offered(town)
    helper = town.actor("resident")
    with pytest.raises(NotAllowed):
        begin_with_mandate(helper, mandate=row.public_id)
    assert [one.other for one in mandates(helper).offered] == ["Erika lead"]
    with pytest.raises(NotFound):
        accept_mandate(town.actor("coordinator"), mandate=row.public_id)
    accept_mandate(helper, mandate=row.public_id)
    row.refresh_from_db()
    assert (row.helper, row.invited) == (town.world.person("resident"), "")
    with pytest.raises(NotFound):
        accept_mandate(helper, mandate=row.public_id)
    follow_as_person(using(town, row), kind="toys.thing", key="1")
    assert Follow.objects.get().subscriber.person == town.world.person("lead")


def test_an_address_that_was_never_proved_opens_nothing(town: Town) -> None:
    row = offered(town, email="fremd@moorland.example")
    thief = town.world.users["resident"]
    with writes_allowed("test"):
        thief.emailaddress_set.create(email="fremd@moorland.example", verified=False)
    assert mandates(town.actor("resident")).offered == ()
    with pytest.raises(NotFound):
        accept_mandate(town.actor("resident"), mandate=row.public_id)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "lead@moorland.example"}, "assisted.self"),
        ({"email": "kein"}, "accounts.email_unclear"),
        ({"name": "  "}, "assisted.nameless"),
        ({"name": "hilfe@moorland.example"}, "assisted.nameless"),
        ({"allowed": []}, "assisted.no_area"),
        ({"allowed": ["mandates"]}, "assisted.no_area"),
        ({"allowed": ["notices", "everything"]}, "assisted.no_area"),
        ({"starts": -1}, "assisted.days"),
        ({"ends": -1}, "assisted.days"),
        ({"ends": 800}, "assisted.days"),
    ],
)
def test_what_makes_no_mandate(town: Town, values: dict[str, object], code: str) -> None:
    moved = {name: today() + timedelta(days=by) if isinstance(by, int) else by for name, by in values.items()}
    with pytest.raises(RuleBroken) as refused:
        offered(town, **moved)
    assert (refused.value.code, Mandate.objects.count()) == (code, 0)


def test_outside_of_its_days_it_does_not_hold(town: Town) -> None:
    row = town.mandate(starts=today() + timedelta(days=2), ends=today() + timedelta(days=4))
    helper = town.actor("resident")
    for day, holds in ((1, False), (2, True), (4, True), (5, False)):
        with at(now() + timedelta(days=day)):
            if holds:
                follow_as_person(using(town, row), kind="toys.thing", key=str(day // 2))
                forget(SYSTEM)
                with writes_allowed("test"):
                    Assistance.objects.all().delete()
            else:
                with pytest.raises(RuleBroken) as refused:
                    begin_with_mandate(helper, mandate=row.public_id)
                assert refused.value.code == "assisted.mandate_over"


def test_its_last_day_ends_a_running_session(town: Town) -> None:
    row = town.mandate(ends=today())
    actor = using(town, row)
    helper = town.actor("resident")
    with at(now() + timedelta(days=1)):
        assert find(helper, actor.assistance) is End.TIME
        with pytest.raises(NotAllowed):
            follow_as_person(actor, kind="toys.thing", key="1")
    assert Follow.objects.count() == 0


@pytest.mark.parametrize("role", ["giver", "helper"])
def test_either_ends_it_at_once(town: Town, role: str) -> None:
    row = offered(town)
    accept_mandate(town.actor("resident"), mandate=row.public_id)
    actor = using(town, row)
    with pytest.raises(NotAllowed):
        end_mandate(town.actor("coordinator"), mandate=row.public_id)
    end_mandate(town.actor("lead" if role == "giver" else "resident"), mandate=row.public_id)
    assert find(town.actor("resident"), actor.assistance) is End.MANDATE
    with pytest.raises(NotAllowed) as refused:
        follow_as_person(actor, kind="toys.thing", key="1")
    assert refused.value.message == "Sie handeln nicht mehr für diese Person. Es wurde nichts gespeichert."
    assert (Follow.objects.count(), Act.objects.count()) == (0, 0)


def test_a_helper_does_only_what_the_mandate_holds(town: Town) -> None:
    client = town.client("resident")
    assert client.post(f"/konto/vollmachten/{town.mandate().public_id}/handeln/").status_code == 302
    page = client.get("/fuer-andere/").content.decode()
    assert "Einem Thema folgen" in page
    assert "Anschrift, Telefon" not in page
    assert "Deich 0" not in page
    assert client.get("/fuer-andere/kontakt/").status_code == 403
    assert client.get("/fuer-andere/vollmacht/").status_code == 403
    assert client.get("/verwaltung/fuer-andere/").status_code == 403


def test_a_helper_reads_only_what_the_mandate_holds(town: Town) -> None:
    client = town.client("resident")
    row = town.mandate()
    with writes_allowed("test"):
        Mandate.objects.filter(pk=row.pk).update(areas=["contact"])
    client.post(f"/konto/vollmachten/{row.public_id}/handeln/")
    assert "Deich 0" in client.get("/fuer-andere/kontakt/").content.decode()
    for page in ("/mitteilungen/", "/mitteilungen/einstellungen/"):
        assert client.get(page).status_code == 403, page


def test_a_paper_is_noted_with_its_date(town: Town) -> None:
    actor = town.acting(town.begin())
    given = {"name": "Karin  Helfer", "email": RESIDENT, "allowed": ["notices"]} | days()
    for paper in (None, today() + timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            give_mandate(actor, **given, paper_on=paper)
        assert refused.value.code == "assisted.paper"
    row = Mandate.objects.get(public_id=give_mandate(actor, **given, paper_on=today()))
    staff = town.world.person("caseworker")
    assert (row.giver, row.noted_by, row.paper_on) == (town.erna, staff, today())
    letter = Letter.objects.get()
    assert (letter.person, letter.kind) == (town.erna, "mandate")
    assert "Wer für Sie handeln darf: Karin Helfer." in str(letter.body)
    assert "Worin: Mitteilungen." in str(letter.body)
    assert "Sie geben Karin Helfer eine Vollmacht" in Act.objects.get().text
    end_mandate(actor, mandate=row.public_id)
    assert Act.objects.latest("pk").text == "Ihre Vollmacht für Karin Helfer ist beendet."
    assert "@" not in str(letter.body) + "".join(Act.objects.values_list("text", flat=True))


def test_the_helper_is_asked_by_mail(town: Town) -> None:
    given = {"name": "Karin Helfer", "email": RESIDENT, "allowed": ["notices"]} | days()
    give_mandate(town.acting(town.begin()), **given, paper_on=today())
    drain()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([RESIDENT], "Jemand erteilt Ihnen eine Vollmacht")
    ]
    assert "Erna Petersen möchte" in mail.outbox[0].body


def test_whoever_is_only_called_gives_none(town: Town) -> None:
    """What a helper does is told in writing; without an address and a login there is no way for it."""
    given = {"name": "Karin Helfer", "email": RESIDENT, "allowed": ["notices"]} | days()
    with writes_allowed("test"):
        Contact.objects.filter(person=town.erna).update(address="", told_by="phone")
    with pytest.raises(RuleBroken, match="Postanschrift") as refused:
        give_mandate(town.acting(town.begin()), **given, paper_on=today())
    assert refused.value.code == "assisted.unreachable"
    assert not Mandate.objects.exists()


def test_a_giver_with_a_login_is_told_by_mail(town: Town) -> None:
    row = offered(town)
    drain()
    assert sorted(one.to[0] for one in mail.outbox) == ["lead@moorland.example", RESIDENT]
    told = next(one for one in mail.outbox if one.to != [RESIDENT])
    assert "Wer für Sie handeln darf: Karin Helfer." in told.body
    assert RESIDENT not in told.body
    accept_mandate(town.actor("resident"), mandate=row.public_id)
    mail.outbox.clear()
    tell_givers()
    assert mail.outbox == []
    follow_as_person(using(town, row), kind="toys.thing", key="1")
    tell_givers()
    tell_givers()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["lead@moorland.example"], "Was in Ihrem Namen getan wurde")
    ]
    assert "Sie werden ab jetzt über „Rufbus“ informiert." in mail.outbox[0].body
    assert (Act.objects.get().text, Letter.objects.count()) == ("", 0)


def test_a_giver_without_a_login_is_told_by_letter(town: Town) -> None:
    follow_as_person(using(town, town.mandate()), kind="toys.thing", key="1")
    tell_givers()
    tell_givers()
    letter = Letter.objects.get()
    assert (letter.kind, letter.person, letter.place) == ("overview", town.erna, town.place)
    assert "Erika resident hat mit Ihrer Vollmacht für Sie gehandelt:" in str(letter.body)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("own", "given", "shown"),
    [
        ("Otto Boie", "Karin", "Otto Boie"),
        ("", "Karin", "Karin"),
        ("otto@moorland.example", "Karin", "Karin"),
        ("otto@moorland.example", "", "Ihre Helferin oder Ihr Helfer"),
        ("", "", "Ihre Helferin oder Ihr Helfer"),
    ],
)
def test_letters_never_name_a_helper_by_an_address(own: str, given: str, shown: str) -> None:
    with translation.override("de"):
        assert helper_of(Mandate(helper=Person(name=own), helper_name=given)) == shown


def test_going_back_and_sending_again_is_one_offer_until_it_is_ended(town: Town) -> None:
    client = town.client("lead")
    sent = {"name": "Karin Helfer", "email": RESIDENT, "allowed": ["notices"]}
    sent |= {name: day.isoformat() for name, day in days().items()}
    for once in ("a", "b"):
        answer = client.post("/konto/vollmachten/neu/", sent | {"once": once}, follow=True)
    assert "Das hatten Sie schon gesendet" in answer.content.decode()
    row = Mandate.objects.get()
    client.post(f"/konto/vollmachten/{row.public_id}/ende/")
    client.post("/konto/vollmachten/neu/", sent | {"once": "c"})
    assert Mandate.objects.count() == 2
    assert Mandate.objects.filter(revoked__isnull=True).count() == 1


def test_the_giver_sees_to_whom_it_was_offered_until_it_is_accepted(town: Town) -> None:
    offered(town)
    page = town.client("lead").get("/konto/vollmachten/").content.decode()
    assert "Karin Helfer" in page
    assert "angeboten an resident@moorland.example, noch nicht angenommen" in page
    accept_mandate(town.actor("resident"), mandate=Mandate.objects.get().public_id)
    later = town.client("lead").get("/konto/vollmachten/").content.decode()
    assert "Erika resident" in later
    assert "resident@moorland.example" not in later


def test_a_missing_name_is_told_at_its_field(town: Town) -> None:
    sent = {"name": "a@b.example", "email": RESIDENT, "allowed": ["notices"]}
    sent |= {name: day.isoformat() for name, day in days().items()}
    page = town.client("resident").post("/konto/vollmachten/neu/", sent | {"email": "x@moorland.example"})
    assert page.status_code == 409
    assert '<a href="#id_name">Vor- und Nachname der Helferin oder des Helfers: ' in page.content.decode()


def test_the_page_shows_and_ends_it(town: Town) -> None:
    row = town.mandate()
    client = town.client("resident")
    page = client.get("/konto/vollmachten/").content.decode()
    assert "Erna Petersen" in page
    assert "Sie dürfen bis" in client.get("/konto/").content.decode()
    assert client.post(f"/konto/vollmachten/{row.public_id}/ende/").status_code == 302
    assert "Für diese Person handeln" not in client.get("/konto/vollmachten/").content.decode()


def test_an_offer_that_nobody_accepts_is_forgotten(town: Town) -> None:
    offered(town)
    with at(now() + timedelta(days=29)):
        assert forget(SYSTEM) == 0
    with at(now() + timedelta(days=31)):
        assert forget(SYSTEM) == 1
    assert Mandate.objects.count() == 0
    assert Contact.objects.count() == 2
