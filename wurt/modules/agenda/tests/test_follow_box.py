"""The page of a project says whether one follows it; while acting for somebody, whether that person does."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.access.world import World
from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.models import Assistance, Mandate
from wurt.core.db.clock import now, today
from wurt.core.notices.models import Follow
from wurt.core.tenancy.models import Contact, Person
from wurt.modules.agenda.tests.desk_world import desk_world

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/projekte/sensornetz/"
FOLLOW = "/folgen/projekt/sensornetz/merken/"
NAME = "Erna Petersen"


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return desk_world()


def box(client: Client) -> str:
    """What the page says under "Stay informed"."""
    page = client.get(PAGE).content.decode()
    return page.split('<h2 id="abo">')[1].split("</section>")[0]


def caller(world: World) -> Person:
    """Somebody without e-mail."""
    with writes_allowed("test"):
        person = Person.objects.create(name=NAME)
        Contact.objects.create(person=person, place=world.amt, address="Deich 1\n25001 Moordorf")
    return person


def begin(client: Client, person: Person) -> str:
    """Act for the person; answers the mark of its forms."""
    how = {"channel": "phone", "checked": "known", "place": "kreis-moorland"}
    assert client.post(f"/verwaltung/fuer-andere/{person.public_id}/", how).status_code == 302
    return f"x.{Assistance.objects.get(principal=person, ended__isnull=True).public_id.hex}"


def test_a_visitor_gets_the_way_to_the_form_and_no_proof_of_origin(world: World) -> None:
    text = box(Client())
    assert 'href="/folgen/projekt/sensornetz/"' in text
    assert "csrfmiddlewaretoken" not in text


def test_who_is_signed_in_sees_whether_they_follow_and_comes_back_to_the_page(world: World) -> None:
    client = world.client("resident")
    assert "Sie folgen diesem Thema noch nicht." in box(client)
    assert client.post(FOLLOW)["Location"] == PAGE
    assert "Sie folgen diesem Thema." in box(client)
    sent = {"follow": str(Follow.objects.get().public_id), "next": PAGE}
    assert client.post("/mitteilungen/nicht-mehr-folgen/", sent)["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert "„Sensornetz“ wird nicht mehr gefolgt." in page
    assert "Sie folgen diesem Thema noch nicht." in page


def test_while_acting_it_is_the_person_who_follows_not_the_staff(world: World) -> None:
    person, client = caller(world), world.client("caseworker")
    client.post(FOLLOW)
    assert "Sie folgen diesem Thema." in box(client)
    mark = begin(client, person)
    text = box(client)
    assert f"{NAME} folgt diesem Thema noch nicht." in text
    assert "Für die Person folgen" in text
    assert "Für die Person nicht mehr folgen" not in text
    assert client.post(FOLLOW, {"once": mark}).status_code == 302
    text = box(client)
    assert f"{NAME} folgt diesem Thema." in text
    assert "Für die Person nicht mehr folgen" in text
    assert "Für die Person folgen<" not in text
    theirs = Follow.objects.get(subscriber__person=person)
    sent = {"follow": str(theirs.public_id), "next": PAGE, "once": mark}
    assert client.post("/mitteilungen/nicht-mehr-folgen/", sent)["Location"] == PAGE
    assert [row.subscriber.person for row in Follow.objects.all()] == [world.person("caseworker")]
    form = client.get("/folgen/projekt/sensornetz/").content.decode()
    assert f"{NAME} folgt diesem Thema." not in form
    client.post("/fuer-andere/ende/", {"once": mark})
    assert "Sie folgen diesem Thema." in box(client)


def test_a_mandate_for_other_things_shows_nothing(world: World) -> None:
    person, client = caller(world), world.client("resident")
    client.post(FOLLOW)
    with writes_allowed("test"):
        row = Mandate.objects.create(
            giver=person,
            helper=world.person("resident"),
            areas=["contact"],
            starts=today(),
            ends=today() + timedelta(days=3),
            accepted=now(),
        )
    assert client.post(f"/konto/vollmachten/{row.public_id}/handeln/").status_code == 302
    text = box(client)
    assert "Ihre Vollmacht umfasst nicht, welchen Themen die Person folgt." in text
    assert "<form" not in text
