"""Taking an import back after some of its months were published, and discarding what waits."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from wurt.core.db.errors import RuleBroken
from wurt.core.tenancy.models import Organisation
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_undo import take_back
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.models import Month, Party, Project
from wurt.modules.agenda.tests import factories
from wurt.modules.agenda.tests.factories import SYSTEM
from wurt.modules.agenda.tests.import_steps import accept, accept_all, dump, items, read, reports, view
from wurt.modules.agenda.tests.test_imports import CALENDAR, FEBRUARY, FIRST, PERMIT, printed
from wurt.modules.agenda.tests.test_imports_real import login
from wurt.modules.agenda.tests.variants import Project as Printed

pytestmark = pytest.mark.django_db

NEW = Printed("Lotsen für Vereine", organisation="Verein der Lotsen e.V.", partners=("Haus der Lotsen",))
MARCH = replace(FEBRUARY, month="März 2025", projects=[CALENDAR, NEW])


@pytest.fixture(autouse=True)
def _county() -> None:
    factories.county()


def both_months() -> UUID:
    batch = read([printed(), printed(MARCH, "maerz.txt")])
    accept_all(batch)
    apply_import(SYSTEM, batch=batch)
    return batch


def states(batch: UUID) -> dict[tuple[str, str], str]:
    return {(item.month, item.title): item.state for item in items(batch)}


def test_what_is_not_published_is_taken_back_and_the_published_month_stays() -> None:
    batch = both_months()
    publish_month(SYSTEM, month=FIRST)
    facts = Month.objects.get(month=FIRST).current.facts  # type: ignore[union-attr]
    parties = list(Party.objects.filter(project__title=CALENDAR.title).values_list("name", "organisation"))
    assert len(parties) == 4
    found = view(batch)
    assert (found.can_take_back, found.published, found.takeable) == (True, (FIRST,), (date(2025, 3, 1),))
    assert take_back(SYSTEM, batch=batch) == 4, "people and organisations that the published month needs"
    assert not Organisation.objects.filter(name__contains="Lotsen").exists()
    assert set(reports()) == {("2025-02", CALENDAR.title), ("2025-02", PERMIT.title)}
    assert set(Project.objects.values_list("title", flat=True)) == {CALENDAR.title, PERMIT.title}
    assert list(Month.objects.values_list("month", flat=True)) == [FIRST]
    assert Month.objects.get().current.facts == facts  # type: ignore[union-attr]
    assert (
        list(Party.objects.filter(project__title=CALENDAR.title).values_list("name", "organisation"))
        == parties
    )
    assert states(batch) == {
        ("2025-02", ""): "stored",
        ("2025-02", CALENDAR.title): "stored",
        ("2025-02", PERMIT.title): "stored",
        ("2025-03", ""): "skipped",
        ("2025-03", CALENDAR.title): "skipped",
        ("2025-03", NEW.title): "skipped",
    }
    assert (view(batch).state, view(batch).can_take_back) == ("applied", False)


def test_what_was_taken_back_can_be_taken_over_again() -> None:
    batch = both_months()
    before = {key: (row.goal, row.status) for key, row in reports().items()}
    publish_month(SYSTEM, month=FIRST)
    take_back(SYSTEM, batch=batch)
    for item in items(batch):
        if item.state == "skipped":
            accept(item)
    apply_import(SYSTEM, batch=batch)
    assert {key: (row.goal, row.status) for key, row in reports().items()} == before
    assert view(batch).state == "applied"


def test_waiting_entries_are_discarded_while_published_months_stay() -> None:
    batch = read([printed(), printed(MARCH, "maerz.txt")])
    for item in items(batch):
        if item.month == "2025-02":
            accept(item)
    apply_import(SYSTEM, batch=batch)
    publish_month(SYSTEM, month=FIRST)
    assert (view(batch).waiting, view(batch).can_take_back, view(batch).takeable) == (3, True, ())
    before = dump(versions=False)
    take_back(SYSTEM, batch=batch)
    assert dump(versions=False) == before
    assert (view(batch).waiting, view(batch).state) == (0, "applied")


def test_nothing_is_taken_back_when_all_months_are_published() -> None:
    batch = both_months()
    publish_month(SYSTEM, month=FIRST)
    publish_month(SYSTEM, month=date(2025, 3, 1))
    before = dump(traces=True)
    with pytest.raises(RuleBroken) as refused:
        take_back(SYSTEM, batch=batch)
    assert refused.value.code == "agenda.import_published"
    assert refused.value.message.startswith("Februar 2025, März 2025 sind schon veröffentlicht")
    assert dump(traces=True) == before
    assert not view(batch).can_take_back


def test_the_page_says_what_stays_and_what_goes(client: Client) -> None:
    login(client)
    batch = both_months()
    publish_month(SYSTEM, month=FIRST)
    url = f"/verwaltung/importe/{batch}/zuruecknehmen/"
    for page in (f"/verwaltung/importe/{batch}/", url):
        assert (
            "Februar 2025 bleibt, denn dieser Monat ist veröffentlicht." in client.get(page).content.decode()
        )
    assert "Betroffene Monate: März 2025." in " ".join(client.get(url).content.decode().split())
    answer = client.post(url, follow=True)
    assert "Was nicht veröffentlicht war, ist zurückgenommen." in answer.content.decode()
    assert "Februar 2025 ist veröffentlicht, daher" in answer.content.decode()
    with_march = client.get(f"/verwaltung/importe/{batch}/").content.decode()
    assert "sind veröffentlicht" not in with_march
