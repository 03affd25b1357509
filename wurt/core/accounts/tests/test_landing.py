"""Where signing in leads: staff to their work, everybody else to their page, and wherever ``next`` says."""

import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.access.world import PASSWORD, SECRET, World, make_world

pytestmark = pytest.mark.django_db
DESK = "/verwaltung/agenda/aufgaben/"


@pytest.fixture
def world(writing: None) -> World:
    return make_world()


def landing(world: World, role: str, query: str = "") -> str:
    """Where somebody arrives who gives the password and, if asked for it, the code."""
    client = Client()
    done = client.post(f"/konto/login/{query}", {"login": world.users[role].email, "password": PASSWORD})
    where = done.headers["Location"]
    if "/konto/2fa/" in where:
        code = format_hotp_value(hotp_value(SECRET, int(time.time()) // app_settings.TOTP_PERIOD))
        where = client.post(where, {"code": code}).headers["Location"]
    assert client.get(where).status_code in (200, 302)
    return where


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("county_admin", DESK),
        ("coordinator", DESK),
        ("county_admin_without_factor", "/konto/zweiter-faktor/"),
        ("resident", "/konto/"),
    ],
)
def test_without_a_wish(world: World, role: str, place: str) -> None:
    assert landing(world, role) == place


@pytest.mark.parametrize("role", ["county_admin", "resident"])
def test_with_one(world: World, role: str) -> None:
    assert landing(world, role, "?next=/projekte/") == "/projekte/"
    assert landing_again(world, role) == "/projekte/"


def landing_again(world: World, role: str) -> str:
    """Whoever is signed in already and opens the page for signing in."""
    return str(world.client(role).get("/konto/login/?next=/projekte/").headers["Location"])


def test_signed_in_already(world: World) -> None:
    assert world.client("county_admin").get("/konto/login/").headers["Location"] == DESK
    assert world.client("resident").get("/konto/login/").headers["Location"] == "/konto/"


def test_a_foreign_wish_is_not_granted(world: World) -> None:
    assert landing(world, "county_admin", "?next=https://evil.example/") == DESK


def test_the_second_factor_leads_on(world: World) -> None:
    assert world.client("county_admin").get("/konto/zweiter-faktor/").headers["Location"] == DESK
    assert world.client("resident").get("/konto/zweiter-faktor/").status_code == 302
