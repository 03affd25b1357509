"""Moves everything that points at one organisation to another.

Foreign keys are found by themselves, so no module can be forgotten. A module that keeps an organisation in
another
way (a public id inside JSON) registers a hook in its ``AppConfig.ready``.
"""

from collections.abc import Callable
from typing import cast

from django.db import IntegrityError, models, transaction

from wurt.core.tenancy.models import Organisation

Hook = Callable[[Organisation, Organisation], None]
HOOKS: list[Hook] = []


def register(hook: Hook) -> None:
    """``hook(kept, gone)`` runs inside the merge, after the foreign keys were moved."""
    if hook not in HOOKS:
        HOOKS.append(hook)


def references() -> list[tuple[type[models.Model], str]]:
    """Every (model, field) whose foreign key points at an organisation."""
    found: list[tuple[type[models.Model], str]] = []
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            found.append((cast(type[models.Model], relation.related_model), relation.field.name))
    return sorted(found, key=lambda pair: (pair[0]._meta.label, pair[1]))


def move(kept: Organisation, gone: Organisation) -> dict[str, int]:
    """Point every reference at ``kept``; returns how many moved, by "app.Model.field".

    A row that would say the same thing twice (the same role, the same partner of a project) is dropped.
    """
    counts: dict[str, int] = {}
    for model, field in references():
        rows = model._default_manager.filter(**{field: gone}).order_by("pk")
        for pk in list(rows.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=pk).update(**{field: kept})
            except IntegrityError:
                model._default_manager.filter(pk=pk).delete()
                continue
            key = f"{model._meta.label}.{field}"
            counts[key] = counts.get(key, 0) + 1
    for hook in HOOKS:
        hook(kept, gone)
    return counts
