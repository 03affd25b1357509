"""Rules about tables, from Django's registry: who may point to whom, the data class of every field."""

import pytest
from django.apps import apps
from django.db import models

from wurt.core.db.privacy import DataClass, Privacy, privacy_of, registered

TELLING = {"email", "phone", "ip", "birth", "password", "salt", "token", "session_key", "contact"}
"""Fields of these names must be classed by name: a default was not thought through for them."""


def all_models() -> list[type[models.Model]]:
    """Every table, those of the libraries and of many-to-many links too."""
    return list(apps.get_models(include_auto_created=True))


def foreign_ties(model: type[models.Model]) -> list[str]:
    """Ties of a module's table to another module, or to core with a way back."""
    faults = []
    for field in model._meta.get_fields():
        if not (field.is_relation and field.concrete and model.__module__.startswith("wurt.modules.")):
            continue
        room, target = model.__module__.split(".")[2], field.related_model.__module__.split(".")
        where = f"{model._meta.label}.{field.name}"
        if target[:2] == ["wurt", "modules"] and target[2] != room:
            faults.append(f"{where} points into {target[2]}")
        if target[:2] == ["wurt", "core"] and not field.remote_field.hidden:
            faults.append(f'{where} needs related_name="+"')
    return faults


def needs_a_word(field: models.Field) -> bool:
    """Is this a field for which a table's default class is not enough?"""
    to_people = field.is_relation and field.related_model._meta.label in {"tenancy.Person", "accounts.User"}
    telling = isinstance(field, models.EmailField | models.GenericIPAddressField) or field.name in TELLING
    return to_people or telling


def unclassed(model: type[models.Model], privacy: Privacy | None) -> list[str]:
    """Fields without a class, telling fields left to the default, classes of fields that are not there."""
    label = model._meta.label_lower
    if privacy is None:
        return [f"{label} stands in no privacy.py"]
    fields = [field for field in model._meta.get_fields() if field.concrete]
    faults = [
        f"{label}.{field.name} needs a class of its own"
        for field in fields
        if needs_a_word(field) and field.name not in privacy.fields
    ]
    names = {field.name for field in fields}
    return faults + [f"{label}.{name} does not exist" for name in privacy.fields if name not in names]


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label)
def test_modules_point_to_core_only_and_leave_no_trace_there(model):
    assert foreign_ties(model) == []


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label)
def test_every_field_has_a_data_class(model):
    assert unclassed(model, privacy_of(model._meta.label_lower)) == []


def test_nothing_is_declared_that_does_not_exist():
    assert sorted(registered()) == sorted(model._meta.label_lower for model in all_models())


@pytest.mark.parametrize("label", sorted(registered()))
def test_purpose_and_retention_are_said(label):
    privacy = registered()[label]
    assert privacy.purpose
    assert privacy.retention


def test_a_forgotten_table_and_a_forgotten_email_are_noticed():
    user = apps.get_model("accounts", "User")
    careless = Privacy(
        purpose="x", retention="x", default=DataClass.PUBLIC, fields={"gone": DataClass.PUBLIC}
    )
    assert unclassed(user, None) == ["accounts.user stands in no privacy.py"]
    assert unclassed(user, careless) == [
        "accounts.user.password needs a class of its own",
        "accounts.user.email needs a class of its own",
        "accounts.user.person needs a class of its own",
        "accounts.user.gone does not exist",
    ]
