"""A project month by month, and the difference between any two of its months."""

from collections.abc import Mapping
from dataclasses import dataclass

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.compare import Comparison, compare
from wurt.modules.agenda.domain.snapshot import ReportFact
from wurt.modules.agenda.queries.public_project import Head, head
from wurt.modules.agenda.queries.public_published import ReportRow, editions, history, report_facts
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda


@dataclass(frozen=True, slots=True)
class Pair:
    """Two months to compare, the earlier first."""

    earlier: str
    later: str

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Pair":
        """From the query of an address; either may be "". Months in the wrong order are turned around."""
        first, second = query.get("von", ""), query.get("bis", "")
        return cls(second, first) if first and second and first > second else cls(first, second)


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """All published months of a project; ``difference`` where two different months are chosen."""

    agenda: AgendaFact
    head: Head
    rows: tuple[ReportRow, ...]
    pair: Pair
    before: ReportFact | None
    after: ReportFact | None
    difference: Comparison | None


def history_page(actor: Actor, slug: str, asked: Pair) -> HistoryPage:
    """The history of a public project. Without a choice the two newest months are compared.

    Raises NotFound for a project that is not public and for a month it has no published report in.
    """
    project = head(actor, slug)
    rows = history(editions(actor), [project.pk]).get(project.pk, ())
    pair = _complete(asked, rows)
    if not pair.earlier:
        return HistoryPage(agenda(actor), project, rows, pair, None, None, None)
    reports = {row.month: row.report for row in rows}
    if not {pair.earlier, pair.later} <= reports.keys():
        raise NotFound(code="agenda.month")
    facts = report_facts((reports[pair.earlier], reports[pair.later]))
    before, after = facts[reports[pair.earlier]], facts[reports[pair.later]]
    return HistoryPage(agenda(actor), project, rows, pair, before, after, compare(before, after))


def _complete(asked: Pair, rows: tuple[ReportRow, ...]) -> Pair:
    if len(rows) < 2:
        return Pair("", "")
    newest = [row.month for row in rows]
    later = asked.later or newest[0]
    earlier = asked.earlier or next((month for month in newest if month < later), newest[-1])
    return Pair(earlier, later)
