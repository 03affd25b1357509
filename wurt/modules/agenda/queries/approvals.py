"""What the steering group said of reports, and which of them may be published. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wurt.core.action.actor import Actor
from wurt.modules.agenda.models import Month, PublishedReport, Report, Verdict
from wurt.modules.agenda.models.meeting import Outcome


@dataclass(frozen=True, slots=True)
class Approval:
    """Where a report stands: ``kind`` is ``published`` (it stands in a published version of its month),
    ``approved``, ``changed`` (approved, and written on since), ``returned`` or ``open``."""

    kind: str
    meeting: datetime | None = None
    reason: str = ""

    @property
    def is_ready(self) -> bool:
        """May it be published?"""
        return self.kind in ("published", "approved")


OPEN = Approval("open")


def approvals_of(actor: Actor, month: Month, reports: Iterable[Report]) -> Mapping[int, Approval]:
    """By report of the month: the newest word of the steering group. Two queries."""
    rows = list(reports)
    found = dict.fromkeys((row.pk for row in rows), OPEN)
    by_pk = {row.pk: row for row in rows}
    for said in Verdict.objects.filter(report__month=month).select_related("meeting").order_by("pk"):
        report = by_pk.get(said.report_id)
        if report is None:
            continue
        kind = said.outcome
        if kind == Outcome.APPROVED and said.stamp != report.stamp:
            kind = "changed"
        found[report.pk] = Approval(kind, said.meeting.starts, said.reason)
    published = set(PublishedReport.objects.filter(version__month=month).values_list("project_id", flat=True))
    return {
        pk: Approval("published") if by_pk[pk].project_id in published else said for pk, said in found.items()
    }


def ready_reports(actor: Actor, month: Month, reports: Sequence[Report]) -> list[Report]:
    """Those that may be published: all, or in a county whose steering group approves reports, the approved.

    A report that was published once may be corrected without it: a correction is a version that everybody
    sees, with its reason.
    """
    if not month.agenda.approval:
        return list(reports)
    said = approvals_of(actor, month, reports)
    return [row for row in reports if said[row.pk].is_ready]
