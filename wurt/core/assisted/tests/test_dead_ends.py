"""Nobody stands before a wall: every refusal in or around the mode has a button that leads on."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.models import Assistance
from wurt.core.assisted.tests.conftest import Town
from wurt.core.assisted.tests.test_mode import enter, token

pytestmark = pytest.mark.django_db(transaction=True)
FIND = ("/verwaltung/fuer-andere/", "Für jemanden handeln")
MANDATES = ("/konto/vollmachten/", "Zu meinen Vollmachten")
PERSON = ("/fuer-andere/", "Zur Seite dieser Person")
HOME = ("/", "Zur Startseite gehen")


def ways(page: HttpResponse) -> list[tuple[str, str]]:
    """Address and label of the buttons at the end of a page that refuses."""
    end = page.content.decode().split("Was Sie tun können</h2>")[1]
    return re.findall(r'<a class="kern-btn[^"]*" href="([^"]+)"><span class="kern-label">([^<]+)<', end)


def words(page: HttpResponse) -> str:
    return page.content.decode()


@pytest.mark.parametrize("path", ["/fuer-andere/", "/fuer-andere/kontakt/", "/fuer-andere/vollmacht/"])
def test_the_key_of_an_old_page_leads_staff_to_the_search(town: Town, path: str) -> None:
    page = town.client().get(path)
    assert (page.status_code, ways(page)) == (403, [FIND])
    assert "Suchen Sie erst die Person" in words(page)
    assert "fragen Sie die Person, die in Ihrem Haus" not in words(page)


def test_others_are_told_how_acting_works(town: Town) -> None:
    page = town.client("project_group").get("/fuer-andere/")
    assert (page.status_code, ways(page)) == (403, [MANDATES])
    assert "Ämter handeln für Menschen, die anrufen" in words(page)
    town.mandate()
    helper = town.client("resident").get("/fuer-andere/")
    assert (helper.status_code, ways(helper)) == (403, [MANDATES])
    assert "Wählen Sie die Person, deren Vollmacht Sie haben." in words(helper)


def test_pages_that_have_nothing_to_do_with_it_stay_as_they_were(town: Town) -> None:
    page = town.client().get("/verwaltung/personen/")
    assert (page.status_code, ways(page)) == (403, [HOME])
    assert "fragen Sie die Person, die in Ihrem Haus" in words(page)


def test_in_the_mode_a_closed_page_leads_to_the_person(town: Town) -> None:
    client = town.client("county_admin")
    enter(client, town)
    page = client.get("/verwaltung/personen/")
    assert (page.status_code, ways(page)) == (403, [PERSON])
    assert "Sie handeln jetzt für Erna Petersen und dürfen nur, was diese Person darf." in words(page)


def test_a_form_left_open_leads_on_whoever_it_is_now(town: Town) -> None:
    client = town.client()
    session = enter(client, town)
    old = token(client)
    client.post("/fuer-andere/ende/", {"session": str(session.public_id)})
    page = client.post("/folgen/ding/1/merken/", {"once": old})
    assert (page.status_code, ways(page)) == (409, [FIND])
    assert "Ihre Eingaben sind meist noch da" in words(page)
    enter(client, town, town.fritz)
    other = client.post("/folgen/ding/1/merken/", {"once": old})
    assert (other.status_code, ways(other)) == (409, [PERSON])


def end_button(client: Client, page: HttpResponse) -> HttpResponse:
    """Press "End it" on a page that says for whom one still acts."""
    found = re.search(r'name="session" value="([^"]+)"', words(page))
    assert found is not None
    return client.post("/fuer-andere/ende/", {"session": found.group(1)})


def test_whoever_acts_in_another_browser_ends_it_from_here(town: Town) -> None:
    town.begin()
    client = town.client()
    page = client.get("/fuer-andere/")
    assert (page.status_code, ways(page)) == (403, [])
    assert "Sie handeln in einem anderen Fenster noch für Erna Petersen." in words(page)
    begin = client.get(f"/verwaltung/fuer-andere/{town.fritz.public_id}/")
    assert "Sie handeln noch in einem anderen Fenster für Erna Petersen" in words(begin)
    assert end_button(client, begin).status_code == 302
    assert Assistance.objects.get().end == "done"
    enter(client, town, town.fritz)


def test_a_helper_ends_the_other_window_before_the_next_person(town: Town) -> None:
    first = town.mandate()
    with writes_allowed("test"):
        second = type(first).objects.create(
            giver=town.fritz,
            helper=first.helper,
            areas=["notices"],
            starts=first.starts,
            ends=first.ends,
            accepted=first.accepted,
        )
    assert town.client("resident").post(f"/konto/vollmachten/{first.public_id}/handeln/").status_code == 302
    client = town.client("resident")
    refused = client.post(f"/konto/vollmachten/{second.public_id}/handeln/")
    assert refused.status_code == 409
    assert "Sie handeln noch für Erna Petersen." in words(refused)
    assert end_button(client, refused).status_code == 302
    assert client.post(f"/konto/vollmachten/{second.public_id}/handeln/").status_code == 302


def test_an_address_that_only_takes_forms_says_so(town: Town) -> None:
    page = town.client().get("/fuer-andere/ende/")
    assert (page.status_code, page["Allow"], ways(page)) == (405, "POST", [FIND])
    visitor = Client().get("/mitteilungen/gelesen/")
    assert (visitor.status_code, ways(visitor)) == (405, [HOME])
    assert "An dieser Adresse steht nichts" in words(visitor)
    assert Client().delete("/mitteilungen/gelesen/").content == b""


def test_keys_are_told_where_staff_looks(town: Town) -> None:
    client = town.client()
    for path in ("/verwaltung/fuer-andere/", "/konto/", "/konto/tastenkuerzel/"):
        assert "Handeln für die Person beenden" in words(client.get(path)), path
    assert "Handeln für die Person beenden" not in words(town.client("resident").get("/konto/"))
    client.post("/konto/tastenkuerzel/", {"shortcuts": "off"})
    off = words(client.get("/verwaltung/fuer-andere/"))
    assert "Handeln für die Person beenden" not in off
    assert "In diesem Browser sind Tastenkürzel ausgeschaltet." in off
