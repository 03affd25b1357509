"""Retention: what is deleted by the clock. Rules of tables (``Privacy.kept``) and deletions of their own.

A sweep works in batches, each one transaction: a kill in the middle loses nothing, the next run goes on.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import models

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.db.clock import now, today
from wurt.core.db.errors import DomainError
from wurt.core.db.privacy import Kept
from wurt.core.privacy.about import tables
from wurt.core.privacy.models import Disposal
from wurt.core.tenancy.policies import MANAGE_PEOPLE

logger = logging.getLogger("wurt.privacy")

BATCH = 500
MOST_BATCHES = 200


@dataclass(frozen=True, slots=True)
class Sweep:
    """``due``: how many things wait. ``run``: deal with at most so many and say how many it were; 0 ends."""

    name: str
    due: Callable[[], int]
    run: Callable[[Actor, int], int]


_own: dict[str, Sweep] = {}


def register(*sweeps: Sweep) -> None:
    """Add a deletion that is more than rows of one table; the same name again replaces."""
    _own.update({sweep.name: sweep for sweep in sweeps})


def registered() -> dict[str, Sweep]:
    """Deletions of their own, by name."""
    return dict(_own)


def all_sweeps() -> Iterator[Sweep]:
    """Deletions of their own first (they hand rows to the tables' rules), then one per table with a rule."""
    yield from _own.values()
    for model, privacy in tables():
        if privacy.kept is not None:
            label = model._meta.label_lower

            def due(model: type[models.Model] = model, kept: Kept = privacy.kept) -> int:
                return overdue(model, kept).count()

            def run(actor: Actor, limit: int, label: str = label) -> int:
                return dispose(actor, table=label, limit=limit)

            yield Sweep(label, due, run)


def overdue(model: type[models.Model], kept: Kept) -> models.QuerySet[models.Model]:
    """Rows whose time is over."""
    limit = now() - timedelta(days=kept.days)
    field = model._meta.get_field(kept.since)
    day = isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    bound = today() - timedelta(days=kept.days) if day else limit
    return model._base_manager.filter(kept.only, **{f"{kept.since}__lt": bound})


@action("privacy.dispose")
def dispose(actor: Actor, *, table: str, limit: int = BATCH) -> int:
    """Delete at most ``limit`` rows of a table whose time is over. Returns how many."""
    authorize(actor, MANAGE_PEOPLE)
    model, kept = next(
        (model, privacy.kept)
        for model, privacy in tables()
        if model._meta.label_lower == table and privacy.kept
    )
    keys = list(overdue(model, kept).order_by("pk").values_list("pk", flat=True)[:limit])
    if keys:
        model._base_manager.filter(pk__in=keys).delete()
        note(actor, table, len(keys))
    return len(keys)


def note(actor: Actor, rule: str, number: int) -> None:
    """Log a batch of deletions, inside the action that did it."""
    record(actor, Disposal.objects.create(rule=rule, number=number), after={"rule": rule, "number": number})


def due() -> list[tuple[str, int]]:
    """(name, number) of everything that would be deleted now."""
    return [(sweep.name, number) for sweep in all_sweeps() if (number := sweep.due())]


def sweep_all(actor: Actor, *, batch: int = BATCH) -> dict[str, int]:
    """Do all that is due, in batches; returns what was done. A rule that refuses (the last administrator's
    login) is logged and does not hold up the others."""
    done: dict[str, int] = {}
    for sweep in all_sweeps():
        for _number in range(MOST_BATCHES):
            try:
                number = sweep.run(actor, batch)
            except DomainError as error:
                logger.warning("retention of %s stopped: %s", sweep.name, error.code)
                break
            if not number:
                break
            done[sweep.name] = done.get(sweep.name, 0) + number
    return done
