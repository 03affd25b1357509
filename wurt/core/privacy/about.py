"""What is stored about a person, table by table, as the declarations say (``Privacy.subject``)."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import Q

from wurt.core.db.privacy import Privacy, privacy_of
from wurt.core.tenancy.models import Person


def every_model() -> list[type[models.Model]]:
    """Every table, those of the libraries and of many-to-many links too, by label."""
    return sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label_lower)


def tables() -> Iterator[tuple[type[models.Model], Privacy]]:
    """Every declared table, in the order of labels."""
    for model in every_model():
        privacy = privacy_of(model._meta.label_lower)
        if privacy is not None:
            yield model, privacy


def rows_about(person: Person) -> Iterator[tuple[type[models.Model], Privacy, models.QuerySet[models.Model]]]:
    """The rows about the person in every table that has a path to people."""
    for model, privacy in tables():
        if privacy.subject:
            q = Q()
            for path in privacy.subject:
                q |= Q(**{path: _key(model, path, person)})
            yield model, privacy, model._base_manager.filter(q)


def counts(person: Person) -> dict[str, int]:
    """How many rows there are about the person, by table; tables without any are left out."""
    found = {model._meta.label_lower: rows.count() for model, _, rows in rows_about(person)}
    return {label: number for label, number in found.items() if number}


def leads_to_people(model: type[models.Model], path: str) -> bool:
    """Does the path end at a person's key, or else at a field that holds the public id?"""
    at: type[models.Model] = model
    for part in path.split("__"):
        if part == "pk":
            return at is Person
        step = at._meta.get_field(part)
        if not step.is_relation:
            return False
        at = step.related_model  # type: ignore[assignment]
    return at is Person


def _key(model: type[models.Model], path: str, person: Person) -> object:
    return person.pk if leads_to_people(model, path) else str(person.public_id)
