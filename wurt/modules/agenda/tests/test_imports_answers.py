"""What a person answers on the review pages, and what is asked at all."""

from typing import Any

import pytest
from django.test import Client

from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_review import Decisions, review_item
from wurt.modules.agenda.models import Report
from wurt.modules.agenda.queries.imports import ItemView
from wurt.modules.agenda.tests import factories
from wurt.modules.agenda.tests.factories import SYSTEM
from wurt.modules.agenda.tests.import_steps import accept, item_named, read
from wurt.modules.agenda.tests.test_imports import CALENDAR, FIRST, changed, printed, stored
from wurt.modules.agenda.tests.test_imports_real import answers, login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county() -> None:
    factories.county()


def without_status(**values: Any) -> Report:
    project = factories.project(CALENDAR.title)
    factories.month(FIRST)
    return factories.report(FIRST, project, status=None, **values)


def differences(item: ItemView) -> dict[str, Any]:
    return {field.name: field.difference for field in item.fields if field.difference}


# --- a status that stands only in a sentence about all projects


def test_a_sentence_about_all_projects_gives_a_stored_report_no_status_unasked() -> None:
    report = without_status()
    batch = read([printed()])
    item = item_named(batch, CALENDAR.title)
    assert differences(item)["status"] == {
        "stored": None,
        "read": "green",
        "hand_edited": True,
        "choice": "",
        "of_all": True,
    }
    with pytest.raises(RuleBroken) as refused:
        review_item(SYSTEM, item=item.id, decisions=Decisions(), accept=True)
    assert refused.value.code == "agenda.import_open"
    apply_import(SYSTEM, batch=batch, accept_certain=True)
    report.refresh_from_db()
    assert (report.status, report.progress) == (None, CALENDAR.progress)
    item = item_named(batch, CALENDAR.title)
    assert (item.state, differences(item)["status"]["choice"]) == ("review", "")


@pytest.mark.parametrize(("choice", "status"), [("stored", None), ("read", "green")])
def test_a_person_decides_about_the_status_of_all(choice: Any, status: str | None) -> None:
    report = without_status()
    batch = read([printed()])
    item = item_named(batch, CALENDAR.title)
    decisions = Decisions(choices=dict.fromkeys(differences(item), choice))
    review_item(SYSTEM, item=item.id, decisions=decisions, accept=True)
    apply_import(SYSTEM, batch=batch)
    report.refresh_from_db()
    assert report.status == status
    assert item_named(batch, CALENDAR.title).state == "stored"


def test_the_page_preselects_no_status_of_all(client: Client) -> None:
    without_status()
    login(client)
    item = item_named(read([printed()]), CALENDAR.title)
    page = client.get(f"/verwaltung/importe/eintrag/{item.id}/")
    form = page.context["form"]
    assert form.get_initial_for_field(form.fields["d-status"], "d-status") is None
    assert "status" in [block.name for block in page.context["decide"]]
    assert "nur in einem Satz über alle Projekte" in page.content.decode()
    data = answers(client, item.id)
    refused = client.post(f"/verwaltung/importe/eintrag/{item.id}/", data)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["d-status"]
    done = client.post(f"/verwaltung/importe/eintrag/{item.id}/", {**data, "d-status": "stored"})
    assert done.status_code == 302


def test_a_status_on_the_page_of_the_project_fills_a_stored_report() -> None:
    report = without_status()
    batch = read([printed(changed(status="gelb"))])
    assert "status" not in differences(item_named(batch, CALENDAR.title))
    accept(item_named(batch, CALENDAR.title))
    apply_import(SYSTEM, batch=batch)
    report.refresh_from_db()
    assert report.status == "yellow"


# --- keeping what is stored


DOUBTFUL = (("Auswahl", "Herbst 2025"), ("Start", "Dez 25"))


def test_who_keeps_the_stored_milestones_is_not_asked_for_dates(client: Client) -> None:
    stored()
    before = Report.objects.get(project__title=CALENDAR.title).milestones
    login(client)
    batch = read([printed(changed(milestones=DOUBTFUL), "neu.txt")])
    item = item_named(batch, CALENDAR.title)
    url = f"/verwaltung/importe/eintrag/{item.id}/"
    data = {name: value for name, value in answers(client, item.id).items() if not name.endswith("-choice")}
    refused = client.post(url, {**data, "d-milestones": "read"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["milestones-0-choice"])
    done = client.post(url, {**data, "d-milestones": "stored"})
    assert done.status_code == 302
    apply_import(SYSTEM, batch=batch)
    assert item_named(batch, CALENDAR.title).state == "stored"
    assert Report.objects.get(project__title=CALENDAR.title).milestones == before
    assert len(before) == 4


def test_who_takes_the_milestones_of_the_file_after_all_is_asked_again() -> None:
    stored()
    batch = read([printed(changed(milestones=DOUBTFUL), "neu.txt")])
    item = item_named(batch, CALENDAR.title)
    review_item(SYSTEM, item=item.id, decisions=Decisions(choices={"milestones": "stored"}), accept=True)
    with pytest.raises(RuleBroken) as refused:
        review_item(SYSTEM, item=item.id, decisions=Decisions(choices={"milestones": "read"}), accept=True)
    assert refused.value.code == "agenda.import_open"
