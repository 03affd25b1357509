"""The pages as browsers and programs use them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at, now
from wurt.core.moderation.actions import decide
from wurt.core.moderation.models import Case, Decision, Party, Report
from wurt.core.moderation.tests import toys
from wurt.core.moderation.things import Measure
from wurt.core.outbox.worker import drain
from wurt.core.pages.models import Page
from wurt.core.spamguard.tests.solving import solved

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/melden/seite/kontakt/"
NOTICE = {
    "category": "misleading",
    "explanation": "Die Telefonnummer führt seit einer Woche ins Leere.",
    "where": "/kontakt/",
    "good_faith": "on",
}


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        made = make_world()
        Page.objects.create(
            place=made.county, slug="kontakt", title="Kontakt", body="# Hallo\n\nTelefon 0000"
        )
    return made


def send(client: Client | None = None, **more: str) -> tuple[int, str]:
    answer = (client or Client()).post(FORM, {**NOTICE, **more})
    return answer.status_code, answer.headers.get("Location", "")


def test_each_page_leads_to_its_form(world: World) -> None:
    assert f'href="{FORM}"' in Client().get("/kontakt/").content.decode()
    page = Client().get(FORM).content.decode()
    assert 'value="http://testserver/kontakt/"' in page
    assert Client().get(f"{FORM}?stelle=oeffnungszeiten").content.decode().count("#oeffnungszeiten") == 1


def test_with_the_sum_done_it_is_open_and_without_it_waits(world: World) -> None:
    page = Client().get(FORM).content.decode()
    with at(now() + timedelta(seconds=9)):
        status, target = send(**solved(page), email="ada@example.org")
    assert status == 302
    assert Case.objects.get().state == "open"
    receipt = Client().get(target).content.decode()
    assert str(Report.objects.get()) in receipt
    assert "Danke, dass Sie hinschauen" in receipt
    assert "Rechenaufgabe" not in receipt
    with writes_allowed("test"):
        Case.objects.update(state="closed")
    status, target = send()
    assert (status, Case.objects.latest("pk").state) == (302, "held")
    assert "Rechenaufgabe nicht gelöst" in Client().get(target).content.decode()


def test_a_filled_trap_waits_apart_and_is_not_thrown_away(world: World) -> None:
    page = Client().get(FORM).content.decode()
    with at(now() + timedelta(seconds=9)):
        assert send(**solved(page), website="http://spam.example")[0] == 302
    assert Case.objects.get().state == "held"


def test_ten_without_proof_an_hour_from_one_connection(world: World) -> None:
    assert {send()[0] for _ in range(10)} == {302}
    assert send()[0] == 409
    assert Report.objects.count() == 10


@pytest.mark.parametrize(
    "missing",
    [{"category": ""}, {"explanation": ""}, {"good_faith": ""}, {"email": "ada"}, {"address": "Deich 1"}],
)
def test_what_is_missing_is_said_and_nothing_is_lost(world: World, missing: dict[str, str]) -> None:
    answer = Client().post(FORM, {**NOTICE, **missing})
    assert answer.status_code == 422
    assert Report.objects.count() == 0
    if "explanation" not in missing:
        assert NOTICE["explanation"] in answer.content.decode()


def test_the_same_form_twice_is_one_notice(world: World) -> None:
    answers = {send(once="t-1")[1] for _ in range(2)}
    assert len(answers) == 1
    assert Report.objects.count() == 1


def test_going_back_and_sending_again_leads_to_the_first_receipt(world: World) -> None:
    client, answers = Client(), []
    for _ in range(2):  # a fresh form each time, with a token of its own; the sum is done only once
        page = client.get(FORM).content.decode()
        with at(now() + timedelta(seconds=9)):
            token = re.search(r'name="once" value="([^"]+)"', page)
            assert token is not None
            proof = {} if answers else solved(page)
            answers.append(send(client, once=token.group(1), email="ada@example.org", **proof))
    assert answers[0] == answers[1]
    assert (Report.objects.count(), Party.objects.count(), Case.objects.get().state) == (1, 1, "open")
    receipt = client.get(answers[1][1]).content.decode()
    assert "Das hatten Sie schon gesendet; es zählt einmal." in receipt
    with at(now() + timedelta(seconds=9)):
        drain()
    assert [one.to for one in mail.outbox] == [["ada@example.org"]]
    assert send(client, once="x", explanation="Und noch etwas anderes ist hier falsch.")[1] != answers[0][1]
    other = Client()
    other.get(FORM)
    assert send(other, once="x", email="ada@example.org")[1] != answers[0][1]
    assert Report.objects.count() == 3


def test_staff_writes_down_what_somebody_says_on_the_phone(world: World) -> None:
    client = world.client("county_admin")
    address = {"name": "Oma Petersen", "address": "Deich 1\n25000 Moorland"}
    assert client.post(f"{FORM}?fuer=1", {**NOTICE, **address}).status_code == 302
    row, party = Report.objects.get(), Party.objects.get()
    assert (row.on_behalf, row.proven, party.person, party.name) == (True, True, None, "Oma Petersen")
    assert world.client("resident").post(f"{FORM}?fuer=1", {**NOTICE, **address}).status_code == 302
    assert not Report.objects.latest("pk").on_behalf


def test_a_page_is_hidden_and_comes_back(world: World) -> None:
    _status, target = send(email="ada@example.org")
    case = Case.objects.get()
    decide.decide(world.actor("county_admin"), case=case.public_id, ruling=toys.ruling(Measure.HIDE))
    assert Client().get("/kontakt/").status_code == 404
    assert Client().get(FORM).status_code == 404
    complaint = target.split("?")[0] + "beschwerde/"
    assert Client().post(complaint, {"text": "Nur ein Satz war falsch, nicht alles."}).status_code == 302
    bob = toys.moderator(world.county, "Bob")
    leave = toys.ruling(Measure.LEAVE)
    decide.decide_complaint(bob, case=case.public_id, outcome="reversed", ruling=leave)
    assert Client().get("/kontakt/").status_code == 200
    drain()
    assert [message.to for message in mail.outbox] == [["ada@example.org"]] * 4


def test_the_queue_is_filtered_by_address_and_exported(world: World) -> None:
    send(**solved(Client().get(FORM).content.decode()))
    client = world.client("county_admin")
    number = str(Report.objects.get())
    for query, found in (
        ("state=held", True),
        ("state=held&category=misleading", True),
        ("state=held&category=spam", False),
        (f"state=held&text={number}", True),
        ("state=held&text=gibtesnicht", False),
        ("state=held&kind=pages.page&whose=nobody", True),
        ("state=held&whose=mine", False),
        ("state=unsinn", False),
    ):
        page = client.get(f"/verwaltung/moderation/?{query}").content.decode()
        assert ('href="/verwaltung/moderation/' + str(Case.objects.get().public_id) in page) is found, query
    file = client.get("/verwaltung/moderation/faelle.csv?state=held").content.decode("utf-8-sig")
    assert file.splitlines()[1].startswith(str(Case.objects.get()) + ";Kontakt;")


def test_the_queue_asks_as_often_for_one_case_as_for_many(
    world: World, django_assert_max_num_queries: object
) -> None:
    with writes_allowed("test"):
        for number in range(12):
            case = Case.objects.create(kind="pages.page", key=str(number), title="T", place=world.county)
            Report.objects.create(
                case=case, category="spam", explanation="x", where="/", good_faith=True, proven=True
            )
    client = world.client("county_admin")
    client.get("/verwaltung/moderation/")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        assert client.get("/verwaltung/moderation/").status_code == 200


def test_public_figures_hide_small_counts_and_the_desk_sees_all(world: World) -> None:
    decider = world.person("county_admin")
    with writes_allowed("test"):
        for number, category in enumerate(["spam"] * 7 + ["illegal"] * 2 + ["other"] * 6):
            case = Case.objects.create(
                kind="x",
                key=str(number),
                place=world.county,
                state="closed",
                opened=now() - timedelta(days=2),
            )
            Report.objects.create(
                case=case, category=category, explanation="x", where="/", good_faith=True, proven=True
            )
            Decision.objects.create(case=case, by=decider, measure="leave", ground="none", facts="x")
    year = now().year
    lines = Client().get(f"/moderation/zahlen/{year}.csv").content.decode("utf-8-sig").splitlines()
    shown = {
        line.split(";")[1]: line.split(";")[2] for line in lines if line.startswith("Meldungen nach Grund")
    }
    assert shown["Werbung oder Spam"] == "7"
    assert shown["Rechtswidriger Inhalt"].startswith("verborgen")
    assert shown["Etwas anderes"].startswith("verborgen")  # else the sum would tell the two
    assert shown["Beleidigung oder Hass"] == "0"
    assert "Median" in Client().get(f"/moderation/zahlen/{year}/").content.decode()
    desk = world.client("county_admin").get(f"/verwaltung/moderation/zahlen/{year}.csv")
    lines = desk.content.decode("utf-8-sig").splitlines()
    row = next(line for line in lines if "Rechtswidriger Inhalt" in line).split(";")
    assert (row[2], row[2 + now().month]) == ("2", "2")
    assert any(line.endswith("in Tagen;2,0") for line in lines)
