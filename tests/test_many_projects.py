"""A federal state has thousands of projects: pages show counts and the first ones, and lead to the rest."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.html import strip_tags

from benchmarks.world import build
from wurt.core.action.actor import ANONYMOUS
from wurt.modules.agenda.actions.projects import edit_project
from wurt.modules.agenda.models import Project
from wurt.modules.agenda.queries import public_projects, public_published
from wurt.modules.agenda.queries.public_milestones import timeline
from wurt.modules.agenda.queries.public_overview import overview
from wurt.modules.agenda.queries.public_projects import ProjectFilter, lines
from wurt.modules.agenda.tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    public_projects.forget()
    public_published.forget()
    yield
    public_projects.forget()
    public_published.forget()


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "de"})


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


@pytest.fixture
def state() -> None:
    build(520, 2)  # ten fields of 52 projects each, all running


@pytest.fixture
def county() -> None:
    build(100, 1)


def test_up_to_a_hundred_projects_all_stand_on_one_page(county: None, visitor: Client) -> None:
    page = overview(ANONYMOUS, ProjectFilter())
    assert [(group.count, group.more, len(group.states[0].cards)) for group in page.groups] == [
        (10, 0, 10)
    ] * 10
    assert "ansehen" not in _text(visitor, "/projekte/")
    assert "stehen auf dieser Seite" not in _text(visitor, "/berichte/2024-04/")


def test_beyond_each_field_shows_its_count_and_the_first_ten(state: None, visitor: Client) -> None:
    page = overview(ANONYMOUS, ProjectFilter())
    assert (page.total, page.shown, page.pages) == (520, 520, 1)
    assert [(group.count, group.more) for group in page.groups] == [(52, 42)] * 10
    assert [len(group.states[0].cards) for group in page.groups] == [10] * 10
    text = _text(visitor, "/projekte/?status=green")
    # 520 projects, status by (number + month) % 4: a quarter each
    assert "130 von 520 Projekten werden angezeigt" in text
    assert "Alle 26 Projekte von „Handlungsfeld 0“ ansehen" in text
    assert (
        'href="/projekte/?feld=feld-0&amp;status=green"'
        in visitor.get("/projekte/?status=green").content.decode()
    )


def test_a_long_field_is_read_page_by_page_and_nothing_is_lost(visitor: Client) -> None:
    build(1200, 1)  # 120 in each field
    found: list[str] = []
    for number in (1, 2, 3):
        page = overview(ANONYMOUS, ProjectFilter(field="feld-3"), number)
        assert (page.page, page.pages, page.shown) == (number, 3, 120)
        found += [card.slug for group in page.groups for part in group.states for card in part.cards]
    assert len(found) == len(set(found)) == 120
    assert overview(ANONYMOUS, ProjectFilter(field="feld-3"), 99).page == 3
    assert 'href="?feld=feld-3&amp;seite=2"' in visitor.get("/projekte/?feld=feld-3").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9999999999", ""])
def test_a_page_that_makes_no_sense_is_the_first(state: None, visitor: Client, page: str) -> None:
    assert "50 von 520 Berichten stehen auf dieser Seite." in _text(
        visitor, f"/berichte/2024-04/?seite={page}"
    )


def test_the_reports_of_a_month_come_page_by_page(state: None, visitor: Client) -> None:
    seen: list[str] = []
    for number in range(1, 12):
        html = visitor.get(f"/berichte/2024-04/?seite={number}").content.decode()
        seen += re.findall(r'<section class="wurt-section wurt-report" id="([^"]+)"', html)
    assert len(seen) == len(set(seen)) == 520
    assert "und 336 weitere Projekte" in _text(visitor, "/berichte/2024-04/")  # 346 with progress, ten named


def test_milestones_and_timeline_too(state: None, visitor: Client) -> None:
    text = _text(visitor, "/meilensteine/")
    assert "100 von 3120 Meilensteinen stehen auf dieser Seite." in text
    assert "100 von 520 Projekten sind gezeichnet: die ersten 10 jedes Handlungsfelds." in _text(
        visitor, "/zeitplan/"
    )
    assert len(timeline(ANONYMOUS, per_page=None).rows) == 520
    csv = visitor.get("/daten/meilensteine.csv")
    assert csv.status_code == 200
    assert csv.content.decode().count("\n") == 3121


def test_a_recorded_change_is_seen_at_once(state: None) -> None:
    assert len(lines(ANONYMOUS)) == 520
    assert overview(ANONYMOUS, ProjectFilter(text="Zwiebelkuchen")).shown == 0
    project = Project.objects.get(slug="projekt-7")
    edit_project(
        SYSTEM, project=project.public_id, values={"title": "Zwiebelkuchen für alle"}, version=project.version
    )
    assert overview(ANONYMOUS, ProjectFilter(text="zwiebelKUCHEN")).shown == 1
