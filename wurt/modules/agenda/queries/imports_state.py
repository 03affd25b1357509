"""Small questions about imports: may the actor import, how far is a batch, which items are in a state."""

from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.models import ImportBatch, ImportItem
from wurt.modules.agenda.policies import IMPORT


def check_may_import(actor: Actor) -> None:
    """Raise NotAllowed for those who may not import."""
    authorize(actor, IMPORT)


def batch_state(actor: Actor, public_id: UUID) -> str:
    """Only the state of a batch. Raises NotFound, NotAllowed."""
    return _batch(actor, public_id).state


def items_in(actor: Actor, public_id: UUID, state: str) -> list[UUID]:
    """The items of a batch in a state, in order. Raises NotFound, NotAllowed."""
    rows = ImportItem.objects.filter(document__batch=_batch(actor, public_id), state=state)
    return list(rows.order_by("pk").values_list("public_id", flat=True))


def _batch(actor: Actor, public_id: UUID) -> ImportBatch:
    row = ImportBatch.objects.select_related("agenda").filter(public_id=public_id).first()
    if row is None:
        raise NotFound(code="agenda.importbatch")
    authorize(actor, IMPORT, row)
    return row
