"""People in the agenda: erased from what imports read, off public pages, forgotten with old imports."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.access.world import World
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db import clock
from wurt.core.files.models import StoredFile
from wurt.core.privacy.actions import erase_person
from wurt.core.privacy.find import find
from wurt.core.privacy.models import Erasure
from wurt.core.privacy.sweeps import sweep_all
from wurt.core.tenancy.actions.people import set_consent
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_forget import GONE, without
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.models import ImportBatch, ImportDocument, ImportItem, Project
from wurt.modules.agenda.tests import variants
from wurt.modules.agenda.tests.desk_world import desk_world
from wurt.modules.agenda.tests.factories import SYSTEM
from wurt.modules.agenda.tests.import_steps import accept_all, read
from wurt.modules.agenda.tests.variants import Project as Printed
from wurt.modules.agenda.tests.variants import Report as PrintedReport

pytestmark = pytest.mark.django_db(transaction=True)
RETENTION = Actor.for_system("retention")
REPORT = PrintedReport(
    "Februar 2025", [Printed("Kulturkalender", person="Jens Ölckers", organisation="Amt Süd")]
)


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    with writes_allowed("world"):
        return desk_world()


def taken_over() -> ImportBatch:
    """The report, read, accepted and stored."""
    batch = read([("februar.txt", variants.text(REPORT).encode())])
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    return ImportBatch.objects.get(public_id=batch)


def test_a_name_goes_out_of_everything_an_import_read_and_the_original_is_listed(world: World) -> None:
    taken_over()
    path = StoredFile.objects.get().path
    assert {found.where for found in find(["Jens Ölckers"])} >= {
        "agenda.importbatch",
        "agenda.importdocument",
        "agenda.importitem",
        "tenancy.person",
    }
    person = Person.objects.get(name="Jens Ölckers")
    receipt = Erasure.objects.get(public_id=erase_person(SYSTEM, person=person.public_id))
    assert [found.where for found in find(["Jens Ölckers"])] == [f"files/{path}"]
    assert receipt.remains == [[f"files/{path}", "", 1]]
    assert receipt.rows["agenda.project"] == [1, 1]
    assert GONE in str(ImportItem.objects.values_list("fields", flat=True))
    assert Project.objects.get(title="Kulturkalender").lead == person


def test_an_erased_lead_leaves_the_public_page_at_once(world: World) -> None:
    lead = world.person("lead").public_id
    set_consent(SYSTEM, person=lead, public=True)
    publish_month(SYSTEM, month=date(2024, 4, 1))
    address = Project.objects.get(title="Sensornetz").slug
    page = f"/projekte/{address}/"
    before = Client().get(page)
    assert "Erika lead" in before.content.decode()
    again = Client().get(page, headers={"if-none-match": before.headers["ETag"]})
    assert again.status_code == 304
    erase_person(SYSTEM, person=lead)
    after = Client().get(page, headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Erika lead" not in after.content.decode()
    month = Client().get("/berichte/2024-04/")
    assert (month.status_code, "Erika lead" in month.content.decode()) == (200, False)


def test_withdrawn_consent_leaves_the_public_page_at_once(world: World) -> None:
    lead = world.person("lead").public_id
    set_consent(SYSTEM, person=lead, public=True)
    publish_month(SYSTEM, month=date(2024, 4, 1))
    page = f"/projekte/{Project.objects.get(title='Sensornetz').slug}/"
    before = Client().get(page)
    assert "Erika lead" in before.content.decode()
    set_consent(SYSTEM, person=lead, public=False)
    after = Client().get(page, headers={"if-none-match": before.headers["ETag"]})
    assert (after.status_code, "Erika lead" in after.content.decode()) == (200, False)


def test_an_import_that_was_not_published_is_gone_after_two_years(world: World) -> None:
    batch = taken_over()
    path = StoredFile.objects.get().path
    with clock.at(batch.applied_at + timedelta(days=729)):
        assert "imports" not in sweep_all(RETENTION)
    with clock.at(batch.applied_at + timedelta(days=731)):
        assert sweep_all(RETENTION)["imports"] == 1
        assert not ImportBatch.objects.exists()
        assert not StoredFile.objects.exists()
        sweep_all(RETENTION)
        assert not default_storage.exists(path)
        assert "imports" not in sweep_all(RETENTION)


def test_the_original_of_a_published_month_stays_without_what_was_read(world: World) -> None:
    batch = taken_over()
    publish_month(SYSTEM, month=date(2025, 2, 1))
    address = f"/dateien/{StoredFile.objects.get().public_id}/"
    with clock.at(batch.applied_at + timedelta(days=731)):
        assert sweep_all(RETENTION)["imports"] == 1
        assert "imports" not in sweep_all(RETENTION)
    assert not ImportItem.objects.exists()
    assert list(ImportDocument.objects.values_list("read", "summary")) == [({}, {})]
    batch.refresh_from_db()
    assert (batch.undo, batch.names, batch.created_by) == ({}, {}, None)
    assert Client().get(address).status_code == 200
    desk = world.client("coordinator")
    assert desk.get(f"/verwaltung/importe/{batch.public_id}/").status_code == 200


def test_my_page_lists_the_projects_i_lead(world: World) -> None:
    page = world.client("lead").get("/konto/")
    project = Project.objects.get(title="Sensornetz")
    section = next(part for part in page.context["sections"] if part.key == "agenda-led")
    assert [(row["title"], row["deputy"]) for row in section.mine["projects"]] == [("Sensornetz", False)]
    assert f'href="{reverse("agenda:desk_project", args=[project.slug])}"' in page.content.decode()
    others = world.client("coordinator").get("/konto/").context["sections"]
    assert "agenda-led" not in [part.key for part in others]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.text(alphabet="abcÖ ", min_size=3).filter(str.strip))
def test_no_depth_of_json_hides_a_name(value: object, name: str) -> None:
    pattern = re.compile(re.escape(name), re.IGNORECASE)
    planted = [value, {"deep": [{name: f"x{name}y"}, value]}]
    assert pattern.search(json.dumps(without(planted, pattern), ensure_ascii=False)) is None
