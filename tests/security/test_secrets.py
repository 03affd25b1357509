"""No password, code, key, token or address reaches a log line (ASVS 5.0, V16.2.5, V14.2.1)."""

import logging
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from wurt.config import env
from wurt.core.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "Vier Boote im Hafen"
EMAIL = "ole@moorland.example"


def test_signing_in_and_out_and_resetting_leave_no_secret(writing, caplog, capfd, settings):
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    caplog.set_level(logging.DEBUG)
    for name in ("django.db.backends", "wurt.access", "wurt.audit", "django.request", "allauth"):
        logging.getLogger(name).setLevel(logging.INFO)
    client = Client(raise_request_exception=False)
    client.post("/konto/login/", {"login": EMAIL, "password": "falsches-geheimnis"})
    client.post("/konto/login/", {"login": EMAIL, "password": PASSWORD})
    session, proof = client.cookies["sessionid"].value, client.cookies["csrftoken"].value
    client.get("/projekte/?q=geheime-frage")
    client.post("/konto/logout/")
    Client().post("/konto/login/code/", {"email": EMAIL})
    Client().post("/konto/password/reset/", {"email": EMAIL})
    keys = re.findall(r"/konto/password/reset/key/(\S+)", mail.outbox[-1].body)
    codes = re.findall(
        r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", "\n".join(one.body for one in mail.outbox), re.MULTILINE
    )
    client.get(f"/konto/password/reset/key/{keys[0]}")
    client.get("/gibt-es-nicht/geheimer-pfad/?token=geheimes-token")
    Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"})
    out = capfd.readouterr()
    told = caplog.text + out.out + out.err
    secrets = [
        PASSWORD,
        "falsches-geheimnis",
        session,
        proof,
        EMAIL,
        "geheime-frage",
        "geheimes-token",
        *keys,
        *codes,
    ]
    assert len(codes) == 1
    assert [secret for secret in secrets if secret in told] == []


def test_a_fault_is_logged_without_what_was_sent(caplog, monkeypatch):
    caplog.set_level(logging.INFO)

    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("wurt.core.search.views.search", broken)
    Client(raise_request_exception=False).get(
        "/suche/?q=geheime-frage", headers={"Cookie": "x=geheimer-keks"}
    )
    assert "broken" in caplog.text
    for secret in ("geheime-frage", "geheimer-keks"):
        assert secret not in caplog.text


def test_settings_that_are_secret_are_marked():
    secret = {one.name for one in env.VARIABLES if one.secret}
    named = {
        one.name
        for one in env.VARIABLES
        if re.search(r"KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL|MAIL_URL", one.name)
    }
    assert named - secret == set()
