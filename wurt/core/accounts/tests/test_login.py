"""Signing in as people do it: forms, codes, second factor, and what the trail keeps of it."""

import re
import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.access.world import PASSWORD, SECRET, World, make_world
from wurt.core.accounts import demo
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import NotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    cache.clear()
    with writes_allowed("world"):
        return make_world()


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))


def enter(world: World, role: str, password: str = PASSWORD, address: str = "/konto/login/") -> Client:
    client = Client()
    client.last = client.post(address, {"login": world.users[role].email, "password": password})
    return client


def trail(role: str, world: World) -> list[str]:
    name = str(world.person(role).public_id)
    return list(AuditEntry.objects.filter(object_id=name).order_by("pk").values_list("action", flat=True))


def test_a_resident_signs_in_with_a_password(world: World) -> None:
    client = enter(world, "resident")
    assert client.last.headers["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200
    assert trail("resident", world) == ["accounts.logged_in"]


def test_staff_enter_the_code_and_the_session_counts(world: World) -> None:
    client = enter(world, "county_admin", address="/konto/login/?next=/verwaltung/personen/")
    assert client.last.headers["Location"].startswith("/konto/2fa/authenticate/")
    assert client.get("/verwaltung/personen/").status_code == 302
    wrong = client.post("/konto/2fa/authenticate/", {"code": "000000" if code() != "000000" else "111111"})
    assert wrong.status_code == 200
    right = client.post("/konto/2fa/authenticate/", {"code": code()})
    assert right.headers["Location"] == "/verwaltung/personen/"
    assert client.get("/verwaltung/personen/").status_code == 200
    assert trail("county_admin", world) == [
        "accounts.second_factor_rejected",
        "accounts.second_factor_used",
        "accounts.logged_in",
    ]


def test_a_wrong_password_is_noted_by_id_and_an_unknown_address_not_at_all(world: World) -> None:
    enter(world, "coordinator", password="falsch")
    assert trail("coordinator", world) == ["accounts.login_failed"]
    Client().post("/konto/login/", {"login": "niemand@moorland.example", "password": "x"})
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.object_id) == ("accounts.login_failed", "anonymous", "unknown")
    assert "niemand" not in str(entry.before) + str(entry.after)


def test_too_many_attempts_are_stopped(world: World) -> None:
    for _ in range(5):
        enter(world, "resident", password="falsch")
    assert "__all__" in enter(world, "resident").last.context["form"].errors
    assert "accounts.logged_in" not in trail("resident", world)


def test_staff_without_a_second_factor_are_led_through_and_back(world: World) -> None:
    """No dead end: from the page that was refused to the set-up, the recovery codes, and on to that page."""
    client = enter(world, "county_admin_without_factor")
    assert client.last.headers["Location"] == "/konto/zweiter-faktor/"
    refused = client.get("/verwaltung/personen/")
    assert refused.headers["Location"].startswith("/konto/zweiter-faktor/?next=")
    way = client.get(refused.headers["Location"])
    assert "/konto/2fa/totp/activate/" in way.content.decode()
    page = client.get("/konto/2fa/totp/activate/")
    assert page.status_code == 200
    text = page.content.decode()
    secret = page.context["form"].secret
    assert f'<code class="wurt-code">{secret}</code>' in text
    assert 'src="data:image/svg+xml;base64,' in text
    assert "style=" not in text
    assert "<script>" not in text
    done = client.post("/konto/2fa/totp/activate/", {"code": code(secret)})
    assert done.headers["Location"] == "/konto/2fa/recovery-codes/"
    codes = client.get("/konto/2fa/recovery-codes/")
    assert codes.content.decode().count('<code class="wurt-code">') == 10
    assert client.get("/konto/zweiter-faktor/").headers["Location"] == "/verwaltung/personen/"
    assert client.get("/verwaltung/personen/").status_code == 200
    assert trail("county_admin_without_factor", world)[-1] == "accounts.second_factor_added"


def test_a_session_from_before_the_second_factor_enters_it(world: World) -> None:
    client = Client()
    client.force_login(world.users["county_admin"])
    way = client.get("/verwaltung/personen/", follow=True)
    assert "/konto/2fa/reauthenticate/?next=/konto/zweiter-faktor/" in way.content.decode()
    done = client.post("/konto/2fa/reauthenticate/?next=/konto/zweiter-faktor/", {"code": code()})
    assert done.headers["Location"] == "/konto/zweiter-faktor/"
    assert client.get("/konto/zweiter-faktor/").headers["Location"] == "/verwaltung/personen/"
    assert client.get("/verwaltung/personen/").status_code == 200


def test_the_way_leads_to_our_own_pages_only(world: World) -> None:
    client = world.client("county_admin")
    way = client.get("/konto/zweiter-faktor/?next=https://evil.example/").headers["Location"]
    assert way == "/verwaltung/agenda/aufgaben/"


def test_a_code_by_mail_replaces_the_password_but_not_the_second_factor(world: World) -> None:
    client = Client()
    client.post("/konto/login/code/", {"email": world.users["coordinator"].email})
    (message,) = mail.outbox
    sent = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", message.body, re.MULTILINE)
    assert sent is not None
    answer = client.post("/konto/login/code/confirm/", {"code": sent.group(1)})
    assert answer.headers["Location"].startswith("/konto/2fa/authenticate/")
    assert client.get("/konto/").status_code == 302


def test_second_factor_and_recovery_codes_are_unreadable_in_the_database(world: World) -> None:
    user = world.users["county_admin"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data FROM mfa_authenticator WHERE user_id = %s", [user.pk])
        stored = dict(cursor.fetchall())
    assert set(stored) == {"totp", "recovery_codes"}
    assert SECRET not in str(stored)
    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    assert not [one for one in recovery.generate_codes() if one in str(stored)]
    assert Authenticator.objects.get(user=user, type="totp").wrap().validate_code(code())


def test_a_lost_phone_is_replaced_by_a_recovery_code_once(world: World) -> None:
    spare = Authenticator.objects.get(
        user=world.users["county_admin"], type="recovery_codes"
    ).wrap().generate_codes()[0]  # fmt: skip
    client = enter(world, "county_admin")
    assert client.post("/konto/2fa/authenticate/", {"code": spare}).status_code == 302
    assert client.get("/verwaltung/personen/").status_code == 200
    again = enter(world, "county_admin")
    assert again.post("/konto/2fa/authenticate/", {"code": spare}).status_code == 200


def test_demo_codes_need_the_demo_on_this_machine(world: World, settings) -> None:
    user = world.users["resident"]
    for is_demo, address in ((False, "http://localhost:8000"), (True, "https://wurt.example")):
        settings.WURT_DEMO, settings.WURT_URL = is_demo, address
        for act in (demo.seed_totp, demo.current_code):
            with pytest.raises(NotAllowed):
                act(user)
    settings.WURT_DEMO, settings.WURT_URL = True, "http://localhost:8000"
    demo.seed_totp(user)
    demo.seed_totp(user)
    assert Authenticator.objects.filter(user=user).count() == 1
    assert Authenticator.objects.get(user=user).wrap().validate_code(demo.current_code(user))


def test_signing_up_is_closed_unless_the_county_opens_it(world: World, settings) -> None:
    values = {"email": "buerger@moorland.example", "password1": PASSWORD}
    Client().post("/konto/signup/", values)
    assert not type(world.users["resident"]).objects.filter(email=values["email"]).exists()
    settings.WURT_SIGNUP = True
    Client().post("/konto/signup/", values)
    user = type(world.users["resident"]).objects.get(email=values["email"])
    assert user.person is not None
    assert not user.person.grants.exists()
