"""What the pages of the import show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.review import (
    KINDS,
    FieldData,
    has_warnings,
    is_open,
    missing_names,
    open_names,
    organisation_names,
)
from wurt.modules.agenda.models import (
    BatchState,
    ImportBatch,
    ImportDocument,
    ImportItem,
    ItemState,
    Report,
)
from wurt.modules.agenda.policies import IMPORT

STATES = tuple(BatchState.values)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One line of the list of imports."""

    id: UUID
    state: str
    created: datetime
    by: str
    files: tuple[str, ...]
    items: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a file: a code of the importer with its parameters, or a finished text."""

    severity: str
    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One project (or page) of a document, with what is left to do."""

    id: UUID
    kind: str
    title: str
    state: str
    match: str
    month: str
    certain: int
    uncertain: int
    warnings: int
    differences: int
    next_action: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One file with what was read."""

    name: str
    file: UUID
    kind: str
    month: date | None
    pages: int
    waiting: bool
    ok: bool
    notes: tuple[Note, ...]
    printed: tuple[str, ...]
    printed_agree: bool | None
    projects: int
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch for its page."""

    id: UUID
    state: str
    created: datetime
    by: str
    applied_at: datetime | None
    pages_done: int
    pages_total: int
    messages: tuple[Mapping[str, Any], ...]
    documents: tuple[DocumentView, ...]
    next_item: UUID | None
    accepted: int
    certain: int
    months: tuple[date, ...]
    published: tuple[date, ...]
    takeable: tuple[date, ...]
    can_take_back: bool

    @property
    def waiting(self) -> int:
        """Items that a person still has to look at."""
        return sum(item.state == ItemState.REVIEW for d in self.documents for item in d.items)

    @property
    def files_done(self) -> int:
        """Files that were read, well or not."""
        return sum(not document.waiting for document in self.documents)

    @property
    def percent(self) -> int:
        """Share of pages read."""
        return 100 * self.pages_done // self.pages_total if self.pages_total else 0


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a review: what was read, where, and what a person has to know."""

    name: str
    kind: str
    data: FieldData
    open: bool
    warnings: tuple[Note, ...] = ()
    difference: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Is the printed organisation the one that is known?"""

    name: str
    candidate: str
    decision: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item for its page."""

    id: UUID
    batch: UUID
    kind: str
    title: str
    state: str
    match: str
    month: str
    project: UUID | None
    project_title: str
    project_slug: str
    version: int
    file_name: str
    file: UUID
    fields: tuple[FieldView, ...]
    missing: tuple[str, ...]
    questions: tuple[Question, ...]
    warnings: tuple[Note, ...]
    number: int
    total: int
    next_item: UUID | None
    editable: bool
    published: bool
    taken_back: bool

    @property
    def new_project(self) -> bool:
        """Will the item make a project, as far as is known?"""
        known = self.project is not None and self.match != "probable"
        return self.editable and self.kind in ("project", "measure") and not known


def may_import(actor: Actor) -> bool:
    """May the actor import at all? Opens the menu entry."""
    return can(actor, IMPORT)


def batches(actor: Actor, *, state: str = "") -> list[BatchRow]:
    """All imports, newest first. Raises NotAllowed for those who may not import."""
    authorize(actor, IMPORT)
    rows = ImportBatch.objects.filter(scope_q(actor, IMPORT)).select_related("created_by")
    if state in STATES:
        rows = rows.filter(state=state)
    rows = rows.annotate(
        items=Count("documents__items", distinct=True),
        waiting=Count("documents__items", filter=Q(documents__items__state=ItemState.REVIEW), distinct=True),
    ).prefetch_related(Prefetch("documents", ImportDocument.objects.select_related("file")))
    return [
        BatchRow(
            id=row.public_id,
            state=row.state,
            created=row.created,
            by=str(row.created_by or ""),
            files=tuple(d.file.name for d in row.documents.all()),
            items=row.items,
            waiting=row.waiting,
        )
        for row in rows
    ]


def batch_counts(actor: Actor) -> dict[str, int]:
    """Number of imports by state."""
    rows = (
        ImportBatch.objects.filter(scope_q(actor, IMPORT))
        .values("state")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return {row["state"]: row["number"] for row in rows}


def _batch(actor: Actor, public_id: UUID) -> ImportBatch:
    row = ImportBatch.objects.select_related("agenda", "created_by").filter(public_id=public_id).first()
    if row is None:
        raise NotFound(code="agenda.importbatch")
    authorize(actor, IMPORT, row)
    return row


def batch(actor: Actor, public_id: UUID) -> BatchView:
    """One import with its files and items. Raises NotFound, NotAllowed."""
    row = _batch(actor, public_id)
    documents = tuple(
        _document(d, row.names)
        for d in row.documents.select_related("file", "month").prefetch_related("items")
    )
    items = [item for document in documents for item in document.items]
    undo = row.undo or {}
    months = {d.month for d in row.documents.all() if d.month_id}
    published = row.published_months()
    takeable = {month for pk, month in row.months().items() if pk not in published}
    waits = sum(item.state in (ItemState.REVIEW, ItemState.ACCEPTED) for item in items)
    others = any(item.state == ItemState.STORED and item.kind in ("page", "measure") for item in items)
    open_state = row.state in (BatchState.REVIEW, BatchState.APPLIED)
    return BatchView(
        id=row.public_id,
        state=row.state,
        created=row.created,
        by=str(row.created_by or ""),
        applied_at=row.applied_at,
        pages_done=row.pages_done,
        pages_total=row.pages_total,
        messages=tuple(row.messages),
        documents=documents,
        next_item=next((item.id for item in items if item.state == ItemState.REVIEW), None),
        accepted=sum(item.state == ItemState.ACCEPTED for item in items),
        certain=sum(item.next_action and item.kind in ("project", "summary") for item in items),
        months=tuple(sorted(m.month for m in months if m is not None)),
        published=tuple(sorted(published.values())),
        takeable=tuple(sorted(takeable)),
        can_take_back=open_state
        and bool(
            takeable or waits or others
            if published
            else row.state == BatchState.REVIEW or undo.get("created") or undo.get("changed")
        ),
    )


def _notes(rows: Sequence[Mapping[str, Any]]) -> tuple[Note, ...]:
    return tuple(Note(r["severity"], r["code"], r["params"]) for r in rows)


def _document(row: ImportDocument, names: Mapping[str, Any]) -> DocumentView:
    printed = set(row.summary.get("printed_keys") or [])
    computed = set(row.summary.get("computed_keys") or [])
    return DocumentView(
        name=row.file.name,
        file=row.file.public_id,
        kind=row.kind,
        month=row.report_month,
        pages=row.pages,
        waiting=row.read_at is None,
        ok=row.ok,
        notes=_notes(row.messages),
        printed=tuple(row.summary.get("printed") or ()),
        printed_agree=printed == computed if row.summary.get("printed") else None,
        projects=int(row.summary.get("projects") or 0),
        items=tuple(_item_row(item, names) for item in row.items.all()),
    )


def _undecided(item: ImportItem, names: Mapping[str, Any]) -> int:
    asked = [n for n in organisation_names(item.fields) if n in names and names[n]["decision"] is None]
    return len(asked) + (item.match == "probable")


def _item_row(item: ImportItem, names: Mapping[str, Any]) -> ItemRow:
    uncertain = len(
        set(open_names(item.fields, item.differences)) | set(missing_names(item.kind, item.fields))
    ) + _undecided(item, names)
    differences = sum(not d["choice"] for d in item.differences.values())
    return ItemRow(
        id=item.public_id,
        kind=item.kind,
        title=item.title,
        state=item.state,
        match=item.match,
        month=(item.fields.get("report_month") or {}).get("value") or "",
        certain=sum(not is_open(d) and d["value"] is not None for d in item.fields.values()),
        uncertain=uncertain,
        warnings=sum(w["severity"] == "warn" for w in item.warnings),
        differences=differences,
        next_action=item.state == ItemState.REVIEW
        and not (uncertain or differences or has_warnings(item.warnings)),
    )


def item(actor: Actor, public_id: UUID) -> ItemView:
    """One item with all its fields. Raises NotFound, NotAllowed."""
    row = (
        ImportItem.objects.select_related("document__batch__agenda", "document__file", "project")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound(code="agenda.importitem")
    owner = row.document.batch
    authorize(actor, IMPORT, owner)
    order = list(
        ImportItem.objects.filter(document__batch=owner).order_by("pk").values_list("public_id", "state")
    )
    place = next(i for i, (found, _state) in enumerate(order) if found == public_id)
    rest = [found for found, state in order[place + 1 :] + order[:place] if state == ItemState.REVIEW]
    month = (row.fields.get("report_month") or {}).get("value") or ""
    return ItemView(
        id=row.public_id,
        batch=owner.public_id,
        kind=row.kind,
        title=row.title,
        state=row.state,
        match=row.match,
        month=month,
        project=row.project.public_id if row.project else None,
        project_title=row.project.title if row.project else "",
        project_slug=row.project.slug if row.project else "",
        version=row.version,
        file_name=row.document.file.name,
        file=row.document.file.public_id,
        fields=_fields(row),
        missing=tuple(missing_names(row.kind, row.fields)),
        questions=tuple(
            Question(name, owner.names[name]["candidate"], owner.names[name]["decision"] or "")
            for name in organisation_names(row.fields)
            if name in owner.names
        ),
        warnings=_notes([w for w in row.warnings if w["severity"] == "warn"]),
        number=place + 1,
        total=len(order),
        next_item=rest[0] if rest else None,
        editable=owner.state in (BatchState.REVIEW, BatchState.APPLIED)
        and row.state in (ItemState.REVIEW, ItemState.ACCEPTED, ItemState.SKIPPED),
        published=_published(row, month),
        taken_back=owner.state == BatchState.TAKEN_BACK,
    )


def _fields(row: ImportItem) -> tuple[FieldView, ...]:
    warnings: dict[str, list[Mapping[str, Any]]] = {}
    for warning in row.warnings:
        if warning["severity"] == "warn":
            warnings.setdefault(warning["place"], []).append(warning)
    return tuple(
        FieldView(
            name=name,
            kind=kind,
            data=row.fields[name],
            open=is_open(row.fields[name]),
            warnings=_notes(warnings.get(name, ())),
            difference=row.differences.get(name),
        )
        for name, kind in KINDS.items()
        if name in row.fields
    )


def _published(row: ImportItem, month: str) -> bool:
    if not month or row.project_id is None:
        return False
    found = Report.objects.filter(
        project=row.project_id, month__month=f"{month}-01", month__current__isnull=False
    )
    return found.exists()
