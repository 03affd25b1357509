"""Probes, figures, request ids, log lines."""

import json
import logging
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from wurt.core.audit.models import AuditEntry
from wurt.core.db import request_id
from wurt.core.db.clock import now
from wurt.core.db.schema import known
from wurt.core.operate import middleware, views
from wurt.core.operate.logs import JsonFormatter, TextFormatter
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import Heart


def away(*args, **kwargs):
    raise OperationalError("connection refused to 10.0.0.7")


def test_healthz_asks_nobody(client):
    answer = client.get("/healthz", headers={"host": "10.0.0.3:8000"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_readyz_says_numbers_only(client, django_assert_num_queries):
    Delivery.objects.create(
        handler="secret.handler", key=uuid4().hex, payload={"x": "private"}, due=now() - timedelta(hours=1)
    )
    with django_assert_num_queries(4):  # is there a table of migrations, which, the queue, the workers
        answer = client.get("/readyz")
    assert answer.status_code == 200
    content = answer.json()
    waited = content["queue"].pop("oldest_waits_seconds")
    assert content == {
        "status": "ready",
        "attention": ["queue_stalled", "no_worker"],
        "queue": {"open": 1, "dead": 0},
        "workers": {"alive": 0, "last_seen_seconds": None},
    }
    assert 3600 <= waited < 3700
    assert "secret" not in answer.text
    assert "private" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
def test_readyz_sees_the_worker(client):
    Heart().beat()
    content = client.get("/readyz").json()
    assert content["attention"] == []
    assert content["workers"]["alive"] == 1
    assert content["workers"]["last_seen_seconds"] in range(60)


def test_readyz_without_a_database_is_503(client, monkeypatch):
    monkeypatch.setattr(views, "missing", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "attention": ["database"]}


@pytest.mark.django_db
def test_readyz_with_an_old_database_is_503(client, monkeypatch):
    monkeypatch.setattr("wurt.core.db.schema.known", lambda: known() | {("agenda", "9999_future")})
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "attention": ["migrations"], "migrations_missing": 1}


@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["agenda.kreis.example"])
@pytest.mark.django_db
def test_probes_need_neither_tls_nor_the_right_name():
    client = Client(headers={"host": "172.17.0.2:8000"})
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics")] == [200, 200, 404]
    assert client.get("/").status_code in (301, 400)


# --- figures


@pytest.mark.django_db
@override_settings(WURT_METRICS_TOKEN="a-long-token")
def test_figures_only_with_the_token():
    client = Client()
    client.get("/healthz")
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer a-long-toke"}).status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer ä"}).status_code == 401
    Delivery.objects.create(handler="x", key="dead", dead=now())
    answer = client.get("/metrics", headers={"authorization": "Bearer a-long-token"})
    assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    assert "wurt_queue_dead 1.0" in lines
    assert "wurt_workers_alive 0.0" in lines
    assert "wurt_database_up 1.0" in lines
    assert any(
        line.startswith('wurt_requests_total{method="GET",status="200",view="operate:healthz"}')
        for line in lines
    )


@pytest.mark.django_db
@override_settings(WURT_METRICS_TOKEN="a-long-token")
def test_figures_without_a_database(monkeypatch):
    monkeypatch.setattr("wurt.core.operate.metrics.health", away)
    answer = Client().get("/metrics", headers={"authorization": "Bearer a-long-token"})
    assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    assert "wurt_database_up 0.0" in lines
    assert [line for line in lines if line.startswith("wurt_queue")] == []


# --- request ids


def test_every_answer_carries_an_id_of_ours(client):
    first, second = (client.get("/healthz", headers={"x-request-id": "a-stranger-1"}) for _ in "12")
    assert len(first["X-Request-ID"]) == 12
    assert first["X-Request-ID"] != second["X-Request-ID"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0190c5a2-trusted", True), ("short", False), ("with space and more", False), ("x" * 65, False)],
)
def test_only_a_trusted_proxy_names_the_request(given, kept):
    with override_settings(WURT_PROXIES=1):
        layer = middleware.RequestIdMiddleware(lambda request: HttpResponse(request_id.current()))
        answer = layer(RequestFactory().get("/", headers={"x-request-id": given}))
    assert (answer["X-Request-ID"] == given) is kept
    assert answer.content.decode() == answer["X-Request-ID"]
    assert request_id.current() == ""


def test_the_incident_is_the_request():
    client = Client(raise_request_exception=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "missing", lambda: 1 / 0)
        answer = client.get("/readyz")
    assert answer.status_code == 500
    assert f"<strong>{answer['X-Request-ID']}</strong>" in answer.content.decode()


@pytest.mark.django_db
def test_the_trail_names_the_request(writing):
    from wurt.core.accounts.actors import actor_for

    request = RequestFactory().get("/")
    request.session = type("S", (), {"session_key": None})()
    request.LANGUAGE_CODE = "de"
    with request_id.requested("abcdef012345"):
        assert actor_for(request).request_id == "abcdef012345"
    assert AuditEntry._meta.get_field("request_id").max_length == 64


# --- log lines


def record(message="%s did", args=("x",), **extra):
    found = logging.LogRecord("wurt.toy", logging.INFO, "f.py", 1, message, args, None)
    found.__dict__.update(extra)
    return found


def test_json_lines_hold_message_request_and_fields():
    with request_id.requested("abcdef012345"):
        line = json.loads(JsonFormatter().format(record(fields={"ms": 1.5})))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info", "logger": "wurt.toy", "message": "x did", "request": "abcdef012345", "ms": 1.5,
    }  # fmt: skip


def test_a_json_line_stays_one_line_with_a_traceback():
    try:
        raise ValueError("two\nlines")
    except ValueError:
        text = JsonFormatter().format(record(exc_info=sys.exc_info()))
    assert "\n" not in text
    assert "ValueError: two" in json.loads(text)["exception"]
    assert "request" not in json.loads(text)


def test_text_lines_end_with_the_request():
    formatter = TextFormatter("{levelname} {message}", style="{")
    assert formatter.format(record()) == "INFO x did"
    with request_id.requested("abcdef012345"):
        assert formatter.format(record()) == "INFO x did [abcdef012345]"


@pytest.mark.django_db
def test_the_line_of_a_request_names_the_page_not_the_path(client, caplog):
    logger = logging.getLogger("wurt.access")
    logger.addHandler(caplog.handler)
    level, _ = logger.level, logger.setLevel("INFO")
    client.get("/theme.css?secret=1")
    client.get("/nowhere/key-of-an-invitation/")
    logger.setLevel(level)
    logger.removeHandler(caplog.handler)
    lines = [found.fields for found in caplog.records if found.name == "wurt.access"]
    assert [(line["view"], line["status"]) for line in lines] == [("web:theme", 200), ("", 404)]
    assert "secret" not in caplog.text
    assert "invitation" not in "".join(map(str, lines))
