"""The pages of the import: what is in sight, and how a reading of several files is followed."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wurt.core.outbox.worker import drain
from wurt.modules.agenda.actions import imports_run
from wurt.modules.agenda.models import ImportBatch
from wurt.modules.agenda.tests import factories
from wurt.modules.agenda.tests.import_steps import item_named, read
from wurt.modules.agenda.tests.test_imports import CALENDAR, FEBRUARY, printed
from wurt.modules.agenda.tests.test_imports_real import answers, login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county() -> None:
    factories.county()


def certain(page: str) -> str:
    found = re.search(r"<details class=\"wurt-disclosure\"( open)?><summary>Zweifelsfrei gelesen: \d+", page)
    assert found is not None
    return found.group(1) or ""


def test_what_is_certain_is_folded_and_the_buttons_stand_above_and_below(client: Client) -> None:
    login(client)
    item = item_named(read([printed()]), CALENDAR.title)
    url = f"/verwaltung/importe/eintrag/{item.id}/"
    page = client.get(url).content.decode()
    assert certain(page) == ""
    buttons = [found.start() for found in re.finditer(r'name="accept"', page)]
    assert len(buttons) == 2
    assert buttons[0] < page.index("Zweifelsfrei gelesen") < buttons[1]
    refused = client.post(url, {**answers(client, item.id), "v-start": "Unsinn"})
    assert refused.status_code == 422
    assert certain(refused.content.decode()) == " open", "a mistake in a folded field is in sight"


def test_several_files_are_followed_without_script(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    login(client)
    monkeypatch.setattr(imports_run, "PATIENCE_SEVERAL", 0.0)
    months = ("Februar 2025", "März 2025", "April 2025")
    files = [
        SimpleUploadedFile(f"{number}.txt", printed(replace(FEBRUARY, month=month))[1])
        for number, month in enumerate(months)
    ]
    answer = client.post("/verwaltung/importe/neu/", {"files": files}, follow=True)
    assert "0 von 3 Dateien sind gelesen." in answer.content.decode()
    assert '<meta http-equiv="refresh" content="5">' in answer.content.decode()
    batch = ImportBatch.objects.get().public_id
    imports_run.read_next(factories.SYSTEM, batch=batch)
    page = client.get(f"/verwaltung/importe/{batch}/").content.decode()
    assert "1 von 3 Dateien sind gelesen." in page
    assert "<title>Import: wird gelesen, 1 von 3" in page
    drain()
    page = client.get(f"/verwaltung/importe/{batch}/").content.decode()
    assert "Dateien sind gelesen" not in page
    assert "refresh" not in page
    assert ImportBatch.objects.get().state == "review"
