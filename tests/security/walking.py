"""What the walks share: every address once, every write once, and what the database holds."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.table import Row
from tests.access.test_access import ROWS
from tests.access.world import World
from wurt.core.links.models import Link

EVIL = "evil.example"


def addresses() -> list[Row]:
    """One row per address, whatever its methods and cases."""
    return list({row.name: row for row in reversed(ROWS)}.values())


def writes(role: str = "county_admin") -> list[Row]:
    """The POST rows that the role carries out."""
    return [row for row in ROWS if row.method == "POST" and row.answers[role] in (200, 302)]


def url_of(world: World, row: Row) -> str:
    return reverse(row.name, kwargs=row.kwargs(world))


def send(client: Client, world: World, row: Row, extra: dict[str, Any] | None = None) -> HttpResponse:
    """The row's request; ``extra`` is sent besides its data."""
    address = url_of(world, row)
    if row.method == "GET":
        return client.get(address, extra)
    return client.post(address, {**row.data(world), **(extra or {})})


Snapshot = dict[str, list[tuple[Any, ...]]]
VOLATILE = (models.DateTimeField, models.DateField, models.UUIDField, models.BinaryField)
UNSTABLE_TABLES = ("sessions.", "usersessions.", "action.oncetoken", "search.", "outbox.delivery")


def keys() -> dict[str, set[Any]]:
    """The primary keys of every table."""
    return {
        model._meta.label_lower: set(model._base_manager.values_list("pk", flat=True)) for model in _models()
    }


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model._meta.managed and not model._meta.label_lower.startswith(UNSTABLE_TABLES):
            yield model


def snapshot(before: dict[str, set[Any]]) -> Snapshot:
    """All rows without what differs from run to run: times, random ids, and the keys of new rows."""
    codes = list(Link.objects.values_list("code", flat=True))
    return {model._meta.label_lower: sorted(_rows(model, before, codes), key=repr) for model in _models()}


def _rows(
    model: type[models.Model], before: dict[str, set[Any]], codes: list[str]
) -> Iterator[tuple[Any, ...]]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, VOLATILE) and field.name not in ("request_id", "password")
    ]
    for values in model._base_manager.values_list(*(field.attname for field in fields)):
        yield tuple(_stable(field, value, before, codes) for field, value in zip(fields, values, strict=True))


def _stable(field: Any, value: Any, before: dict[str, set[Any]], codes: list[str]) -> Any:
    if field.primary_key or isinstance(field, models.ForeignKey):
        model = field.model if field.primary_key else field.related_model
        known = before.get(model._meta.label_lower, set())
        return value if value is None or value in known or isinstance(value, UUID) else "new"
    if isinstance(value, str | dict | list):
        text = _RANDOM.sub("~", str(value))
        for code in codes:
            text = text.replace(code, "~")
        return text
    return value


_RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,}|pbkdf2\S+|md5\$\S+"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*|\b\d+\b"
)
