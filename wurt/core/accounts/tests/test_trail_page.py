"""The audit trail as a page."""

import pytest
from django.urls import reverse

from tests.access.world import World, make_world
from wurt.core.action.actor import Actor
from wurt.core.pages.actions import create_page


@pytest.mark.django_db
def test_the_trail_is_read_in_words_and_filtered(writing: None) -> None:
    world: World = make_world()
    create_page(Actor.for_system("init"), slug="neues", title="Neues aus dem Amt", body="Geheimer Text")
    client = world.client("county_admin")
    page = client.get(reverse("accounts:trail"), {"text": "Textseite"}).content.decode()
    assert "Textseite angelegt" in page
    assert "Einrichtung des Kreises" in page
    assert "Textseite: Neues aus dem Amt" in page
    assert "Geheimer Text" not in page
    assert (
        "Textseite angelegt" not in client.get(reverse("accounts:trail"), {"who": "Niemand"}).content.decode()
    )
    file = client.get(reverse("accounts:trail_csv"), {"text": "pages.create"}).content.decode("utf-8-sig")
    assert (
        "Einrichtung des Kreises;Textseite angelegt;Textseite: Neues aus dem Amt;pages.create_page;" in file
    )
