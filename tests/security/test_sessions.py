"""A session belongs to one sign-in: nobody plants it, keeps it or uses it later (ASVS 5.0, V7.2–V7.4)."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from wurt.core.accounts.models import User
from wurt.core.db.clock import now
from wurt.core.tenancy.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "Vier Boote im Hafen"
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def user(writing):
    person = Person.objects.create(name="Ole Harms")
    made = User.objects.create_user("ole@moorland.example", PASSWORD, person=person)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def sign_in(client: Client, user: User, password: str = PASSWORD) -> str:
    client.post("/konto/login/", {"login": user.email, "password": password})
    return client.cookies[COOKIE].value


def with_session(key: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = key
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/konto/email/").status_code == 200


def test_signing_in_makes_a_new_session_and_a_new_proof_of_origin(user):
    client = Client()
    client.get("/konto/login/")
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies[COOKIE] = planted.session_key
    proof = client.cookies["csrftoken"].value
    key = sign_in(client, user)
    assert key != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()
    assert client.cookies["csrftoken"].value != proof
    assert not is_signed_in(with_session(planted.session_key))


def test_an_id_that_somebody_made_up_is_never_taken_over(user):
    made_up = "a" * 32
    client = with_session(made_up)
    assert sign_in(client, user) != made_up
    assert not Session.objects.filter(session_key=made_up).exists()


def test_ids_cannot_be_guessed(user):
    keys = {sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), user) for number in range(4)}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}  # of 36 signs each: 165 bits


def test_signing_out_ends_the_session_on_the_server(user):
    client = Client()
    key = sign_in(client, user)
    assert is_signed_in(with_session(key))
    client.post("/konto/logout/")
    assert not Session.objects.filter(session_key=key).exists()
    assert not is_signed_in(with_session(key))


def test_a_new_password_ends_all_other_sessions(user):
    client, elsewhere = Client(), Client(REMOTE_ADDR="192.0.2.9")
    key, other = sign_in(client, user), sign_in(elsewhere, user)
    new = "Sieben Schafe am Deich"
    answer = client.post(
        "/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(with_session(other))
    assert not is_signed_in(with_session(key)), "the session that changed it has a new id"


def test_a_session_that_ran_out_is_nobodys(user):
    """How long it lasts: wurt/core/accounts/tests/test_sessions.py."""
    client = Client()
    key = sign_in(client, user)
    assert not settings.SESSION_SAVE_EVERY_REQUEST, "reading a page must not make it last longer"
    Session.objects.filter(session_key=key).update(expire_date=now() - timedelta(seconds=1))
    assert not is_signed_in(client)


def test_a_closed_login_ends_at_once(user):
    client = Client()
    sign_in(client, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_no_address_is_told_from_another(user):
    """ASVS V6.3: a stranger cannot find out who has a login: same page, same words, same status."""
    pages = []
    for email in (user.email, "niemand@moorland.example"):
        login = Client().post("/konto/login/", {"login": email, "password": "falsch"})
        reset = Client().post("/konto/password/reset/", {"email": email})
        code = Client().post("/konto/login/code/", {"email": email})
        text = login.content.decode().replace(email, "~").split("<main")[1].split("csrfmiddlewaretoken")[0]
        pages.append(
            [
                login.status_code,
                text,
                reset.status_code,
                reset["Location"],
                code.status_code,
                code["Location"],
            ]
        )
    assert pages[0] == pages[1]
