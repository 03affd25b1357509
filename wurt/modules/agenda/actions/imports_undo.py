"""Taking a batch back: everything it wrote, until one of its months is published."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.imports_ledger import model_of, plain, values_of
from wurt.modules.agenda.domain.periods import german_long
from wurt.modules.agenda.models import BatchState, ImportBatch, MonthVersion, Report
from wurt.modules.agenda.policies import IMPORT

# Children before what they hang on.
_ORDER = (
    "agenda.cost",
    "agenda.decision",
    "agenda.party",
    "agenda.projectalias",
    "agenda.report",
    "agenda.project",
    "tenancy.organisationalias",
    "tenancy.person",
    "tenancy.organisation",
    "agenda.month",
)
_OWN_TABLES = frozenset({"agenda.importitem", "agenda.importdocument"})


@action("agenda.take_back_import")
def take_back(actor: Actor, *, batch: UUID, discard: bool = False) -> int:
    """Undo everything the batch made or changed; the answer is how many rows stay because others use them.

    Values that somebody changed by hand afterwards stay. Rows the batch made and somebody edited since are
    only deleted with ``discard``. Raises RuleBroken ``agenda.import_published``, ``agenda.import_edited``,
    ``agenda.import_state``.
    """
    row = lock(ImportBatch.objects.all(), public_id=batch)
    authorize(actor, IMPORT, row)
    if row.state == BatchState.TAKEN_BACK:
        return 0
    if row.state == BatchState.READING:
        raise RuleBroken("agenda.import_state", _("These files are still being read. Please wait a moment."))
    _check_not_published(row)
    if not discard and (edited := edited_since(row)):
        raise RuleBroken(
            "agenda.import_edited",
            _(
                "Somebody has changed by hand what this import made: %(names)s. Taking it back would lose "
                "that work. Please choose “also discard changes made by hand” if you want this."
            )
            % {"names": ", ".join(edited)},
        )
    _restore(row)
    kept = _delete(row)
    row.documents.update(month=None)
    row.undo = {}
    row.state = BatchState.TAKEN_BACK
    row.version += 1
    row.save(update_fields=["undo", "state", "version"])
    record(actor, row, after={"state": row.state, "kept": kept})
    return kept


def _check_not_published(batch: ImportBatch) -> None:
    since = batch.applied_at or now()
    versions = MonthVersion.objects.filter(month__in=months_of(batch), published_at__gte=since)
    months = sorted(set(versions.values_list("month__month", flat=True)))
    published = [german_long(f"{month:%Y-%m}") for month in months]
    if published:
        raise RuleBroken(
            "agenda.import_published",
            _(
                "%(months)s is published already, so this import cannot be taken back any more."
                " Please correct the month and publish the correction."
            )
            % {"months": ", ".join(published)},
        )


def months_of(batch: ImportBatch) -> set[int]:
    """Keys of all months that the batch touched."""
    made = {int(pk) for pk in batch.undo.get("created", {}).get("agenda.month", {})}
    reports = [int(pk) for pk in batch.undo.get("created", {}).get("agenda.report", {})]
    for label, pk, _old, _new in batch.undo.get("changed", []):
        if label == "agenda.month":
            made.add(pk)
        elif label == "agenda.report":
            reports.append(pk)
    return made | set(Report.objects.filter(pk__in=reports).values_list("month_id", flat=True))


def _made(batch: ImportBatch) -> Iterator[tuple[models.Model, Mapping[str, Any]]]:
    """Rows the batch made that are still there, children first, with what they were."""
    created = batch.undo.get("created", {})
    for label in _ORDER:
        entries = created.get(label, {})
        for row in model_of(label)._default_manager.filter(pk__in=entries).order_by("-pk"):
            yield row, entries[str(row.pk)]


def edited_since(batch: ImportBatch) -> list[str]:
    """Names of rows the batch made that say something else now."""
    return [str(row) for row, values in _made(batch) if values_of(row) != dict(values)]


def _restore(batch: ImportBatch) -> None:
    """Give changed values back, newest change first; what was changed again since stays."""
    for label, pk, old, new in reversed(batch.undo.get("changed", [])):
        row: Any = model_of(label)._default_manager.filter(pk=pk).first()
        if row is None:
            continue
        names = []
        for name, value in old.items():
            field: Any = row._meta.get_field(name.removesuffix("_id"))
            if plain({name: getattr(row, name)}) == {name: new[name]}:
                setattr(row, name, field.to_python(value))
                names.append(name)
        if hasattr(row, "version"):
            row.version += 1
            names.append("version")
        row.save(update_fields=names)


def _delete(batch: ImportBatch) -> int:
    """Delete what the batch made; rows that others use by now stay."""
    created = batch.undo.get("created", {})
    kept = 0
    for row, _values in list(_made(batch)):
        if used_by_others(row, created):
            kept += 1
        else:
            row.delete()
    return kept


def used_by_others(row: models.Model, created: Mapping[str, Mapping[str, Any]]) -> bool:
    """Does a row that the batch did not make point to this one?"""
    for relation in row._meta.get_fields(include_hidden=True):
        if not (
            relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        ):
            continue
        model: Any = relation.related_model
        label = model._meta.label_lower
        if label in _OWN_TABLES:
            continue
        own = [int(pk) for pk in created.get(label, {})]
        if model._default_manager.filter(**{relation.field.name: row}).exclude(pk__in=own).exists():  # type: ignore[union-attr]
            return True
    return False
