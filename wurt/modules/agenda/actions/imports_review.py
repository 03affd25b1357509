"""Decisions of a person about what was read: correct, accept, leave out, recognise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, check_version, lock, record
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.modules.agenda.actions.imports_apply import OPEN, check_open, finish, items_of
from wurt.modules.agenda.actions.imports_match import World, match_project, open_questions, set_differences
from wurt.modules.agenda.actions.imports_write import Writer
from wurt.modules.agenda.actions.steps import valid_due
from wurt.modules.agenda.domain.review import KINDS, equal, has_warnings, missing_names, new_field, open_names
from wurt.modules.agenda.models import ImportBatch, ImportItem, ItemKind, ItemState, Project
from wurt.modules.agenda.policies import IMPORT

NEW = "new"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided about one item.

    ``values``: field to value, only those shown. ``decided``: doubtful fields the person has answered.
    ``choices``: field to "stored" or "read". ``project``: public id, "new", or "" (leave it as recognised).
    ``organisations``: printed name to "same" or "new".
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()
    choices: Mapping[str, Literal["stored", "read"]] = field(default_factory=dict)
    project: str = ""
    organisations: Mapping[str, str] = field(default_factory=dict)


def _open_item(actor: Actor, public_id: UUID, version: int | None) -> tuple[ImportBatch, ImportItem]:
    """The item with its batch locked first. Raises RuleBroken if nothing may be changed any more."""
    found = ImportItem.objects.filter(public_id=public_id).values_list("document__batch", flat=True).first()
    if found is None:
        raise NotFound(code="agenda.importitem")
    batch = lock(ImportBatch.objects.select_related("agenda"), pk=found)
    authorize(actor, IMPORT, batch)
    item = lock(ImportItem.objects.select_related("document"), public_id=public_id)
    item.document.batch = batch
    check_open(batch)
    check_version(item, version)
    if item.state not in (*OPEN, ItemState.SKIPPED):
        raise RuleBroken(
            "agenda.import_done", _("This is taken over already. Please change it in the report itself.")
        )
    return batch, item


@action("agenda.review_item")
def review_item(
    actor: Actor, *, item: UUID, decisions: Decisions, accept: bool = False, version: int | None = None
) -> UUID:
    """Keep a person's decisions; with ``accept`` the item is ready to be taken over.

    The answer is the item's public id. Raises RuleBroken ``agenda.import_open`` with what is still to decide.
    """
    batch, row = _open_item(actor, item, version)
    world = World.load()
    _decide_names(batch, decisions, world)
    _decide_project(row, decisions)
    for name, value in decisions.values.items():
        _set(row, name, value)
    for name in decisions.decided:
        if name in row.fields:
            row.fields[name]["decided"] = True
    if row.match != "decided":
        match_project(row, world)
    set_differences(row, world)
    for name, choice in decisions.choices.items():
        if name in row.differences:
            row.differences[name]["choice"] = choice
    if accept:
        _check_complete(batch, row)
    row.state = ItemState.ACCEPTED if accept else ItemState.REVIEW
    row.version += 1
    row.save()
    finish(batch)
    record(actor, batch, after={"item": str(row.public_id), "state": row.state})
    return row.public_id


def _decide_names(batch: ImportBatch, decisions: Decisions, world: World) -> None:
    """Answers hold for the whole batch: nobody is asked twice."""
    for name, answer in decisions.organisations.items():
        if name in batch.names and answer in ("same", "new"):
            batch.names[name] = {**batch.names[name], "decision": answer}


def _decide_project(item: ImportItem, decisions: Decisions) -> None:
    if not decisions.project:
        return
    if decisions.project == NEW:
        item.project, item.match = None, "decided"
        return
    project = Project.objects.filter(public_id=decisions.project).first()
    if project is None:
        raise NotFound(code="agenda.project")
    item.project, item.match = project, "decided"


def _set(item: ImportItem, name: str, value: Any) -> None:
    if name not in KINDS:
        raise NotFound(code=f"agenda.import_field {name}")
    data = item.fields.setdefault(name, new_field(None))
    if data["stored"]:
        return
    if KINDS[name] == "milestones":
        value = [{**row, "due": valid_due(row.get("due")) or None} for row in value or []]
    if not equal(data["value"], value):
        # Choosing another reading is a decision about the file; anything else is a person's own word.
        data["edited"] = not any(equal(other["value"], value) for other in data["alternatives"])
        data["decided"] = True
        if name == "title" and value:
            item.title = str(value)[:300]
    data["value"] = value
    if KINDS[name] == "milestones" and value:
        data["decided"] = not any(row.get("ambiguous") for row in value)


def _check_complete(batch: ImportBatch, item: ImportItem) -> None:
    if missing := missing_names(item.kind, item.fields):
        texts = {
            "title": _("Please give the project a title."),
            "report_month": _("Please say which month this is about."),
        }
        raise RuleBroken("agenda.import_open", texts[missing[0]])
    if item.match == "probable":
        raise RuleBroken(
            "agenda.import_open", _("Please say whether this is a project that is known already.")
        )
    if open_questions(batch, item):
        raise RuleBroken("agenda.import_open", _("Please say whether this organisation is known already."))
    if open_names(item.fields, item.differences):
        raise RuleBroken("agenda.import_open", _("Some marked fields still wait for your decision."))
    if any(not difference["choice"] for difference in item.differences.values()):
        raise RuleBroken(
            "agenda.import_open", _("Please choose what holds where the stored report says otherwise.")
        )


@action("agenda.skip_item")
def skip_item(actor: Actor, *, item: UUID, skip: bool = True, version: int | None = None) -> UUID:
    """Leave an item out, or take it back into the review. The answer is the item's public id."""
    batch, row = _open_item(actor, item, version)
    row.state = ItemState.SKIPPED if skip else ItemState.REVIEW
    row.version += 1
    row.save(update_fields=["state", "version"])
    finish(batch)
    record(actor, batch, after={"item": str(row.public_id), "state": row.state})
    return row.public_id


@action("agenda.accept_certain_items")
def accept_certain_items(actor: Actor, *, batch: UUID) -> int:
    """Accept every item without warnings in which nothing is left to decide; the answer is how many."""
    row = lock(ImportBatch.objects.select_related("agenda"), public_id=batch)
    authorize(actor, IMPORT, row)
    check_open(row)
    world, writer = World.load(), Writer(row)
    count = 0
    for item in items_of(row):
        if item.state != ItemState.REVIEW or item.kind in (ItemKind.PAGE, ItemKind.MEASURE):
            continue
        if has_warnings(item.warnings):
            continue
        match_project(item, world)
        set_differences(item, world)
        undecided = any(not difference["choice"] for difference in item.differences.values())
        doubts = open_names(item.fields, item.differences) or open_questions(row, item)
        if not (writer.blocked(item) or doubts or undecided):
            item.state = ItemState.ACCEPTED
            item.version += 1
            count += 1
        item.save()
    finish(row)
    record(actor, row, after={"accepted": count})
    return count
