"""What waits in an import or as an unpublished correction is said where the next step is chosen."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from wurt.core.action.guard import writes_allowed
from wurt.core.db import clock
from wurt.core.files.models import StoredFile
from wurt.modules.agenda.actions.projects import edit_project
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.reports import edit_month, edit_report
from wurt.modules.agenda.models import Agenda, ImportBatch, ImportDocument, ImportItem, Project, Report
from wurt.modules.agenda.tests.desk_world import APRIL, MARCH, SYSTEM, desk_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(writing: None) -> Client:
    return desk_world().client("coordinator")


def words(staff: Client, name: str, *args: str) -> str:
    page = staff.get(reverse(f"agenda:{name}", args=args)).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def batch_of(*entries: tuple[str, str, str]) -> ImportBatch:
    """An import with entries (kind, state, month)."""
    with writes_allowed("test"):
        file = StoredFile.objects.create(
            name="april.pdf",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            path="april",
            purpose="agenda.import",
        )
        batch = ImportBatch.objects.create(agenda=Agenda.objects.get(), state="review")
        document = ImportDocument.objects.create(batch=batch, file=file)
        for number, (kind, state, month) in enumerate(entries):
            fields = {"report_month": {"value": month}} if month else {}
            ImportItem.objects.create(
                document=document, kind=kind, key=str(number), title="X", state=state, fields=fields
            )
    return batch


def write_april() -> None:
    for row in Report.objects.filter(month__month=APRIL):
        edit_report(SYSTEM, report=row.public_id, values={"status": "green", "progress": "Ja"})


def test_reports_in_the_import_review_keep_a_month_from_being_complete(staff: Client) -> None:
    write_april()
    with clock.at(datetime(2024, 5, 3, tzinfo=UTC)):
        assert "Der Bericht für April 2024 ist vollständig" in words(staff, "desk")
        batch = batch_of(
            ("project", "review", "2024-04"),
            ("project", "accepted", "2024-04"),
            ("project", "stored", "2024-04"),
            ("summary", "review", "2024-04"),
            ("project", "skipped", "2024-04"),
        )
        text = words(staff, "desk")
        assert "ist vollständig" not in text
        assert "2 Berichte für April 2024 warten noch in der Importprüfung" in text
        assert "1 Eintrag wartet noch in der Importprüfung" in text
        for name in ("desk_month_publish", "desk_month"):
            assert "2 Berichte dieses Monats warten noch in der Importprüfung" in words(
                staff, name, "2024-04"
            )
        link = f'href="{reverse("agenda:import_batch", args=[batch.public_id])}"'
        assert link in staff.get(reverse("agenda:desk_month_publish", args=["2024-04"])).content.decode()
        assert "Importprüfung" not in words(staff, "desk_month", "2024-03")


def test_an_open_correction_is_a_task_and_stands_in_the_list(staff: Client) -> None:
    row = Report.objects.get(month__month=MARCH)
    edit_project(SYSTEM, project=Project.objects.get(slug="sensornetz").public_id, values={"goal": "Neu"})
    assert "Die Berichtigung vom" not in words(staff, "desk")
    edit_report(SYSTEM, report=row.public_id, values={"progress": "Zwei Masten stehen."})
    assert "Die Berichtigung vom März 2024 ist noch nicht veröffentlicht" in words(staff, "desk")
    assert "Fassung 1, Berichtigung offen" in words(staff, "desk_months")
    publish_month(SYSTEM, month=MARCH, note="Zahl der Masten")
    assert "Die Berichtigung vom" not in words(staff, "desk")
    assert "Berichtigung offen" not in words(staff, "desk_months")
    edit_month(SYSTEM, month=MARCH, intro="Neue Einleitung")
    assert "Fassung 2, Berichtigung offen" in words(staff, "desk_months")


def test_a_project_past_its_end_is_a_task_and_counts_say_their_day(staff: Client) -> None:
    row = Project.objects.get(slug="sensornetz")
    edit_project(SYSTEM, project=row.public_id, values={"end": date(2024, 6, 30)})
    with clock.at(datetime(2024, 6, 30, 12, tzinfo=UTC)):
        assert "Das geplante Ende ist überschritten" not in words(staff, "desk")
    with clock.at(datetime(2024, 7, 1, 12, tzinfo=UTC)):
        text = words(staff, "desk")
    assert "Das geplante Ende ist überschritten. Bitte nennen Sie ein neues Ende" in text
    assert "1 Meilenstein überfällig (Stand heute, 1. Juli 2024)" in text
