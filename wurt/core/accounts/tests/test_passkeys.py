"""Passkeys without a browser: what is sent by hand, keys that are taken, and factors that are taken away.

The ceremony itself runs in a real browser: tests/browser/test_passkeys.py.
"""

import json
import resource
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.world import World, make_world
from wurt.core.accounts import actions
from wurt.core.accounts.devices import device_name
from wurt.core.accounts.tests.test_login import code, enter, trail
from wurt.core.action.guard import writes_allowed

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/konto/2fa/webauthn/add/"
PASSKEY_LOGIN = "/konto/2fa/webauthn/login/"


@pytest.fixture
def world() -> World:
    cache.clear()
    with writes_allowed("world"):
        return make_world()


def staff(world: World, role: str = "county_admin") -> Client:
    client = enter(world, role)
    client.post("/konto/2fa/authenticate/", {"code": code()})
    return client


JUNK: list[Any] = [
    "",
    "{",
    "5",
    "[]",
    "null",
    '"x"',
    "{}",
    '{"response": 5}',
    '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"attestationObject": "oA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
    json.dumps({"id": "x" * 30_000}),
]


@pytest.mark.parametrize("junk", JUNK)
def test_what_no_browser_sends_is_refused_in_words(world: World, junk: str) -> None:
    client = enter(world, "resident")
    client.get(ADD)
    answer = client.post(ADD, {"name": "x", "credential": junk})
    assert answer.status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()
    visitor = Client()
    visitor.get(PASSKEY_LOGIN, headers={"accept": "application/json"})
    refused = visitor.post(PASSKEY_LOGIN, {"credential": junk})
    assert refused.headers["Location"] == "/konto/login/"
    assert [str(message) for message in get_messages(refused.wsgi_request)]
    second = enter(world, "county_admin")
    assert second.post("/konto/2fa/authenticate/", {"credential": junk}).status_code == 200
    assert second.get("/verwaltung/personen/").status_code == 302


@pytest.mark.parametrize(
    "thing",
    [
        {"id": 40_000_000_000, "rawId": 40_000_000_000, "type": "public-key", "response": {}},
        {"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": 40_000_000_000}},
        {
            "id": "eA",
            "rawId": "eA",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "userHandle": 40_000_000_000},
        },
    ],
)
def test_a_number_does_not_take_the_memory(world: World, thing: object) -> None:
    """40 GB in one request, where the library makes a number into so many bytes."""
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (12 * 1024**3, limits[1]))
    try:
        client = enter(world, "resident")
        client.get(ADD)
        assert client.post(ADD, {"name": "x", "credential": json.dumps(thing)}).status_code == 200
        visitor = Client()
        visitor.get(PASSKEY_LOGIN, headers={"accept": "application/json"})
        refused = visitor.post(PASSKEY_LOGIN, {"credential": json.dumps(thing)})
        assert refused.headers["Location"] == "/konto/login/"
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    thing=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "userHandle"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_no_shape_of_junk_signs_anybody_in(world: World, thing: object) -> None:
    cache.clear()
    visitor = Client()
    visitor.get(PASSKEY_LOGIN, headers={"accept": "application/json"})
    answer = visitor.post(PASSKEY_LOGIN, {"credential": json.dumps(thing)})
    assert answer.headers["Location"] == "/konto/login/"
    assert "_auth_user_id" not in visitor.session


def test_a_key_that_somebody_else_registered_is_refused(world: World) -> None:
    Authenticator.objects.create(
        user=world.users["coordinator"], type="webauthn", data={"name": "A", "credential": {"id": "abc"}}
    )
    client = enter(world, "resident")
    client.get(ADD)
    known = {"id": "abc", "rawId": "abc", "type": "public-key", "response": {}}
    answer = client.post(ADD, {"credential": json.dumps(known)}, headers={"accept-language": "de"})
    assert answer.context["form"].errors["credential"] == [
        "Dieser Passkey ist schon eingetragen. Wählen Sie ein anderes Gerät oder einen anderen Schlüssel."
    ]
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_taking_the_last_factor_away_closes_the_desk_at_once_and_everywhere(world: World) -> None:
    here = staff(world)
    assert here.get("/verwaltung/personen/").status_code == 200
    time.sleep(0.01)
    there = Client()
    there.force_login(world.users["county_admin"])
    there.get("/konto/")
    from allauth.usersessions.models import UserSession

    UserSession.objects.create(
        user=world.users["county_admin"], ip="127.0.0.1", session_key=there.session.session_key
    )
    assert here.post("/konto/2fa/totp/deactivate/").status_code == 302
    assert here.get("/verwaltung/personen/").headers["Location"].startswith("/konto/zweiter-faktor/")
    assert there.get("/konto/").headers["Location"].startswith("/konto/login/")
    assert not Authenticator.objects.filter(user=world.users["county_admin"]).exists()
    assert trail("county_admin", world)[-2:] == ["accounts.second_factor_removed"] * 2


def test_the_administrator_takes_lost_passkeys_away(world: World) -> None:
    person = world.person("coordinator")
    Authenticator.objects.create(
        user=world.users["coordinator"], type="webauthn", data={"name": "A", "credential": {"id": "abc"}}
    )
    actions.reset_second_factor(world.actor("county_admin"), person=person.public_id)
    assert not Authenticator.objects.filter(user=world.users["coordinator"]).exists()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/126.0.0.0 Mobile Safari/537.36",
            "Chrome, Android-Gerät",
        ),
        ("curl/8.5.0", "Unbekanntes Gerät"),
        ("", "Unbekanntes Gerät"),
    ],
)
def test_devices_are_named_so_that_people_know_them(agent: str, name: str) -> None:
    assert device_name(agent) == name
