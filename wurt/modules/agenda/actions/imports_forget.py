"""Imports are forgotten: two years after they came, and a name in them when its person is erased."""

import re
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.files.models import StoredFile
from wurt.core.privacy.actions import ERASERS, Remains
from wurt.core.privacy.find import file_name, rows_with, spellings
from wurt.core.privacy.people import HOLDS
from wurt.core.privacy.sweeps import Sweep, note, register
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.models import BodyMember, ImportBatch, ImportDocument, ImportItem, Project
from wurt.modules.agenda.policies import IMPORT
from wurt.modules.agenda.queries.public_months import public_originals

KEPT = timedelta(days=730)
GONE = "(…)"
_COLUMNS: tuple[tuple[type[ImportBatch] | type[ImportDocument] | type[ImportItem], tuple[str, ...]], ...] = (
    (ImportBatch, ("undo", "names", "messages")),
    (ImportDocument, ("read", "summary", "messages")),
    (ImportItem, ("fields", "warnings", "differences", "title")),
)


def old_batches() -> QuerySet[ImportBatch]:
    """Batches of two years ago that still hold more than the originals of published months."""
    documents = ImportDocument.objects.filter(batch=OuterRef("pk"))
    private = documents.exclude(pk__in=public_originals().values("pk"))
    return ImportBatch.objects.annotate(came=Coalesce("applied_at", F("created"))).filter(
        Q(created_by__isnull=False)
        | ~Q(undo={})
        | ~Q(names={})
        | ~Exists(documents)
        | Exists(private)
        | Exists(documents.exclude(read={}))
        | Exists(ImportItem.objects.filter(document__batch=OuterRef("pk"))),
        came__lt=now() - KEPT,
    )


@action("agenda.forget_import")
def forget_import(actor: Actor, *, batch: int) -> None:
    """Delete what was read and who handed it in. The files go too, but for originals of published months;
    the daily deletion takes them off the disk."""
    row = lock(ImportBatch.objects.all(), pk=batch)
    authorize(actor, IMPORT, row)
    record(actor, row)
    note(actor, "imports", 1)
    ImportItem.objects.filter(document__batch=row).delete()
    kept = public_originals().filter(batch=row).values("pk")
    private = ImportDocument.objects.filter(batch=row).exclude(pk__in=list(kept.values_list("pk", flat=True)))
    files = list(private.values_list("file", flat=True))
    private.delete()
    used = ImportDocument.objects.filter(file__in=files).values("file")
    StoredFile.objects.filter(pk__in=files).exclude(pk__in=used).delete()
    row.documents.update(read={}, messages=[], summary={})
    if not row.documents.exists():
        row.delete()
        return
    row.undo, row.names, row.messages, row.created_by = {}, {}, [], None
    row.save(update_fields=["undo", "names", "messages", "created_by"])


def _run(actor: Actor, limit: int) -> int:
    found = list(old_batches().order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in found:
        forget_import(actor, batch=pk)
    return len(found)


def erase_in_imports(person: Person, texts: list[str]) -> Remains:
    """Take the texts out of everything that imports read. Answers with the files they were read from: an
    original document is the county's own, and people decide about it."""
    words = spellings(texts)
    if not words:
        return []
    found = rows_with(ImportDocument, "read", words).select_related("file")
    files = sorted({file_name(row.file) for row in found})  # type: ignore[attr-defined]
    pattern = re.compile("|".join(re.escape(text) for text in texts if text.strip()), re.IGNORECASE)
    for model, columns in _COLUMNS:
        for column in columns:
            for row in rows_with(model, column, words):
                setattr(row, column, without(getattr(row, column), pattern))
                row.save(update_fields=[column])
    return [(path, "", 1) for path in files]


def without(value: Any, pattern: re.Pattern[str]) -> Any:
    """The value (JSON of any depth) with every hit replaced by ``GONE``, in keys too."""
    if isinstance(value, str):
        return pattern.sub(GONE, value)
    if isinstance(value, list):
        return [without(item, pattern) for item in value]
    if isinstance(value, dict):
        return {without(key, pattern): without(item, pattern) for key, item in value.items()}
    return value


def leads() -> QuerySet[Any, Any]:
    """Keys of people who lead a project that has not ended."""
    return Project.objects.filter(ended_on__isnull=True, lead__isnull=False).values("lead")


def deputies() -> QuerySet[Any, Any]:
    """Keys of people who deputise for a project that has not ended."""
    return Project.objects.filter(ended_on__isnull=True, deputy__isnull=False).values("deputy")


def seats() -> QuerySet[Any, Any]:
    """Keys of people who sit in a body."""
    return BodyMember.objects.filter(person__isnull=False).values("person")


def take_part() -> None:
    """Tell data protection what the agenda holds; run once at start."""
    if erase_in_imports not in ERASERS:
        ERASERS.append(erase_in_imports)
        HOLDS.extend((leads, deputies, seats))
    register(Sweep("imports", lambda: old_batches().count(), _run))
