"""Reading the files of a batch, outside of any transaction of ours; what was read goes into one short action.

Up to :data:`AT_ONCE` pages are read while the person waits; more by the worker, one file at a time, with
progress.
"""

from time import monotonic
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.db.errors import NotFound
from wurt.core.files.storage import absolute_path
from wurt.modules.agenda.actions.imports_read import note_pages, store_read
from wurt.modules.agenda.importing import Limits, read_file_safely
from wurt.modules.agenda.importing.model import DocumentRead
from wurt.modules.agenda.models import BatchState, ImportBatch, ImportDocument
from wurt.modules.agenda.policies import IMPORT

AT_ONCE = Limits().task_pages
PATIENCE = 20.0
"""Seconds that a person waits for all files together; what is not read by then goes to the worker."""
PATIENCE_SEVERAL = 3.0
"""The same where a page shows how many of several files are read: it should come soon."""


def read_now(actor: Actor, *, batch: UUID, brief: bool = False) -> None:
    """Read what fits into :data:`AT_ONCE` pages and :data:`PATIENCE`; the rest is left to the worker.

    ``brief``: only for :data:`PATIENCE_SEVERAL`.
    """
    row = _batch(actor, batch)
    room, end = AT_ONCE, monotonic() + (PATIENCE_SEVERAL if brief else PATIENCE)
    found: dict[int, DocumentRead] = {}
    later: dict[int, int] = {}
    for document in _waiting(row):
        seconds = end - monotonic()
        if room <= 0 or seconds <= 1:
            later[document.pk] = 0
            continue
        read = _read(document, Limits(pages=room, seconds=seconds))
        pages = _pages_of_long(read)
        if pages is not None and pages <= Limits().pages:
            later[document.pk] = pages
        elif _failed(read, "timeout"):
            later[document.pk] = 0
        else:
            found[document.pk] = _read(document, Limits()) if pages is not None else read
            room -= max(1, read.pages)
    if later:
        note_pages(actor, batch=batch, pages=later)
    if found:
        store_read(actor, batch=batch, documents=found)


def read_next(actor: Actor, *, batch: UUID) -> None:
    """Read one file that waits; keeping it counts the progress up and calls for the next one."""
    row = _batch(actor, batch)
    document = next(iter(_waiting(row)), None)
    if document is not None:
        store_read(actor, batch=batch, documents={document.pk: _read(document, Limits())})


def _batch(actor: Actor, public_id: UUID) -> ImportBatch:
    row = ImportBatch.objects.select_related("agenda").filter(public_id=public_id).first()
    if row is None:
        raise NotFound(code="agenda.importbatch")
    authorize(actor, IMPORT, row)
    return row


def _waiting(batch: ImportBatch) -> list[ImportDocument]:
    if batch.state != BatchState.READING:
        return []
    return list(batch.documents.filter(read_at__isnull=True).select_related("file").order_by("pk"))


def _pages_of_long(read: DocumentRead) -> int | None:
    """Number of pages of a file that was refused for having too many."""
    for message in read.messages:
        if not read.ok and message.code == "too_many_pages":
            return int(message.params["pages"])
    return None


def _failed(read: DocumentRead, code: str) -> bool:
    return not read.ok and any(message.code == code for message in read.messages)


def _read(document: ImportDocument, limits: Limits) -> DocumentRead:
    read = read_file_safely(absolute_path(document.file), limits)
    read.file = document.file.name
    return read
