"""A mistaken month is refused; one that slipped through is withdrawn, and every public place forgets it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.world import World
from wurt.core.action.actor import Role
from wurt.core.audit.models import AuditEntry
from wurt.core.db import clock
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.modules.agenda.actions.projects import edit_project
from wurt.modules.agenda.actions.publish import publish_month, verify_month, withdraw_month
from wurt.modules.agenda.actions.reports import delete_month, edit_report
from wurt.modules.agenda.models import Month, MonthVersion, Project, Report
from wurt.modules.agenda.queries import desk
from wurt.modules.agenda.tests.desk_world import desk_world
from wurt.modules.agenda.tests.factories import (
    APRIL,
    JUNE,
    MAY,
    SYSTEM,
    actor,
    county,
    month,
    project,
    report,
)
from wurt.modules.agenda.tests.public_world import build, client

pytestmark = pytest.mark.django_db

MID_MAY = datetime(2024, 5, 15, 10, tzinfo=UTC)
NOTE = "Der Monat wurde verwechselt."


@pytest.mark.parametrize("first", [date(2024, 7, 1), date(2099, 1, 1)])
def test_a_month_after_the_next_one_cannot_be_opened(first: date) -> None:
    county()
    with clock.at(MID_MAY), pytest.raises(RuleBroken) as refused:
        month(first)
    assert refused.value.code == "agenda.month_future"
    assert not Month.objects.exists()


def test_the_next_month_may_be_prepared_but_not_published() -> None:
    county()
    with clock.at(MID_MAY):
        month(JUNE)
        report(JUNE, project())
        with pytest.raises(RuleBroken) as refused:
            publish_month(SYSTEM, month=JUNE)
    assert refused.value.code == "agenda.month_not_begun"
    with clock.at(datetime(2024, 5, 31, 22, 1, tzinfo=UTC)):  # 00:01 of 1 June in Germany
        assert publish_month(SYSTEM, month=JUNE) == 1


def test_a_month_of_another_year_is_refused_at_its_field(writing: None) -> None:
    staff = desk_world().client("coordinator")
    answer = staff.post(reverse("agenda:desk_month_open"), {"month": "2099-01"})
    assert answer.status_code == 409
    assert '<a href="#id_month">Monat: Januar 2099 liegt zu weit in der Zukunft.' in answer.content.decode()


PUBLIC = (
    "/",
    "/berichte/",
    "/projekte/",
    "/projekte/sensornetz/",
    "/projekte/sensornetz/verlauf/",
    "/neues.atom",
    "/projekte/sensornetz/neues.atom",
    "/meilensteine/",
    "/meilensteine.ics",
    "/zeitplan/",
    "/daten/statusberichte.csv",
    "/daten/berichte.csv",
    "/daten/projekte.csv",
    "/api/months",
    "/api/projects",
    "/api/projects/sensornetz",
    "/api/projects/sensornetz/reports",
    "/api/milestones",
)
MARKS = ("Mai 2024", "2024-05", "Zwölf Sensoren", "Der Sturm kam", "Messe")
DAY = re.compile(r"\d\. Mai 2024|2024-05-\d\d|202405\d\d|08\.05\.2024")  # April was corrected on 8 May


def marks(page: HttpResponse) -> list[str]:
    text = DAY.sub("", page.content.decode())
    return [mark for mark in MARKS if mark in text]


@pytest.mark.django_db(transaction=True)
def test_every_public_place_forgets_a_withdrawn_month() -> None:
    build()
    visitor = client()
    before = {address: visitor.get(address) for address in PUBLIC}
    assert [address for address, page in before.items() if not marks(page)] == []
    withdraw_month(SYSTEM, month=MAY, note=NOTE)
    for address, old in before.items():
        known = {"if-none-match": old["ETag"]} if "ETag" in old else {}
        page = visitor.get(address, headers=known)
        assert page.status_code == 200, address
        assert marks(page) == [], address
    assert "Der neueste Bericht ist der vom April 2024" in visitor.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "end", ["", "statusbericht.pdf", "statusbericht.json", "fassung/1/", "fassung/1/statusbericht.csv"]
)
def test_addresses_of_a_withdrawn_month_are_gone_and_say_why(end: str) -> None:
    build()
    visitor = client()
    with clock.at(datetime(2024, 6, 20, 10, tzinfo=UTC)):
        withdraw_month(SYSTEM, month=MAY, note=f" {NOTE} ")
    page = visitor.get(f"/berichte/2024-05/{end}")
    text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert page.status_code == 410
    assert "Der Bericht Mai 2024 wurde zurückgezogen" in text
    assert f"Er wurde am 20. Juni 2024 zurückgezogen. Der Grund: {NOTE}" in text
    assert visitor.get("/berichte/2024-05/fassung/7/").status_code == 404
    api = visitor.get("/api/months/2024-05")
    assert (api.status_code, api.json()) == (410, {"message": NOTE})


@pytest.mark.django_db(transaction=True)
def test_published_again_it_is_the_next_version_and_the_withdrawn_one_stays_gone() -> None:
    build()
    visitor = client()
    withdraw_month(SYSTEM, month=MAY, note=NOTE)
    with pytest.raises(RuleBroken) as refused:
        publish_month(SYSTEM, month=MAY)
    assert refused.value.code == "agenda.correction_note"
    assert publish_month(SYSTEM, month=MAY, note="Richtig zugeordnet") == 2
    assert visitor.get("/berichte/2024-05/").status_code == 200
    assert "Richtig zugeordnet" in visitor.get("/berichte/2024-05/").content.decode()
    assert "/berichte/2024-05/fassung/1/" not in visitor.get("/berichte/2024-05/").content.decode()
    assert visitor.get("/berichte/2024-05/fassung/1/").status_code == 410
    assert verify_month(MAY).versions == (1, 2)


def test_withdrawing_is_recorded_needs_a_reason_and_the_right() -> None:
    county()
    month()
    report(APRIL, project())
    with pytest.raises(RuleBroken) as refused:
        withdraw_month(SYSTEM, month=APRIL, note=NOTE)
    assert refused.value.code == "agenda.month_not_public"
    publish_month(SYSTEM, month=APRIL)
    with pytest.raises(RuleBroken) as refused:
        withdraw_month(SYSTEM, month=APRIL, note="  ")
    assert refused.value.code == "agenda.withdrawal_note"
    with pytest.raises(NotAllowed):
        withdraw_month(actor(Role.PROJECT_GROUP), month=APRIL, note=NOTE)
    assert withdraw_month(actor(Role.COORDINATOR), month=APRIL, note=NOTE) == 1
    entry = AuditEntry.objects.get(action="agenda.withdraw_month")
    assert (entry.before, entry.after) == ({"number": 1}, {"note": NOTE})
    assert MonthVersion.objects.count() == 1
    with pytest.raises(RuleBroken) as refused:
        delete_month(SYSTEM, month=APRIL)
    assert refused.value.code == "agenda.month_published"


def test_profile_edits_pass_by_a_withdrawn_month_and_it_is_no_task() -> None:
    county()
    month()
    row = report(APRIL, project(), progress="Ja")
    publish_month(SYSTEM, month=APRIL)
    withdraw_month(SYSTEM, month=APRIL, note=NOTE)
    edit_project(SYSTEM, project=Project.objects.get().public_id, values={"goal": "Neu"})
    assert Report.objects.get(pk=row.pk).goal == "Messen"
    edit_report(SYSTEM, report=row.public_id, values={"status": None})
    with clock.at(MID_MAY):
        assert [task.kind for task in desk.tasks(actor(Role.COORDINATOR))] == []


@pytest.fixture
def staff(writing: None) -> Client:
    world: World = desk_world()
    return world.client("coordinator")


def test_the_coordinator_withdraws_at_the_desk(staff: Client) -> None:
    page = reverse("agenda:desk_month", args=["2024-03"])
    address = reverse("agenda:desk_month_withdraw", args=["2024-03"])
    assert f'href="{address}"' in staff.get(page).content.decode()
    assert staff.post(address, {"version": "2"}).status_code == 422
    done = staff.post(address, {"version": "2", "note": NOTE}, follow=True).content.decode()
    assert "Der Bericht ist zurückgezogen." in done
    assert NOTE in done
    assert "zurückgezogen" in staff.get(reverse("agenda:desk_months")).content.decode()
    again = reverse("agenda:desk_month_publish", args=["2024-03"])
    sent = {"version": "3", "note": "Geprüft", "sure": "on"}
    assert staff.post(again, sent).status_code == 302
    assert client().get("/berichte/2024-03/").status_code == 200


def test_loud_warnings_before_publishing(staff: Client) -> None:
    address = reverse("agenda:desk_month_publish", args=["2024-04"])
    assert "Alle 2 Berichte haben keinen Status" in staff.get(address).content.decode()
    row = Report.objects.filter(month__month=APRIL).first()
    assert row is not None
    edit_report(SYSTEM, report=row.public_id, values={"status": "green"})
    assert "haben keinen Status" not in staff.get(address).content.decode()
    with clock.at(datetime(2024, 4, 20, tzinfo=UTC)):
        month(MAY)
        text = staff.get(reverse("agenda:desk_month_publish", args=["2024-05"])).content.decode()
    assert "In diesem Monat gibt es keinen einzigen Bericht" in text
    assert "Dieser Monat hat noch nicht begonnen" in text
