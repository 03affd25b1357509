"""The mail server is away: what people do at the login goes on, and they are told."""

import smtplib
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from tests.access.world import PASSWORD, World, make_world
from wurt.core.action.guard import writes_allowed

pytestmark = pytest.mark.django_db(transaction=True)


class Away(BaseEmailBackend):
    """A mail server whose name nobody knows, or that hangs up."""

    error: OSError = OSError(-2, "Name or service not known")

    def send_messages(self, email_messages: Any) -> int:
        raise self.error


@pytest.fixture(params=[OSError(-2, "Name or service not known"), smtplib.SMTPServerDisconnected("gone")])
def world(request: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    monkeypatch.setattr(Away, "error", request.param)
    with writes_allowed("world"):
        return make_world()


def test_a_new_password_is_saved_and_the_person_is_told(world: World) -> None:
    client = world.client("resident")
    new = "Sieben Schafe am Deich"
    answer = client.post(
        "/konto/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        follow=True,
        headers={"accept-language": "de"},
    )
    assert answer.status_code == 200
    assert "weil der Mailserver nicht antwortet" in answer.content.decode()
    world.users["resident"].refresh_from_db()
    assert world.users["resident"].check_password(new)


@pytest.mark.parametrize("name", ["resident", "unknown"])
def test_known_and_unknown_addresses_get_the_same_answer(world: World, name: str) -> None:
    email = world.users["resident"].email if name == "resident" else "niemand@moorland.example"
    answer = Client(headers={"accept-language": "de"}).post(
        "/konto/password/reset/", {"email": email}, follow=True
    )
    assert answer.status_code == 200
    assert "weil der Mailserver nicht antwortet" in answer.content.decode()
