"""The language switch: a link that remembers and leads back."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_switch_remembers_and_leads_back(client: Client) -> None:
    answer = client.get("/language/en/", {"next": "/projekte/?q=bus"})
    assert (answer.status_code, answer["Location"]) == (302, "/projekte/?q=bus")
    assert answer.cookies["django_language"].value == "en"
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_it_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.get("/language/de/", {"next": target})["Location"] == "/"


def test_an_unknown_language_is_not_found(client: Client) -> None:
    answer = client.get("/language/xx/")
    assert answer.status_code == 404
    assert "django_language" not in answer.cookies


def test_the_frame_of_a_page_sets_no_cookie(client: Client) -> None:
    answer = client.get("/nowhere/", headers={"accept-language": "de"})
    assert answer.status_code == 404
    assert not answer.cookies
