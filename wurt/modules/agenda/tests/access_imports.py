"""Who gets what at the addresses of the import: those who manage the whole agenda."""

from typing import Any

from tests.access.table import Row, desk, everybody
from tests.access.world import World
from wurt.core.action.actor import Actor
from wurt.core.files.storage import absolute_path
from wurt.modules.agenda.actions.imports_read import store_read, upload_import
from wurt.modules.agenda.importing import read_file
from wurt.modules.agenda.models import ImportDocument, ImportItem
from wurt.modules.agenda.tests.variants import Project, Report, text

SYSTEM = Actor.for_system("test")
STAFF = ("coordinator",)


def fill(world: World) -> None:
    """One import that waits for its review."""
    report = Report("Mai 2024", [Project("Kulturkalender für alle Orte")])
    batch = upload_import(SYSTEM, files=[("mai.txt", text(report).encode())])
    # Read in this process: the world is built anew for every row of the table.
    documents = ImportDocument.objects.filter(batch__public_id=batch).select_related("file")
    store_read(SYSTEM, batch=batch, documents={d.pk: read_file(absolute_path(d.file)) for d in documents})
    item = ImportItem.objects.get(kind="project", document__batch__public_id=batch)
    world.rows |= {"batch": batch, "item": item.public_id}


def _batch(world: World) -> dict[str, Any]:
    return {"batch": world.rows["batch"]}


def _item(world: World) -> dict[str, Any]:
    return {"item": world.rows["item"]}


def _post(name: str, kwargs: Any, answer: int = 302) -> list[Row]:
    return [
        Row(name, everybody(405), kwargs),
        Row(name, desk(answer, *STAFF, method="POST"), kwargs, "POST"),
    ]


ROWS = [
    Row("agenda:imports", desk(200, *STAFF)),
    Row("agenda:import_upload", desk(200, *STAFF)),
    Row("agenda:import_upload", desk(422, *STAFF, method="POST"), method="POST"),
    Row("agenda:import_batch", desk(200, *STAFF), _batch),
    Row("agenda:import_item", desk(200, *STAFF), _item),
    # Without the version of the page nothing is saved.
    Row("agenda:import_item", desk(422, *STAFF, method="POST"), _item, "POST"),
    Row("agenda:import_undo", desk(200, *STAFF), _batch),
    Row("agenda:import_undo", desk(302, *STAFF, method="POST"), _batch, "POST"),
    *_post("agenda:import_skip", _item),
    *_post("agenda:import_certain", _batch),
    *_post("agenda:import_apply", _batch),
]
