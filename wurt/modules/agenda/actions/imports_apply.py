"""Taking reviewed items over into the agenda."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.imports_match import month_of
from wurt.modules.agenda.actions.imports_write import Writer
from wurt.modules.agenda.models import BatchState, ImportBatch, ImportItem, ItemKind, ItemState
from wurt.modules.agenda.policies import IMPORT

OPEN = (ItemState.REVIEW, ItemState.ACCEPTED)


@action("agenda.apply_import")
def apply_import(actor: Actor, *, batch: UUID, accept_certain: bool = False) -> int:
    """Store what was accepted; the answer is how many items were written or are complete now.

    ``accept_certain``: of items nobody has looked at, the certain fields are stored too; the rest stays in
    review. Two people at once: the second finds nothing left to do. Raises RuleBroken
    ``agenda.import_state`` for a batch that is not read yet or was taken back.
    """
    row = lock(ImportBatch.objects.select_related("agenda__place"), public_id=batch)
    authorize(actor, IMPORT, row)
    check_open(row)
    items = _ordered(items_of(row))
    chosen = [
        item
        for item in items
        if item.state == ItemState.ACCEPTED or (accept_certain and item.state == ItemState.REVIEW)
    ]
    if not chosen:
        return 0
    writer = Writer(row)
    done = 0
    for item in chosen:
        wrote = writer.write(item)
        done += bool(wrote or item.state == ItemState.STORED)
        item.version += 1
        item.save()
    row.undo = writer.ledger.data()
    finish(row)
    record(actor, row, after={"state": row.state, "items": done, "accept_certain": accept_certain})
    return done


def check_open(batch: ImportBatch) -> None:
    """Raise RuleBroken unless the batch can be reviewed and applied."""
    if batch.state == BatchState.READING:
        raise RuleBroken("agenda.import_state", _("These files are still being read. Please wait a moment."))
    if batch.state == BatchState.TAKEN_BACK:
        raise RuleBroken(
            "agenda.import_state", _("This import was taken back. Please upload the files again.")
        )


def items_of(batch: ImportBatch) -> list[ImportItem]:
    """All items of a batch, locked, each with its document and the batch itself."""
    rows = (
        ImportItem.objects.select_for_update(of=("self",))
        .select_related("document")
        .filter(document__batch=batch)
    )
    items = list(rows.order_by("pk"))
    for item in items:
        item.document.batch = batch
    return items


def _ordered(items: Iterable[ImportItem]) -> list[ImportItem]:
    """Newest month first, so that a new project gets its newest profile; summaries after the reports."""
    return sorted(
        items,
        key=lambda item: (-(month_of(item) or date.min).toordinal(), item.kind == ItemKind.SUMMARY, item.pk),
    )


def finish(batch: ImportBatch) -> None:
    """Save the batch with the state that its items give it."""
    waiting = ImportItem.objects.filter(document__batch=batch, state__in=OPEN).exists()
    batch.state = BatchState.REVIEW if waiting else BatchState.APPLIED
    if batch.undo.get("created") or batch.undo.get("changed"):
        batch.applied_at = batch.applied_at or now()
    batch.version += 1
    batch.save(update_fields=["state", "applied_at", "undo", "names", "version"])
