"""Taking files in and reading them. Reading runs in a child process and outside of our transactions."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.files.storage import MARKDOWN, PDF, PPTX, TEXT, store
from wurt.core.outbox.registry import publish
from wurt.modules.agenda.actions.imports_fields import Draft, drafts
from wurt.modules.agenda.actions.imports_match import (
    World,
    match_project,
    nothing_new,
    organisation_questions,
    set_differences,
)
from wurt.modules.agenda.actions.steps import the_agenda
from wurt.modules.agenda.domain.periods import month_first
from wurt.modules.agenda.events import ImportUploaded
from wurt.modules.agenda.importing import Limits, combine
from wurt.modules.agenda.importing.errors import ImportFailed
from wurt.modules.agenda.importing.filetypes import check_file
from wurt.modules.agenda.importing.messages import MESSAGES
from wurt.modules.agenda.importing.model import DocumentRead
from wurt.modules.agenda.importing.output import document_json, plain
from wurt.modules.agenda.models import BatchState, ImportBatch, ImportDocument, ImportItem, ItemState
from wurt.modules.agenda.policies import IMPORT

PURPOSE = "agenda.import"
KINDS = (PDF, PPTX, TEXT, MARKDOWN)
LIVE = (BatchState.READING, BatchState.REVIEW, BatchState.APPLIED)
"""States in which a batch holds on to its files: the same file again changes nothing."""

Upload = tuple[str, bytes]
"""Name and content of one file."""


@action("agenda.upload_import")
def upload_import(actor: Actor, *, files: Sequence[Upload]) -> UUID:
    """Keep the files as one batch that waits to be read; the answer is its public id.

    Files that a batch holds already are left out; if there are no others, nothing is written and the answer
    is that batch. Files that cannot be taken in stand in the batch's messages; RuleBroken
    ``agenda.import_refused`` if none can.
    """
    batch = ImportBatch(agenda=the_agenda(), created_by_id=actor.person)
    authorize(actor, IMPORT, batch)
    fresh, known = _fresh(files)
    if not fresh and known:
        return known[0].batch.public_id
    stored = []
    for name, content in fresh:
        try:
            stored.append(store(content, name=name, purpose=PURPOSE, allowed=_allowed(name, content)))
        except RuleBroken as error:
            batch.messages.append({"file": name, "text": _refusal(name, content, error), "refused": True})
    for document in known:
        batch.messages.append(
            {"file": document.file.name, "text": _("This file is imported already and was left out.")}
        )
    if not stored:
        lines = [f"{m['file']}: {m['text']}" for m in batch.messages] or [
            _("Please choose at least one file.")
        ]
        raise RuleBroken("agenda.import_refused", "\n".join(lines))
    batch.save()
    ImportDocument.objects.bulk_create([ImportDocument(batch=batch, file=file) for file in stored])
    record(actor, batch, after={"files": len(stored), "sha256": [file.sha256 for file in stored]})
    publish(ImportUploaded(batch=str(batch.public_id)), key=f"{batch.public_id} 0")
    return batch.public_id


def _fresh(files: Sequence[Upload]) -> tuple[list[Upload], list[ImportDocument]]:
    """Files that no living batch holds, each once; and the documents that hold the others."""
    hashes = {hashlib.sha256(content).hexdigest(): (name, content) for name, content in reversed(files)}
    rows = ImportDocument.objects.filter(file__sha256__in=hashes, batch__state__in=LIVE, ok=True)
    known = list(rows.select_related("batch", "file").order_by("-pk"))
    held = {document.file.sha256 for document in known}
    return [hashes[key] for key in reversed(hashes) if key not in held], known


def _allowed(name: str, content: bytes) -> Sequence[str]:
    # Text saved by an old editor is not UTF-8; the reader knows how to decode it.
    old_text = name.lower().endswith((".txt", ".md")) and b"\x00" not in content[:4096]
    return (*KINDS, "application/octet-stream") if old_text else KINDS


def _refusal(name: str, content: bytes, error: RuleBroken) -> str:
    """Why a file is not taken in; the reader knows best what it really is."""
    if error.code != "files.wrong_type":
        return error.message
    with TemporaryDirectory(prefix="wurt-import-") as folder:
        suffix = re.sub(r"[^.\w]", "", Path(name).suffix)[:16]
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        try:
            check_file(path, Limits())
        except ImportFailed as failure:
            english, german = MESSAGES[failure.code]
            text = german if (get_language() or "de").startswith("de") else english
            return text.format(**failure.params)
    return _(
        "The content of this file is not what its name says. Possible are PDF, PowerPoint (PPTX), text and"
        " Markdown. Please choose the original document."
    )


@action("agenda.note_pages")
def note_pages(actor: Actor, *, batch: UUID, pages: Mapping[int, int]) -> None:
    """Remember how long the files are that the worker will read, so that progress can be shown."""
    row = lock(ImportBatch.objects.select_related("agenda"), public_id=batch)
    authorize(actor, IMPORT, row)
    for document in row.documents.filter(pk__in=pages, read_at__isnull=True):
        document.pages = pages[document.pk]
        document.save(update_fields=["pages"])
    _progress(row)
    record(actor, row, after={"waiting": len(pages)})


@action("agenda.store_read")
def store_read(actor: Actor, *, batch: UUID, documents: Mapping[int, DocumentRead]) -> None:
    """Keep what was read as items to review. What somebody else has read meanwhile is left alone."""
    row = lock(ImportBatch.objects.select_related("agenda"), public_id=batch)
    authorize(actor, IMPORT, row)
    waiting = {d.pk: d for d in row.documents.filter(pk__in=documents, read_at__isnull=True)}
    if row.state != BatchState.READING or not waiting:
        return
    result = combine([documents[pk] for pk in waiting], World.load().known())
    items = []
    for document, read in zip(waiting.values(), result.documents, strict=True):
        items += _keep(document, read)
    world = World.load()
    row.names = organisation_questions(row, items, world)
    row.save(update_fields=["names"])
    for item, draft in zip(items, (d for read in result.documents for d in drafts(read)), strict=True):
        item.document.batch = row
        match_project(item, world, draft.spellings)
        set_differences(item, world)
        if nothing_new(item, world):
            item.state = ItemState.SAME
        item.save()
    _progress(row)
    record(actor, row, after={"state": row.state, "items": len(items)})
    if row.state == BatchState.READING:
        publish(
            ImportUploaded(batch=str(row.public_id)),
            key=f"{row.public_id} {row.documents.filter(read_at__isnull=False).count()}",
        )


def _keep(document: ImportDocument, read: DocumentRead) -> list[ImportItem]:
    document.kind = read.kind
    document.ok = read.ok and read.kind != "unknown"
    document.pages = read.pages
    document.read_at = now()
    document.read = document_json(read, provenance=False)
    document.messages = [_message(m) for m in read.messages]
    if read.report_month.value:
        document.report_month = month_first(read.report_month.value)
    if read.summary is not None:
        document.summary = {
            "printed": list(read.summary.progress_printed.value or ()),
            "printed_keys": list(read.summary.progress_printed_keys),
            "computed_keys": list(read.summary.progress_keys),
            "projects": len(read.projects),
        }
    document.save()
    return [_item(document, draft) for draft in drafts(read)]


def _message(message: Any) -> dict[str, Any]:
    return {"code": message.code, "severity": message.severity, "params": plain(dict(message.params))}


def _item(document: ImportDocument, draft: Draft) -> ImportItem:
    return ImportItem(
        document=document,
        kind=draft.kind,
        key=draft.key[:200],
        title=draft.title[:300],
        fields=draft.fields,
        warnings=draft.warnings,
    )


def _progress(batch: ImportBatch) -> None:
    rows = list(batch.documents.all())
    batch.pages_done = sum(max(1, d.pages) for d in rows if d.read_at)
    batch.pages_total = batch.pages_done + sum(max(1, d.pages) for d in rows if not d.read_at)
    if all(d.read_at for d in rows):
        states = set(ImportItem.objects.filter(document__batch=batch).values_list("state", flat=True))
        if not states:
            batch.state = BatchState.FAILED
        else:
            batch.state = BatchState.APPLIED if states == {ItemState.SAME} else BatchState.REVIEW
    batch.version += 1
    batch.save(update_fields=["pages_done", "pages_total", "state", "version"])
