"""Steps of the import tests: upload, review, compare what is stored."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps

from wurt.core.action.actor import Actor
from wurt.modules.agenda.actions.imports_read import Upload, upload_import
from wurt.modules.agenda.actions.imports_review import Decisions, review_item
from wurt.modules.agenda.actions.imports_run import read_now
from wurt.modules.agenda.models import Report
from wurt.modules.agenda.queries.imports import BatchView, ItemView
from wurt.modules.agenda.queries.imports import batch as batch_of
from wurt.modules.agenda.queries.imports import item as item_of
from wurt.modules.agenda.tests.factories import SYSTEM

_TRACES = {"importbatch", "importdocument", "importitem"}


def of_paths(paths: Iterable[Path]) -> list[Upload]:
    """Files as an upload hands them over."""
    return [(path.name, path.read_bytes()) for path in paths]


def read(files: Sequence[Upload], actor: Actor = SYSTEM) -> UUID:
    """Upload and read."""
    public_id = upload_import(actor, files=files)
    if batch_of(actor, public_id).state == "reading":
        read_now(actor, batch=public_id)
    return public_id


def view(batch: UUID) -> BatchView:
    """The batch as its page shows it."""
    return batch_of(SYSTEM, batch)


def items(batch: UUID, kind: str = "") -> list[ItemView]:
    """All items of a batch, in order."""
    rows = [item for document in view(batch).documents for item in document.items]
    return [item_of(SYSTEM, row.id) for row in rows if not kind or row.kind == kind]


def item_named(batch: UUID, title: str, month: str = "") -> ItemView:
    """One item by its title."""
    return next(i for i in items(batch) if i.title == title and month in ("", i.month))


def accept(item: ItemView, actor: Actor = SYSTEM, **values: Any) -> None:
    """Accept an item as it was read; doubtful dates as proposed, organisations as the same."""
    fields = {field.name: field for field in item.fields}
    answers: dict[str, Any] = {name: field.data["value"] for name, field in fields.items()}
    if "milestones" in fields:
        answers["milestones"] = [{**row, "ambiguous": False} for row in fields["milestones"].data["value"]]
    review_item(
        actor,
        item=item.id,
        decisions=Decisions(
            values={**answers, **values},
            decided=frozenset(fields),
            choices=dict.fromkeys(fields, "read"),
            project=str(item.project) if item.match == "probable" else "",
            organisations={question.name: "same" for question in item.questions},
        ),
        accept=True,
        version=item.version,
    )


def accept_all(batch: UUID) -> None:
    """Accept everything that waits."""
    for item in items(batch):
        if item.state == "review":
            accept(item_of(SYSTEM, item.id))


def dump(*, traces: bool = False, versions: bool = True) -> dict[str, list[Any]]:
    """All rows of the agenda and the tenancy, by table. ``traces``: the import's own tables, too."""
    found = {}
    for app in ("agenda", "tenancy"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if model._meta.model_name in _TRACES and not traces:
                continue
            names = [f.attname for f in model._meta.concrete_fields]
            names = [n for n in names if versions or n not in ("version", "changed")]
            found[model._meta.label] = list(model._default_manager.order_by("pk").values_list(*names))
    return found


def reports() -> dict[tuple[str, str], Report]:
    """All stored reports by month and title of the project."""
    rows = Report.objects.select_related("month", "project", "lead_organisation", "lead")
    return {(str(row.month), row.project.title): row for row in rows}
