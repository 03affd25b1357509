"""Taking a batch back: everything it wrote, but for the months that were published since."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.imports_apply import OPEN, finish, items_of
from wurt.modules.agenda.actions.imports_ledger import model_of, plain, values_of
from wurt.modules.agenda.actions.imports_match import month_of
from wurt.modules.agenda.domain.periods import german_long
from wurt.modules.agenda.models import BatchState, ImportBatch, ImportItem, ItemKind, ItemState, Report
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
_OF_PROJECT = ("agenda.cost", "agenda.decision", "agenda.party", "agenda.projectalias")
WITHOUT_MONTH = (ItemKind.PAGE, ItemKind.MEASURE)
_OWN_TABLES = frozenset({"agenda.importitem", "agenda.importdocument"})


@action("agenda.take_back_import")
def take_back(actor: Actor, *, batch: UUID, discard: bool = False) -> int:
    """Undo everything the batch made or changed; the answer is how many rows stay because others use them.

    Months that were published since stay with their projects; entries that still wait are then left out,
    and the batch is as it was otherwise. Values that somebody changed by hand afterwards stay. Rows the batch
    made and somebody edited since are only deleted with ``discard``. Raises RuleBroken
    ``agenda.import_published`` when nothing else is left, ``agenda.import_edited``, ``agenda.import_state``.
    """
    row = lock(ImportBatch.objects.all(), public_id=batch)
    authorize(actor, IMPORT, row)
    if row.state == BatchState.TAKEN_BACK:
        return 0
    if row.state == BatchState.READING:
        raise RuleBroken("agenda.import_state", _("These files are still being read. Please wait a moment."))
    published = row.published_months()
    if published:
        _check_something_left(row, published)
    goes, stays = _split(row, published)
    if not discard and (edited := edited_since(goes)):
        raise RuleBroken(
            "agenda.import_edited",
            _(
                "Somebody has changed by hand what this import made: %(names)s. Taking it back would lose "
                "that work. Please choose “also discard changes made by hand” if you want this."
            )
            % {"names": ", ".join(edited)},
        )
    _restore(goes)
    kept = _delete(goes["created"])
    row.documents.exclude(month__in=published).update(month=None)
    if published:
        row.undo = stays
        _leave_out(row, published)
        finish(row)
    else:
        row.undo = {}
        row.state = BatchState.TAKEN_BACK
        row.version += 1
        row.save(update_fields=["undo", "state", "version"])
    record(actor, row, after={"state": row.state, "kept": kept, "published": len(published)})
    return kept


def _check_something_left(batch: ImportBatch, published: Mapping[int, date]) -> None:
    """Raise RuleBroken when all that the batch has done is published."""
    left = set(batch.months()) - set(published)
    items = ImportItem.objects.filter(document__batch=batch)
    if left or items.filter(Q(state__in=OPEN) | Q(state=ItemState.STORED, kind__in=WITHOUT_MONTH)).exists():
        return
    months = [german_long(f"{month:%Y-%m}") for month in sorted(published.values())]
    text = ngettext(
        "%(months)s is published already, so this import cannot be taken back any more."
        " Please correct the month and publish the correction.",
        "%(months)s are published already, so this import cannot be taken back any more."
        " Please correct the months and publish the corrections.",
        len(months),
    )
    raise RuleBroken("agenda.import_published", text % {"months": ", ".join(months)})


def _split(batch: ImportBatch, published: Mapping[int, date]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The ledger in two: (what is taken back, what stays because of published months).

    A project with a report in a published month stays with all that this import has written about it.
    """
    undo = batch.undo or {}
    made: dict[str, dict[str, Any]] = {k: dict(v) for k, v in undo.get("created", {}).items()}
    written = [int(pk) for pk in made.get("agenda.report", {})]
    written += [pk for label, pk, _old, _new in undo.get("changed", []) if label == "agenda.report"]
    reports = Report.objects.filter(pk__in=written, month__in=published)
    projects = set(reports.values_list("project_id", flat=True))
    fixed: dict[str, set[int]] = {
        "agenda.month": set(published),
        "agenda.report": set(reports.values_list("pk", flat=True)),
        "agenda.project": projects,
    }
    for label in _OF_PROJECT:
        rows = model_of(label)._default_manager.filter(project__in=projects)
        fixed[label] = set(rows.values_list("pk", flat=True))
    kept: dict[str, dict[str, Any]] = {}
    for label, keys in fixed.items():
        entries = made.get(label, {})
        kept[label] = {pk: entries.pop(pk) for pk in list(entries) if int(pk) in keys}
    stays = [entry for entry in undo.get("changed", []) if entry[1] in fixed.get(entry[0], set())]
    goes = [entry for entry in undo.get("changed", []) if entry not in stays]
    return {"created": made, "changed": goes}, {"created": kept, "changed": stays}


def _leave_out(batch: ImportBatch, published: Mapping[int, date]) -> None:
    """Entries that wait or were taken back are left out; they can come back into the review."""
    months = set(published.values())
    for item in items_of(batch):
        stays = month_of(item) in months and item.kind not in WITHOUT_MONTH
        if item.state == ItemState.SAME or (stays and item.state == ItemState.STORED):
            continue
        if not stays:
            item.differences = {}
            for data in item.fields.values():
                data["stored"] = False
            if item.project_id is None:
                item.match = "new"
        item.state = ItemState.SKIPPED
        item.version += 1
        item.save()


def _made(created: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[models.Model, Mapping[str, Any]]]:
    """Rows the batch made that are still there, children first, with what they were."""
    for label in _ORDER:
        entries = created.get(label, {})
        for row in model_of(label)._default_manager.filter(pk__in=entries).order_by("-pk"):
            yield row, entries[str(row.pk)]


def edited_since(undo: Mapping[str, Any]) -> list[str]:
    """Names of rows the batch made that say something else now."""
    rows = _made(undo["created"])
    return [str(row) for row, values in rows if values_of(row) != dict(values)]


def _restore(undo: Mapping[str, Any]) -> None:
    """Give changed values back, newest change first; what was changed again since stays."""
    for label, pk, old, new in reversed(undo["changed"]):
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


def _delete(made: Mapping[str, Mapping[str, Any]]) -> int:
    """Delete what the batch made; rows that others use by now stay, and so does what they need."""
    created = {label: dict(entries) for label, entries in made.items()}
    kept = 0
    for row, _values in list(_made(created)):
        if used_by_others(row, created):
            kept += 1
            del created[row._meta.label_lower][str(row.pk)]
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
