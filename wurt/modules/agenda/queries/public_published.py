"""What is published: the current version of each month and the reports in it, never a draft.

Published versions never change, so what was read from them is kept in memory, keyed by version. Publishing or
correcting a month changes the key.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from threading import Lock

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.domain.snapshot import MonthFact, ReportFact, month_from_json, report_from_json
from wurt.modules.agenda.models import Month, MonthVersion, PublishedReport
from wurt.modules.agenda.queries.public_scope import is_month

_KEPT_REPORTS = 3000


@dataclass(frozen=True, slots=True)
class Edition:
    """A published month in one version. ``month`` is YYYY-MM, ``version`` the row of the version."""

    month: str
    version: int
    number: int
    digest: str
    published_at: datetime
    example: bool = False
    note: str = ""

    @property
    def first(self) -> date:
        """First day of the month."""
        return date(int(self.month[:4]), int(self.month[5:]), 1)


class Withdrawn(NotFound):
    """The month (YYYY-MM), or this version of it, was withdrawn at ``at``; ``note`` says why."""

    def __init__(self, month: str, at: datetime | None, note: str, example: bool) -> None:
        super().__init__(note, code="agenda.month_withdrawn")
        self.month, self.at, self.note, self.example = month, at, note, example


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One project in one published month, without its text. ``report`` is the row of the published report."""

    report: int
    project: int
    month: str
    status: str | None
    has_progress: bool


History = Mapping[int, tuple[ReportRow, ...]]


def editions(actor: Actor) -> tuple[Edition, ...]:
    """The current version of each published month, newest first."""
    rows = Month.objects.filter(current__isnull=False).values_list(
        "month",
        "current_id",
        "current__number",
        "current__digest",
        "current__published_at",
        "is_example",
        "current__note",
    )
    return tuple(
        Edition(f"{month:%Y-%m}", version or 0, number, digest, published_at, example, note)
        for month, version, number, digest, published_at, example, note in rows.order_by("-month")
    )


def edition(actor: Actor, month: str, number: int | None = None) -> Edition:
    """The month's current version, or an older one by its number. Raises NotFound, or Withdrawn."""
    if not is_month(month):
        raise NotFound(code="agenda.month")
    rows = MonthVersion.objects.filter(month__month=f"{month}-01").order_by("-number")
    found = list(rows.select_related("month").defer("facts"))
    if not found:
        raise NotFound(code="agenda.month")
    owner = found[0].month
    # A version that is prepared but not current is not public yet; older ones stay reachable.
    current = next((row.number for row in found if row.pk == owner.current_id), 0)
    wanted = (current or found[0].number) if number is None else number
    if 0 < wanted < owner.public_from:
        raise Withdrawn(month, owner.withdrawn_at, owner.withdrawn_note, owner.is_example)
    for row in found:
        if row.number == wanted and wanted <= current:
            return Edition(
                month, row.pk, row.number, row.digest, row.published_at, owner.is_example, row.note
            )
    raise NotFound(code="agenda.month")


def history(published: tuple[Edition, ...]) -> History:
    """For each project its reports in the published months, newest first."""
    return _history(tuple((item.version, item.month, item.digest, item.published_at) for item in published))


@lru_cache(maxsize=4)
def _history(key: tuple[tuple[int, str, str, datetime], ...]) -> History:
    months = {version: month for version, month, _digest, _at in key}
    rows = PublishedReport.objects.filter(version_id__in=months).values_list(
        "pk", "project_id", "version_id", "status", "has_progress"
    )
    collected: dict[int, list[ReportRow]] = defaultdict(list)
    for pk, project, version, status, has_progress in rows.order_by():
        collected[project].append(ReportRow(pk, project, months[version], status, has_progress))
    return {
        project: tuple(sorted(found, key=lambda row: row.month, reverse=True))
        for project, found in collected.items()
    }


class _Kept:
    """Parsed reports by row; the oldest half goes when it is full."""

    def __init__(self) -> None:
        self.facts: dict[int, ReportFact] = {}
        self.lock = Lock()

    def add(self, facts: Mapping[int, ReportFact]) -> None:
        with self.lock:
            if len(self.facts) + len(facts) > _KEPT_REPORTS:
                for key in list(self.facts)[: _KEPT_REPORTS // 2]:
                    del self.facts[key]
            self.facts.update(facts)


_kept = _Kept()


def report_facts(reports: Iterable[int]) -> dict[int, ReportFact]:
    """The facts of published reports by row; at most one query, none if they were read before."""
    wanted = set(reports)
    found = {key: fact for key in wanted if (fact := _kept.facts.get(key)) is not None}
    missing = wanted - found.keys()
    if missing:
        rows = PublishedReport.objects.filter(pk__in=missing).values_list("pk", "facts").order_by()
        fresh = {pk: report_from_json(text) for pk, text in rows}
        _kept.add(fresh)
        found |= fresh
    return found


def month_fact(chosen: Edition) -> MonthFact:
    """The facts of a published month."""
    return _month_fact(chosen.version, chosen.digest, chosen.published_at)


@lru_cache(maxsize=36)
def _month_fact(version: int, digest: str, published_at: datetime) -> MonthFact:
    return month_from_json(month_json(version))


def month_json(version: int) -> str:
    """The canonical JSON of a version, as it was hashed."""
    return MonthVersion.objects.values_list("facts", flat=True).get(pk=version)


def names_of(people: Iterable[str]) -> dict[str, str]:
    """Names by public id, of those who consent to be named."""
    wanted = set(people)
    if not wanted:
        return {}
    rows = Person.objects.filter(
        public_id__in=wanted, name_public_since__isnull=False, erased__isnull=True
    ).exclude(name="")
    return {str(public_id): name for public_id, name in rows.values_list("public_id", "name")}


def forget() -> None:
    """Empty what is kept in memory (for tests and benchmarks)."""
    _history.cache_clear()
    _month_fact.cache_clear()
    _kept.facts.clear()
