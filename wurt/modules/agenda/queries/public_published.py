"""What is published: the current version of each month and the reports in it, never a draft.

Published versions never change, so what was read from them is kept in memory, keyed by version. Publishing or
correcting a month changes the key.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from threading import Lock

from django.db.models import F

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.domain.snapshot import (
    MonthFact,
    ReportFact,
    head_from_json,
    month_from_json,
    report_from_json,
)
from wurt.modules.agenda.models import Month, MonthVersion, PublishedReport
from wurt.modules.agenda.queries.public_scope import is_month

_KEPT_REPORTS, _CHUNK = 3000, 500


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


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the published months leave the projects: ``newest`` report of each project (by its row), and for
    each month how many reports have which status ("none": nobody gave one), and how many tell "progress"."""

    newest: Mapping[int, ReportRow]
    counts: Mapping[str, Mapping[str, int]]


def editions(actor: Actor) -> tuple[Edition, ...]:
    """The current version of each published month, newest first."""
    # "+ 0" keeps SQLite from looking the version up by its key: it would read past the facts to the digest.
    heads = MonthVersion.objects.annotate(key=F("pk") + 0).filter(key=F("month__current_id"))
    found = list(heads.order_by("-month__month").values_list(*_HEAD, "month__month", "month__is_example"))
    notes = _notes(row[:4] for row in found)
    return tuple(
        Edition(f"{month:%Y-%m}", pk, number, digest, at, example, notes.get(pk, ""))
        for pk, number, digest, at, month, example in found
    )


_HEAD = ("pk", "number", "digest", "published_at")


def _notes(heads: Iterable[tuple[int, int, str, datetime]]) -> dict[int, str]:
    """The notes of corrections; the first version of a month has none."""
    later = [pk for pk, number, _digest, _at in heads if number > 1]
    if not later:
        return {}
    return dict(MonthVersion.objects.filter(pk__in=later).values_list("pk", "note").order_by())


def edition(actor: Actor, month: str, number: int | None = None) -> Edition:
    """The month's current version, or an older one by its number. Raises NotFound, or Withdrawn."""
    owner, found = _versions(month)
    # A version that is prepared but not current is not public yet; older ones stay reachable.
    current = next((item.number for item in found if item.version == owner.current_id), 0)
    wanted = (current or found[0].number) if number is None else number
    if 0 < wanted < owner.public_from:
        raise Withdrawn(month, owner.withdrawn_at, owner.withdrawn_note, owner.is_example)
    for item in found:
        if item.number == wanted and wanted <= current:
            return item
    raise NotFound(code="agenda.month")


def public_versions(actor: Actor, month: str) -> tuple[Edition, ...]:
    """All versions of a published month that can be read, newest first. Raises NotFound."""
    owner, found = _versions(month)
    current = next((item.number for item in found if item.version == owner.current_id), 0)
    return tuple(item for item in found if owner.public_from <= item.number <= current)


def _versions(month: str) -> tuple[Month, list[Edition]]:
    """The month and all its versions, newest first. Raises NotFound if there are none."""
    owner = Month.objects.filter(month=f"{month}-01").first() if is_month(month) else None
    rows = MonthVersion.objects.filter(month=owner).order_by("-number").values_list(*_HEAD) if owner else ()
    found = list(rows)
    if owner is None or not found:
        raise NotFound(code="agenda.month")
    notes = _notes(found)
    return owner, [
        Edition(month, pk, number, digest, at, owner.is_example, notes.get(pk, ""))
        for pk, number, digest, at in found
    ]


def standing(published: tuple[Edition, ...]) -> Standing:
    """Newest reports and counts. One query after each publication, none otherwise."""
    return _standing(_key(published))


Key = tuple[tuple[int, str, str, datetime], ...]
_ROW = ("pk", "project_id", "version_id", "status", "has_progress")


def _key(published: tuple[Edition, ...]) -> Key:
    return tuple((item.version, item.month, item.digest, item.published_at) for item in published)


@lru_cache(maxsize=4)
def _standing(key: Key) -> Standing:
    # A state has hundreds of thousands of published reports: they pass by here, only the newest stay.
    months = {version: month for version, month, _digest, _at in key}
    newest: dict[int, ReportRow] = {}
    counts: dict[str, Counter[str]] = {month: Counter() for month in months.values()}
    rows = PublishedReport.objects.filter(version_id__in=months).values_list(*_ROW).order_by()
    for pk, project, version, status, has_progress in rows.iterator(chunk_size=5000):
        month = months[version]
        counts[month][status or "none"] += 1
        counts[month]["progress"] += has_progress
        if project not in newest or newest[project].month < month:
            newest[project] = ReportRow(pk, project, month, status, has_progress)
    return Standing(newest, counts)


def history(published: tuple[Edition, ...], projects: Collection[int]) -> History:
    """For each of the projects its reports in the published months, newest first. One query."""
    months = {item.version: item.month for item in published}
    rows = PublishedReport.objects.filter(version_id__in=months, project_id__in=projects)
    collected: dict[int, list[ReportRow]] = defaultdict(list)
    for pk, project, version, status, has_progress in rows.values_list(*_ROW).order_by():
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


def newest_facts(published: tuple[Edition, ...]) -> Iterator[tuple[ReportRow, ReportFact]]:
    """Every project's newest report with its facts, read piece by piece and not kept."""
    rows = {row.report: row for row in standing(published).newest.values()}
    keys = sorted(rows)
    for start in range(0, len(keys), _CHUNK):
        found = PublishedReport.objects.filter(pk__in=keys[start : start + _CHUNK])
        for pk, text in found.values_list("pk", "facts").order_by():
            yield rows[pk], report_from_json(text)


def month_fact(chosen: Edition) -> MonthFact:
    """The facts of a published month, with all its reports."""
    return _month_fact(chosen.version, chosen.digest, chosen.published_at)


@lru_cache(maxsize=6)
def _month_fact(version: int, digest: str, published_at: datetime) -> MonthFact:
    return month_from_json(month_json(version))


def month_head(chosen: Edition) -> MonthFact:
    """The facts of a published month without its reports."""
    return _month_head(chosen.version, chosen.digest, chosen.published_at)


@lru_cache(maxsize=120)
def _month_head(version: int, digest: str, published_at: datetime) -> MonthFact:
    return head_from_json(month_json(version))


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
    _standing.cache_clear()
    _month_fact.cache_clear()
    _month_head.cache_clear()
    _kept.facts.clear()
