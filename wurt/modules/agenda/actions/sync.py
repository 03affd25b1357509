"""What the newest published month says becomes what the project is. Absent is not empty: nothing is lost."""

from datetime import date
from typing import Any

from wurt.core.action.run import changed
from wurt.core.db.clock import now
from wurt.modules.agenda.actions.profile import replace_parties
from wurt.modules.agenda.actions.projects import party_names
from wurt.modules.agenda.actions.steps import latest
from wurt.modules.agenda.actions.values import PartyValue
from wurt.modules.agenda.models import Milestone, MilestoneShift, Project, ProjectState, Report

_FIELDS = ("field", "goal", "content", "lead_organisation", "lead", "start", "end")


def sync_project(report: Report) -> None:
    """Carry profile, parties and milestones of a report to its project."""
    project = Project.objects.get(pk=report.project_id)
    values: dict[str, Any] = {
        name: getattr(report, name) for name in _FIELDS if getattr(report, name) not in (None, "")
    }
    if project.state == ProjectState.PLANNED and report.state == ProjectState.RUNNING:
        values["state"] = ProjectState.RUNNING
    _before, after = changed(project, values)
    parties = _sync_parties(project, report)
    milestones = report.milestones is not None and _sync_milestones(project, report)
    if after or parties or milestones:
        project.changed = now()
        project.version += 1
        project.save(update_fields=[*after, "changed", "version"])


def _sync_parties(project: Project, report: Report) -> bool:
    known = party_names(project)
    partners = report.partners or known["partners"]
    stakeholders = report.stakeholders or known["stakeholders"]
    if {"partners": partners, "stakeholders": stakeholders} == known:
        return False
    return replace_parties(
        project,
        [PartyValue("partner", name) for name in partners]
        + [PartyValue("stakeholder", name) for name in stakeholders],
    )


def _sync_milestones(project: Project, report: Report) -> bool:
    """Rows become what the report lists. What it no longer lists goes, unless it is done."""
    rows = {row.label: row for row in project.milestones.all()}
    touched = False
    for order, item in enumerate(report.milestones or [], start=1):
        row = rows.pop(item["label"], None)
        due, done = item.get("due") or "", bool(item.get("done"))
        done_on = date.fromisoformat(item["done_on"]) if item.get("done_on") else None
        values = {"due": due, "due_latest": latest(due), "done": done, "done_on": done_on, "order": order}
        if row is None:
            Milestone.objects.create(project=project, label=item["label"], **values)
            touched = True
            continue
        before, after = changed(row, values)
        if after:
            row.version += 1
            row.save(update_fields=[*after, "version"])
            touched = True
        _sync_shift(row, report, before.get("due"))
    gone = [row.pk for row in rows.values() if not row.done]
    if report.milestones and gone:
        Milestone.objects.filter(pk__in=gone).delete()
        touched = True
    return touched


def _sync_shift(row: Milestone, report: Report, before: str | None) -> None:
    """Keep a move that the report shows; one made by hand is dated to the report that tells of it."""
    if before is not None:
        MilestoneShift.objects.create(milestone=row, month=report.month.month, before=before, after=row.due)
        return
    by_hand = row.shifts.filter(month__gt=report.month.month, after=row.due)
    by_hand.update(month=report.month.month)
