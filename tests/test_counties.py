"""A county from a folder, and an empty one."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from wurt.cli.counties import has_county, load_county
from wurt.cli.empty_county import STANDARD_FIELDS, init_county
from wurt.core.db.errors import RuleBroken
from wurt.core.files.storage import PDF
from wurt.core.pages.models import GlossaryTerm, Page
from wurt.core.tenancy.models import Place
from wurt.modules.agenda.actions.publish import verify_month
from wurt.modules.agenda.domain.snapshot import Counts, month_from_json
from wurt.modules.agenda.models import Agenda, Body, Field, Month, Project, StrategyDocument

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[1] / "wurt" / "counties" / "dithmarschen"


def test_the_demo_county_is_whole() -> None:
    assert not has_county()
    load_county(FOLDER, demo=False)
    assert has_county()
    states = list(Project.objects.order_by().values_list("state", flat=True))
    assert {state: states.count(state) for state in set(states)} == {
        "running": 8,
        "planned": 39,
        "completed": 1,
    }
    assert not Project.objects.filter(public_since__isnull=True).exists()
    months = list(Month.objects.order_by("month"))
    assert (len(months), months[0].month, months[-1].month) == (14, date(2023, 3, 1), date(2024, 4, 1))
    assert [verify_month(row.month).faults for row in months] == [()] * 14
    assert all(row.is_example for row in months)
    assert months[-1].current is not None
    last = month_from_json(months[-1].current.facts)
    assert (last.counts, len(last.reports), last.example) == (Counts(39, 8, 1, 0), 8, True)
    assert any(m.shifts for fact in last.reports for m in fact.milestones)
    assert Place.objects.count() == 123
    assert (Field.objects.count(), Body.objects.count(), StrategyDocument.objects.count()) == (10, 3, 4)
    files = list(StrategyDocument.objects.values_list("file__name", "file__content_type"))
    assert ("digitale-agenda-1.0.pdf", PDF) in files
    assert {kind for _name, kind in files} == {PDF}
    assert (Page.objects.exists(), GlossaryTerm.objects.exists()) == (True, True)


def test_an_empty_county_has_place_agenda_bodies_and_fields() -> None:
    init_county("Kreis Musterland", agenda="Digitale Agenda", fields=STANDARD_FIELDS)
    assert list(Place.objects.values_list("slug", "kind")) == [("kreis-musterland", "county")]
    agenda = Agenda.objects.get()
    assert (agenda.name, agenda.place.name, agenda.is_example) == (
        "Digitale Agenda",
        "Kreis Musterland",
        False,
    )
    assert list(Body.objects.values_list("kind", flat=True)) == ["steering", "project", "working"]
    assert list(Field.objects.values_list("name", flat=True)) == list(STANDARD_FIELDS)
    with pytest.raises(RuleBroken) as refused:
        init_county("Kreis Zwei", agenda="Zweite", fields=())
    assert refused.value.code == "tenancy.county_exists"
    assert Place.objects.count() == 1


def test_an_empty_county_has_drafts_of_the_pages_it_has_to_show(client: Client) -> None:
    init_county("Kreis Musterland", agenda="Digitale Agenda", fields=())
    drafts = list(Page.objects.order_by("order").values_list("slug", "published", "footer"))
    assert drafts == [
        ("kontakt", False, True),
        ("impressum", False, True),
        ("datenschutz", False, True),
        ("barrierefreiheit", False, True),
    ]
    assert all("Bitte ergänzen" in page.body for page in Page.objects.all())
    assert client.get("/impressum/").status_code == 404
