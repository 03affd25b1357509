"""Every address against requests that nobody meant: forged forms, foreign targets, fields of no form."""

import functools
import re
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import get_resolver

from tests.access.table import Row
from tests.access.test_access import ROWS
from tests.access.world import World
from tests.security.walking import EVIL, addresses, keys, send, snapshot, url_of, writes

pytestmark = pytest.mark.no_database

WITHOUT_PROOF = {
    # One click in the mail program, by RFC 8058: the address itself holds an unguessable, signed token.
    "notices:unsubscribe",
}
PROBES = {"operate:healthz", "operate:readyz", "operate:metrics"}
"""Answered before any form is looked at; they read only."""


@pytest.mark.parametrize("row", addresses(), ids=lambda row: row.name)
def test_no_form_is_accepted_without_proof_of_origin(world: World, row: Row) -> None:
    """ASVS V3.5.1. Whoever exempts an address must name it above."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("county_admin").cookies
    before = keys()
    response = client.post(url_of(world, row), row.data(world))
    if row.name in PROBES:
        assert response.status_code in (404, 405)
    elif row.name.startswith("agenda:api:"):
        assert response.status_code in (403, 405)
    elif row.name not in WITHOUT_PROOF:
        assert response.status_code == 403
        assert keys() == before


def test_what_is_exempt_is_named() -> None:
    exempt = set()

    def walk(patterns, space=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner)
            elif getattr(pattern.callback, "csrf_exempt", False):
                exempt.add(f"{space}{pattern.name}")

    walk(get_resolver().url_patterns)
    reading = {name for name in exempt if name.startswith("agenda:api:")}  # GET only, without any session
    assert exempt - reading == WITHOUT_PROOF


TARGETS = [f"https://{EVIL}/", f"//{EVIL}/", f"/\\{EVIL}", f"https:{EVIL}", "javascript:alert(1)"]
PARAMETERS = ("next", "url", "redirect", "redirect_to", "return", "continue", "goto", "back")


@pytest.mark.parametrize("role", ["anonymous", "county_admin"])
def test_no_address_leads_to_another_site(world: World, role: str) -> None:
    """ASVS V3.7.2: whatever ``next`` and its relatives say, on every address.

    An address that leads nowhere, whether asked to stay inside or to leave, is not asked further.
    """
    client = world.client(role)
    leading = []
    for row in addresses():
        if row.name == "account_logout":
            continue
        asked = [
            client.get(url_of(world, row), dict.fromkeys(PARAMETERS, t)) for t in ("/suche/", TARGETS[0])
        ]
        if any("Location" in response.headers for response in asked):
            leading.append(row)
    assert "account_login" in {row.name for row in leading} or role == "anonymous"
    for row in leading:
        for target in TARGETS:
            response = client.get(url_of(world, row), dict.fromkeys(PARAMETERS, target))
            assert leads_inside(response.headers.get("Location", "/")), f"{row.name} {target}"


def leads_inside(location: str) -> bool:
    parts = urlsplit(location)
    return parts.scheme == "" and parts.netloc == "" and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("row", writes(), ids=str)
def test_no_form_leads_to_another_site(world: World, row: Row) -> None:
    extra = {"next": f"https://{EVIL}/", "success_url": f"https://{EVIL}/"}
    response = send(world.client("county_admin"), world, row, extra)
    assert leads_inside(response.headers.get("Location", "/"))


def test_the_check_of_targets_finds_what_leads_away() -> None:
    bad = [f"https://{EVIL}", f"//{EVIL}", f"/\\{EVIL}", "javascript:alert(1)"]
    assert [one for one in bad if leads_inside(one)] == []
    assert leads_inside("/konto/?next=/x")


# --- mass assignment (ASVS V15.3.3)

NAMES = re.compile(rb'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')
OWN = {"csrfmiddlewaretoken", "once", "next", "version", "topics"}
"""Fields of forms that their page does not always show (``topics``: a list of choices that may be empty)."""


def offered(world: World, row: Row) -> set[str]:
    """The fields that the page of the form shows, and those that the row sends."""
    shown = set(row.data(world)) | OWN
    for role in ("anonymous", "county_admin"):
        page = world.client(role).get(url_of(world, row))
        if page.status_code == 200:
            shown |= {name.decode() for name in NAMES.findall(page.content)}
    return shown


def every_column() -> dict[str, str]:
    """A value for each column of each table, that would be bad if it were taken."""
    values: dict[str, str] = {}

    @functools.cache
    def first(model: type[models.Model]) -> str:
        return str(model._base_manager.values_list("pk", flat=True).first() or 1)

    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.BooleanField):
                value = "on"
            elif isinstance(field, models.ForeignKey):
                value = first(field.related_model)
            elif isinstance(field, models.DateTimeField | models.DateField):
                value = "2001-01-01"
            elif isinstance(field, models.IntegerField):
                value = "1"
            else:
                value = "smuggled"
            values.setdefault(field.name, value)
            values.setdefault(field.attname, value)
    return values | {"role": "county_admin", "roles": "county_admin", "is_superuser": "on", "actor": "1"}


@pytest.mark.parametrize("row", writes(), ids=str)
def test_fields_that_a_form_does_not_have_change_nothing(world: World, row: Row) -> None:
    known = offered(world, row)
    extra = {name: value for name, value in every_column().items() if name not in known}
    before = keys()
    mark = transaction.savepoint()
    plain = send(world.client("county_admin"), world, row, {"csrfmiddlewaretoken": "as every page sends"})
    expected = snapshot(before)
    transaction.savepoint_rollback(mark)
    answer = send(world.client("county_admin"), world, row, extra)
    assert (answer.status_code, answer.headers.get("Location", "")[:12]) == (
        plain.status_code,
        plain.headers.get("Location", "")[:12],
    )
    found = snapshot(before)
    assert {name: rows for name, rows in found.items() if rows != expected[name]} == {}


def test_the_snapshot_sees_a_smuggled_value(world: World) -> None:
    """The control: one field that is taken shows."""
    before = keys()
    expected = snapshot(before)
    person = world.person("resident")
    person.function = "smuggled"
    person.save()
    assert [name for name, rows in snapshot(before).items() if rows != expected[name]] == ["tenancy.person"]


def test_a_parameter_sent_twice_or_in_the_wrong_place_is_not_taken(world: World) -> None:
    """ASVS V15.3.7: what belongs into the form is not read from the address."""
    row = next(row for row in ROWS if row.name == "pages:create" and row.method == "POST")
    data = row.data(world)
    title = data.pop("title")
    response = world.client("county_admin").post(f"{url_of(world, row)}?title={title}", data)
    assert response.status_code == 422
