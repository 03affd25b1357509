"""A draft report as the project group reads it, with what was said of it. The actor comes first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.action.permission import can, scope_q
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.plausibility import Warning
from wurt.modules.agenda.models import Part, Remark, Report
from wurt.modules.agenda.policies import EDIT_REPORT, REMARK, VIEW_REPORT_DRAFT
from wurt.modules.agenda.queries.desk import check_desk
from wurt.modules.agenda.queries.report_checks import judge_of


@dataclass(frozen=True, slots=True)
class RemarkView:
    """One remark; ``settled_by`` is empty while it is open."""

    public_id: UUID
    part: str
    text: str
    author: str
    created: datetime
    settled: datetime | None
    settled_by: str


@dataclass(frozen=True, slots=True)
class ReadView:
    """A report to be read and talked about; ``remarks`` in the order in which they were made."""

    report: Report
    remarks: tuple[RemarkView, ...]
    warnings: tuple[Warning, ...]
    can_edit: bool
    can_remark: bool

    @property
    def open(self) -> int:
        """How many remarks nobody has settled yet."""
        return sum(remark.settled is None for remark in self.remarks)


def report_to_read(actor: Actor, month: date, slug: str) -> ReadView:
    """Raises NotFound for whoever may not see the draft."""
    check_desk(actor)
    rows = Report.objects.select_related("month", "project", "handed_in_by", "field", "lead_organisation")
    row = rows.filter(scope_q(actor, VIEW_REPORT_DRAFT), month__month=month, project__slug=slug).first()
    if row is None:
        raise NotFound(code="agenda.report")
    said = row.remarks.select_related("author", "settled_by")
    return ReadView(
        report=row,
        remarks=tuple(map(_view, said)),
        warnings=tuple(judge_of(actor, row)(row)),
        can_edit=can(actor, EDIT_REPORT, row),
        can_remark=can(actor, REMARK, row),
    )


def parts(actor: Actor) -> list[tuple[str, str]]:
    """What a remark may be about, with its name."""
    return [(part.value, str(part.label)) for part in Part]


def open_remarks(actor: Actor, reports: Iterable[Report]) -> Counter[int]:
    """By report: how many remarks are open, of reports that the actor sees already."""
    rows = Remark.objects.filter(report__in=list(reports), settled__isnull=True)
    return Counter(rows.values_list("report_id", flat=True))


def remark_to_settle(actor: Actor, remark: UUID) -> tuple[date, str]:
    """Month and project of a remark. Raises NotFound."""
    check_desk(actor)
    rows = Report.objects.filter(scope_q(actor, VIEW_REPORT_DRAFT), remarks__public_id=remark)
    found: tuple[date, str] | None = rows.values_list("month__month", "project__slug").first()
    if found is None:
        raise NotFound(code="agenda.remark")
    return found


def _view(row: Remark) -> RemarkView:
    return RemarkView(
        row.public_id,
        str(Part(row.part).label),
        row.text,
        str(row.author or ""),
        row.created,
        row.settled,
        str(row.settled_by or "") if row.settled else "",
    )
