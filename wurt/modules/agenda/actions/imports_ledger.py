"""What a batch wrote, kept so that it can be taken back: rows made, and values changed with those before."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from wurt.core.action.run import changed

M = TypeVar("M", bound=models.Model)

NOT_COMPARED = frozenset({"version", "changed", "salt"})
"""Counters, and secrets that have no place in a ledger."""


def values_of(row: models.Model) -> dict[str, Any]:
    """The row's columns as plain JSON values."""
    names = [f.attname for f in row._meta.concrete_fields if f.name not in NOT_COMPARED]
    return plain({name: getattr(row, name) for name in names})


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON would keep them."""
    result: dict[str, Any] = json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder))
    return result


def _column(row: models.Model, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return str(field.attname)


class Ledger:
    """Writes rows and remembers them.

    ``created``: {model: {pk: values}}; ``changed``: [[model, pk, old, new]].
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.created: dict[str, dict[str, Any]] = {k: dict(v) for k, v in data.get("created", {}).items()}
        self.changed: list[list[Any]] = [list(entry) for entry in data.get("changed", [])]
        self._touched: list[models.Model] = []

    def create(self, row: M) -> M:
        """Save a new row."""
        row.save()
        self._touched.append(row)
        self.created.setdefault(row._meta.label_lower, {})[str(row.pk)] = {}
        return row

    def made(self, row: models.Model) -> bool:
        """Did this batch make the row?"""
        return str(row.pk) in self.created.get(row._meta.label_lower, {})

    def change(self, row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
        """Set and save values; the answer is what differs."""
        before, after = changed(row, dict(values))
        if not after:
            return {}
        if hasattr(row, "version"):
            row.version += 1
            row.save(update_fields=[*after, "version"])
        else:
            row.save(update_fields=list(after))
        old = plain({_column(row, name): _key(value) for name, value in before.items()})
        new = plain({_column(row, name): _key(getattr(row, name)) for name in after})
        if self.made(row):
            known = self.created[row._meta.label_lower][str(row.pk)]
            known |= {name: value for name, value in new.items() if known}
        else:
            self.changed.append([row._meta.label_lower, row.pk, old, new])
        return after

    def data(self) -> dict[str, Any]:
        """What to store: rows as the database has them, since a later step may have changed them again."""
        for row in self._touched:
            stored = type(row)._default_manager.get(pk=row.pk)
            self.created[row._meta.label_lower][str(row.pk)] = values_of(stored)
        return {"created": self.created, "changed": self.changed}


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def model_of(label: str) -> type[models.Model]:
    """The table of a label in a ledger."""
    model: type[models.Model] = apps.get_model(label)
    return model
