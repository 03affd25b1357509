"""What the moderation desk does to a project, as steps of its action: hide it and show it again."""

from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.action.run import changed, record, save
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.projects import locked
from wurt.modules.agenda.actions.steps import tell_changed
from wurt.modules.agenda.models import PublishedReport


def show_project(actor: Actor, project: UUID, *, public: bool) -> None:
    """Hide a project or show it again. A published month is frozen and tells about its projects, so one with
    published reports is never hidden. Raises RuleBroken ``agenda.project_published``."""
    row = locked(project)
    if not public and PublishedReport.objects.filter(project=row).exists():
        raise RuleBroken("agenda.project_published")
    before, after = changed(row, {"public_since": now() if public else None})
    save(row, after)
    record(actor, row, before=before, after=after)
    tell_changed(row, after)
