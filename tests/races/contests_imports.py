"""Eight people take the same import over at the same moment."""

import time
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.modules.agenda.actions.imports_apply import apply_import
from wurt.modules.agenda.actions.imports_read import upload_import
from wurt.modules.agenda.actions.imports_review import accept_certain_items
from wurt.modules.agenda.actions.imports_run import read_now
from wurt.modules.agenda.models import BatchState, ImportBatch, Project
from wurt.modules.agenda.tests.variants import Project as Printed
from wurt.modules.agenda.tests.variants import Report, text

GAP = 0.03
SYSTEM = Actor.for_system("race")


def accepted_import(number: int, *, title: str) -> str:
    """A batch whose items are accepted and wait to be taken over."""
    report = Report("Mai 2024", [Printed(title, status="green")])
    batch = upload_import(SYSTEM, files=[("mai.txt", text(report).encode())])
    read_now(SYSTEM, batch=batch)
    accept_certain_items(SYSTEM, batch=batch)
    return str(batch)


def apply_same(number: int, *, batch: str, title: str, fair: bool) -> int:
    """Take the batch over; the answer is how many items were written."""
    if fair:
        return apply_import(SYSTEM, batch=UUID(batch))
    row = ImportBatch.objects.select_related("agenda__place").get(public_id=batch)
    if row.state == BatchState.APPLIED:
        return 0
    time.sleep(GAP)
    with writes_allowed("control"):
        Project.objects.create(
            agenda=row.agenda, place=row.agenda.place, title=title, slug=f"control-{number}"
        )
        ImportBatch.objects.filter(pk=row.pk).update(state=BatchState.APPLIED)
    return 1


def applied(number: int, *, title: str) -> dict[str, int]:
    """How often the project is there, with how many reports, and how often the trail tells of it."""
    rows = Project.objects.filter(title=title)
    return {
        "projects": rows.count(),
        "reports": sum(row.reports.count() for row in rows),
        "recorded": AuditEntry.objects.filter(action="agenda.apply_import").count(),
    }
