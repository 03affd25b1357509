"""Milestones of a project as it is now. What a month said stands in that month's report."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, lock_all, record, save
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.modules.agenda.actions.projects import locked
from wurt.modules.agenda.actions.steps import first_day, latest, required, tell_changed, touch, valid_due
from wurt.modules.agenda.models import Milestone, MilestoneShift, Project, Report
from wurt.modules.agenda.policies import EDIT_PROJECT


def _locked(public_id: UUID) -> Milestone:
    row = lock(Milestone.objects.select_related("project"), public_id=public_id)
    row.project = locked(row.project.public_id)
    return row


def _label(project: Project, label: str, own: int = 0) -> str:
    text = required(label, "agenda.milestone_label", _("Please name the milestone."))
    if project.milestones.filter(label=text).exclude(pk=own).exists():
        raise RuleBroken("agenda.milestone_label", _("The project has a milestone of this name already."))
    return text


def as_reported(row: Milestone) -> dict[str, Any]:
    """A milestone in the shape of ``Report.milestones``."""
    return {
        "label": row.label,
        "due": row.due or None,
        "done": row.done,
        "done_on": row.done_on.isoformat() if row.done_on else None,
    }


def _mirror(project: Project, old: str | None, new: Milestone | None) -> None:
    """Carry a change into the project's draft reports, so that publishing them does not undo it."""
    drafts = Report.objects.filter(
        project=project,
        month__current__isnull=True,
        month__withdrawn_at__isnull=True,
        milestones__isnull=False,
    )
    for report in lock_all(drafts):
        items = list(report.milestones or [])
        places = [number for number, item in enumerate(items) if item["label"] == old]
        if new is None:
            items = [item for item in items if item["label"] != old]
        elif places:
            items[places[0]] = as_reported(new)
        elif old is None:
            items.append(as_reported(new))
        if items != report.milestones:
            report.milestones = items
            save(report, ["milestones"])


@action("agenda.add_milestone", makes=Making(Milestone.objects.all))
def add_milestone(
    actor: Actor,
    *,
    project: UUID,
    label: str,
    due: str | None = None,
    done: bool = False,
    done_on: date | None = None,
) -> UUID:
    """Add a milestone at the end; the answer is its public id. ``due`` None: not known yet."""
    owner = locked(project)
    authorize(actor, EDIT_PROJECT, owner)
    text, stored = _label(owner, label), valid_due(due)
    row = Milestone.objects.create(
        project=owner,
        label=text,
        due=stored,
        due_latest=latest(stored),
        done=done,
        done_on=done_on if done else None,
        order=owner.milestones.count() + 1,
    )
    touch(owner)
    _mirror(owner, None, row)
    record(actor, row, after={"label": row.label, "due": row.due, "done": row.done})
    tell_changed(owner, ["milestones"])
    return row.public_id


@action("agenda.edit_milestone")
def edit_milestone(
    actor: Actor,
    *,
    milestone: UUID,
    label: str,
    due: str | None,
    done: bool,
    done_on: date | None = None,
    version: int | None = None,
) -> UUID:
    """Change words, date and state of a milestone in one go; another date is kept as a shift."""
    row = _locked(milestone)
    authorize(actor, EDIT_PROJECT, row.project)
    check_version(row, version)
    old, stored = row.label, valid_due(due)
    values = {"label": _label(row.project, label, row.pk), "due": stored, "due_latest": latest(stored)}
    if stored != row.due:
        _shift(row, stored)
    day = _done_day(done, done_on or row.done_on)
    return _saved(actor, row, {**values, "done": done, "done_on": day}, old)


def _shift(row: Milestone, due: str) -> None:
    MilestoneShift.objects.create(milestone=row, month=first_day(today()), before=row.due, after=due)


def _done_day(done: bool, on: date | None) -> date | None:
    day = (on or today()) if done else None
    if day is not None and day > today():
        raise RuleBroken("agenda.done_on", _("This day lies in the future. Please check the date."))
    return day


@action("agenda.move_milestone")
def move_milestone(actor: Actor, *, milestone: UUID, due: str | None, version: int | None = None) -> UUID:
    """Give a milestone another date; the move is kept as a shift in the current month."""
    row = _locked(milestone)
    authorize(actor, EDIT_PROJECT, row.project)
    check_version(row, version)
    stored = valid_due(due)
    if stored == row.due:
        return row.public_id
    _shift(row, stored)
    return _saved(actor, row, {"due": stored, "due_latest": latest(stored)}, row.label)


@action("agenda.tick_milestone")
def tick_milestone(
    actor: Actor, *, milestone: UUID, done: bool, on: date | None = None, version: int | None = None
) -> UUID:
    """Mark a milestone as done on a day (today if None), or as open again."""
    row = _locked(milestone)
    authorize(actor, EDIT_PROJECT, row.project)
    check_version(row, version)
    return _saved(actor, row, {"done": done, "done_on": _done_day(done, on)}, row.label)


def _saved(actor: Actor, row: Milestone, values: dict[str, Any], old: str) -> UUID:
    before, after = changed(row, values)
    after.pop("due_latest", None)
    before.pop("due_latest", None)
    if after:
        save(row, values)
        touch(row.project)
        _mirror(row.project, old, row)
        record(actor, row, before=before, after=after)
        tell_changed(row.project, ["milestones"])
    return row.public_id


@action("agenda.delete_milestone")
def delete_milestone(actor: Actor, *, milestone: UUID) -> None:
    """Delete a milestone; published reports keep telling of it."""
    row = _locked(milestone)
    authorize(actor, EDIT_PROJECT, row.project)
    record(actor, row, before={"label": row.label, "due": row.due, "done": row.done})
    touch(row.project)
    _mirror(row.project, row.label, None)
    tell_changed(row.project, ["milestones"])
    row.delete()


@action("agenda.reorder_milestones")
def reorder_milestones(actor: Actor, *, project: UUID, milestones: Sequence[UUID]) -> UUID:
    """Put the milestones in this order; those not named follow."""
    owner = locked(project)
    authorize(actor, EDIT_PROJECT, owner)
    rows = {row.public_id: row for row in lock_all(owner.milestones.all())}
    if any(public_id not in rows for public_id in milestones):
        raise NotFound(code="agenda.milestone")
    rest = sorted((r for key, r in rows.items() if key not in milestones), key=lambda r: (r.order, r.pk))
    for number, row in enumerate([rows[key] for key in milestones] + rest, start=1):
        row.order = number
    Milestone.objects.bulk_update(rows.values(), ["order"])
    touch(owner)
    record(actor, owner, after={"order": [str(key) for key in milestones]})
    return owner.public_id
