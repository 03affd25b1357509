"""Remarks of the project group on a draft report: read, said in place, told, settled; and who may."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.world import World
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.worker import drain
from wurt.modules.agenda.actions import publish, remarks, reports
from wurt.modules.agenda.models import Remark, Report
from wurt.modules.agenda.queries import remarks as queries
from wurt.modules.agenda.tests.desk_world import desk_world
from wurt.modules.agenda.tests.factories import APRIL, SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
READ = "/verwaltung/agenda/berichte/2024-04/projekte/sensornetz/lesen/"


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        made = desk_world()
        Remark.objects.all().delete()
    drain()
    mail.outbox = []
    return made


def the_report() -> Report:
    return Report.objects.get(month__month=APRIL, project__slug="sensornetz")


def test_said_in_place_told_and_settled(world: World) -> None:
    group = world.actor("project_group")
    said = remarks.remark(
        group, report=the_report().public_id, part="risks", text="  Fehlt hier der Winter? "
    )
    row = Remark.objects.get()
    assert (row.public_id, row.part, row.text, row.author) == (
        said,
        "risks",
        "Fehlt hier der Winter?",
        world.person("project_group"),
    )
    drain()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["lead@moorland.example"], "Anmerkung zu Ihrem Bericht: Sensornetz")
    ]
    assert "Winter" not in mail.outbox[0].body  # what is said of a draft stays on the desk
    assert f"http://localhost:8000{READ}" in mail.outbox[0].body
    remarks.settle_remark(world.actor("lead"), remark=said)
    row.refresh_from_db()
    assert (row.settled is not None, row.settled_by) == (True, world.person("lead"))
    entries = AuditEntry.objects.filter(object_id=str(said)).order_by("pk")
    assert [(one.action, one.after) for one in entries] == [
        ("agenda.remark", {"part": "risks"}),
        ("agenda.settle_remark", {"settled": True}),
    ]
    remarks.settle_remark(world.actor("lead"), remark=said)
    assert entries.count() == 2


def test_whoever_leads_the_project_is_not_told_of_their_own_words(world: World) -> None:
    remarks.remark(world.actor("lead"), report=the_report().public_id, text="Mache ich bis Freitag.")
    drain()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"text": "  "}, "agenda.remark_empty", "text"),
        ({"text": "x" * 2001}, "agenda.remark_long", "text"),
        ({"text": "x", "part": "colour"}, "agenda.remark_part", "part"),
    ],
)
def test_what_cannot_be_a_remark(world: World, values: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        remarks.remark(world.actor("project_group"), report=the_report().public_id, **values)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Remark.objects.exists()


def test_who_may(world: World) -> None:
    report = the_report().public_id
    with pytest.raises(NotFound):
        remarks.remark(world.actor("resident"), report=report, text="Ich auch")
    said = remarks.remark(world.actor("steering_member"), report=report, text="Gut so?")
    with pytest.raises(NotAllowed):
        remarks.settle_remark(world.actor("project_group"), remark=said)
    with pytest.raises(NotFound):
        queries.remark_to_settle(world.actor("lead"), report)


def test_a_published_report_is_not_talked_about(world: World) -> None:
    row = the_report()
    said = remarks.remark(world.actor("project_group"), report=row.public_id, text="Noch offen")
    reports.edit_report(SYSTEM, report=row.public_id, values={"status": "green", "progress": ""})
    publish.publish_month(SYSTEM, month=APRIL)
    with pytest.raises(NotAllowed):
        remarks.remark(world.actor("project_group"), report=row.public_id, text="Zu spät")
    with pytest.raises(NotAllowed):
        remarks.settle_remark(world.actor("lead"), remark=said)


def test_pages(world: World) -> None:
    client = world.client("project_group")
    month = client.get(reverse("agenda:desk_month", args=["2024-04"])).content.decode()
    assert f'href="{READ}"' in month
    page = client.get(READ).content.decode()
    assert "Zu diesem Bericht hat noch niemand etwas angemerkt." in page
    assert "Den Bericht schreiben" not in page
    empty = client.post(READ, {"part": "risks", "text": " "})
    assert empty.status_code == 422
    sent = client.post(READ, {"part": "risks", "text": "Und <b>im Winter</b>?"}, follow=True).content.decode()
    assert "Und &lt;b&gt;im Winter&lt;/b&gt;?" in sent
    assert "Erika project_group" in sent
    assert "Erledigt" not in sent
    board = world.client("coordinator").get(reverse("agenda:desk_month", args=["2024-04"])).content.decode()
    assert "Eine offene Anmerkung" in board
    table = world.client("coordinator").get(reverse("agenda:desk_month_csv", args=["2024-04"]))
    assert table["Content-Disposition"] == 'attachment; filename="berichte-2024-04.csv"'
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0].endswith(";Offene Anmerkungen")
    assert next(line for line in lines if line.startswith("Sensornetz")).endswith(";1")
    lead = world.client("lead")
    settle = reverse("agenda:desk_remark_settle", args=[Remark.objects.get().public_id])
    done = lead.post(settle, follow=True).content.decode()
    assert "Die Anmerkung ist erledigt." in done
    assert "von Erika lead" in done
    board = world.client("coordinator").get(reverse("agenda:desk_month", args=["2024-04"])).content.decode()
    assert "offene Anmerkung" not in board


def test_reading_needs_the_same_number_of_queries_for_many_remarks(
    world: World, django_assert_num_queries: object
) -> None:
    actor = world.actor("project_group")

    def queries_of() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.report_to_read(actor, APRIL, "sensornetz")
        return len(seen)

    remarks.remark(actor, report=the_report().public_id, text="1")
    few = queries_of()
    for number in range(5):
        remarks.remark(actor, report=the_report().public_id, text=str(number))
    assert queries_of() == few
