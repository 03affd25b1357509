"""The mode in a browser's eyes: whose things, whose trail, which forms, when it ends."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client

from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.actions.sessions import end_session
from wurt.core.assisted.models import Act, Assistance
from wurt.core.assisted.tests.conftest import Town
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at, now
from wurt.core.notices.models import Follow, Subscriber
from wurt.core.tenancy.models import Grant

pytestmark = pytest.mark.django_db(transaction=True)

BEGIN = {"channel": "phone", "checked": "asked", "place": "kreis-moorland"}
FOLLOW = "/folgen/ding/1/merken/"


def enter(client: Client, town: Town, person: object | None = None) -> Assistance:
    """Through the form, as staff does."""
    person = person or town.erna
    answer = client.post(f"/verwaltung/fuer-andere/{person.public_id}/", BEGIN)
    assert (answer.status_code, answer["Location"]) == (302, "/fuer-andere/")
    return Assistance.objects.get(principal=person, ended__isnull=True)


def token(client: Client, page: str = "/folgen/ding/1/") -> str:
    """The once-token of the form on a page."""
    found = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())
    assert found is not None
    return found.group(1)


def test_what_is_done_belongs_to_the_one_and_bears_the_name_of_the_other(town: Town) -> None:
    client = town.client()
    session = enter(client, town)
    assert client.post(FOLLOW, {"once": token(client)}).status_code == 302
    assert [row.person for row in Subscriber.objects.all()] == [town.erna]
    entry = AuditEntry.objects.get(action="notices.follow_as_person")
    staff = town.world.person("caseworker")
    assert (entry.actor, entry.acting_for) == (str(staff.public_id), str(town.erna.public_id))
    act = Act.objects.get()
    assert (act.assistance, act.action) == (session, "notices.follow_as_person")
    assert act.text == "Sie werden ab jetzt über „Rufbus“ informiert."
    trail = town.client("county_admin").get("/verwaltung/protokoll/").content.decode()
    assert "Erika caseworker für Erna Petersen" in trail


def test_every_page_says_for_whom(town: Town) -> None:
    client = town.client()
    enter(client, town)
    for page in ("/", "/fuer-andere/", "/folgen/", "/gibt-es-nicht/", "/mitteilungen/einstellungen/"):
        text = client.get(page).content.decode()
        assert "Sie handeln für Erna Petersen" in text, page
        assert 'role="region" aria-label="Sie handeln für eine andere Person"' in text, page
    client.post("/fuer-andere/ende/")
    assert "Sie handeln für" not in client.get("/").content.decode()


def test_the_desk_of_staff_and_the_own_account_are_closed_meanwhile(town: Town) -> None:
    client = town.client("county_admin")
    enter(client, town)
    assert client.get("/verwaltung/personen/").status_code == 403
    assert "Das geht nicht für eine andere Person" in client.get("/verwaltung/personen/").content.decode()
    assert client.get("/verwaltung/agenda/aufgaben/").status_code == 403
    for page in ("password/change/", "email/", "2fa/", "daten/", "aufloesen/", "sitzungen/", "vollmachten/"):
        answer = client.get(f"/konto/{page}")
        assert answer.status_code == 403, page
        assert "Ihr eigenes Konto ist gerade zu" in answer.content.decode()
    assert client.get("/konto/")["Location"] == "/fuer-andere/"
    assert client.get("/verwaltung/fuer-andere/")["Location"] == "/fuer-andere/"


def test_a_form_opened_for_one_is_refused_while_acting_for_another(town: Town) -> None:
    client = town.client()
    first = enter(client, town)
    for_erna = token(client)
    assert client.post("/fuer-andere/ende/", {"session": str(first.public_id)}).status_code == 302
    assert client.post(FOLLOW, {"once": for_erna}).status_code == 409
    enter(client, town, town.fritz)
    answer = client.post(FOLLOW, {"once": for_erna})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Dieses Formular wurde für jemand anderen geöffnet" in text
    assert "Sie handeln jetzt für Fritz Ödegård" in text
    assert Follow.objects.count() == 0
    assert client.post(FOLLOW, {"once": token(client)}).status_code == 302
    assert [row.subscriber.person for row in Follow.objects.all()] == [town.fritz]


def test_a_form_opened_for_oneself_is_refused_while_acting_for_somebody(town: Town) -> None:
    client = town.client()
    own = token(client)
    enter(client, town)
    assert client.post(FOLLOW, {"once": own}).status_code == 409
    assert client.post(FOLLOW).status_code == 409
    assert Follow.objects.count() == 0


def test_it_ends_after_half_an_hour_without_a_page(town: Town) -> None:
    client = town.client()
    session = enter(client, town)
    stored = client.session
    stored["assisted"] = stored["assisted"] | {"seen": int(time.time()) - 1801}
    stored.save()
    form = client.post(FOLLOW, {"once": f"x.{session.public_id.hex}"})
    assert form.status_code == 409
    session.refresh_from_db()
    assert (session.end, Follow.objects.count()) == ("idle", 0)
    text = form.content.decode()
    assert "Sie handeln nicht mehr für eine andere Person: eine halbe Stunde lang wurde nichts getan." in text


def test_it_ends_after_two_hours(town: Town) -> None:
    client = town.client()
    session = enter(client, town)
    with at(now() + timedelta(hours=1, minutes=59)):
        assert client.get("/fuer-andere/").status_code == 200
    with at(now() + timedelta(hours=2, seconds=1)):
        assert client.get("/fuer-andere/").status_code == 403
    session.refresh_from_db()
    assert session.end == "time"


def test_it_ends_with_signing_out(town: Town) -> None:
    client = town.client()
    session = enter(client, town)
    client.post("/konto/logout/")
    session.refresh_from_db()
    assert session.end == "signed_out"
    again = town.client()
    assert again.get("/fuer-andere/").status_code == 403


def test_it_ends_with_the_role(town: Town) -> None:
    client = town.client()
    session = enter(client, town)
    with writes_allowed("test"):
        Grant.objects.filter(person=town.world.person("caseworker")).delete()
    assert client.get("/fuer-andere/").status_code == 403
    session.refresh_from_db()
    assert session.end == "rights"


def test_ended_in_one_window_is_ended_in_all(town: Town) -> None:
    client = town.client()
    session = enter(client, town)
    mark = token(client)
    end_session(town.actor(), assistance=session.public_id)
    assert client.post(FOLLOW, {"once": mark}).status_code == 409
    assert Follow.objects.count() == 0


def test_one_person_at_a_time_wherever_the_other_session_is(town: Town) -> None:
    first, second = town.client(), town.client()
    session = enter(first, town)
    answer = second.post(f"/verwaltung/fuer-andere/{town.fritz.public_id}/", BEGIN)
    assert answer.status_code == 409
    assert "Sie handeln noch für Erna Petersen." in answer.content.decode()
    page = second.get("/verwaltung/fuer-andere/").content.decode()
    assert "Sie handeln noch in einem anderen Fenster für Erna Petersen" in page
    assert second.post("/fuer-andere/ende/", {"session": str(session.public_id)}).status_code == 302
    enter(second, town, town.fritz)
    assert first.get("/fuer-andere/").status_code == 403


def test_a_stranger_ends_nothing(town: Town) -> None:
    session = enter(town.client(), town)
    other = town.client("county_admin")
    assert other.post("/fuer-andere/ende/", {"session": str(session.public_id)}).status_code == 403
    assert other.post("/fuer-andere/ende/", {"session": "x"}).status_code == 404
    assert other.get(f"/verwaltung/fuer-andere/sitzung/{session.public_id}/").status_code == 404
    session.refresh_from_db()
    assert session.ended is None
