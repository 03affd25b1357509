"""``wurt doctor`` about the pages that the law asks for."""

import pytest

from tests.access.world import make_world
from wurt.cli.empty_county import PAGES
from wurt.core.pages import checks
from wurt.core.pages.models import Page
from wurt.core.tenancy.models import Place

pytestmark = pytest.mark.django_db


def told():
    return [(found.grade.value, found.problem) for found in checks.legal_pages()]


def test_nothing_is_asked_of_an_empty_database():
    assert told() == []


def test_until_each_is_published_and_filled_in(writing, settings):
    make_world()
    Page.objects.all().delete()
    names = "Impressum, Datenschutz, Erklärung zur Barrierefreiheit, Kontakt"
    assert told() == [("hint", f"Not published yet: {names}. Every public site needs them.")]
    county = Place.objects.get(kind="county")
    for address, title, body in PAGES:
        Page.objects.create(place=county, slug=address, title=title, body=body, published=False)
    assert told() == [("hint", f"Not published yet: {names}. Every public site needs them.")], "drafts"
    Page.objects.exclude(slug="datenschutz").update(published=True, body="Kreis Musterland, Rathausplatz 1")
    assert told() == [("hint", "Not published yet: Datenschutz. Every public site needs them.")]
    Page.objects.update(published=True)
    assert told() == [("hint", "Published, but not filled in: Datenschutz still says “Bitte ergänzen”.")]
    Page.objects.update(body="Kreis Musterland")
    assert told() == []
    Page.objects.all().delete()
    settings.WURT_DEMO = True
    assert told() == []


def test_the_drafts_of_a_new_county_are_these():
    assert {address for address, _, _ in PAGES} == set(checks.LEGAL)
    assert all(checks.UNFINISHED in body for _, _, body in PAGES)
