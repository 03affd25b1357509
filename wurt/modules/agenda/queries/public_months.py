"""The months: list, one published month in one version, its neighbours and originals."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.files.models import StoredFile
from wurt.modules.agenda.domain.snapshot import MonthFact, ReportFact, month_from_json
from wurt.modules.agenda.models import ImportDocument, MonthVersion, PublishedReport
from wurt.modules.agenda.models.imports import BatchState
from wurt.modules.agenda.queries.public_published import (
    Edition,
    edition,
    editions,
    history,
    month_fact,
    month_json,
    names_of,
)
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month in the list: how many reports, how many with which status, how many with progress."""

    edition: Edition
    reports: int
    progress: int
    green: int
    yellow: int
    red: int
    none: int


@dataclass(frozen=True, slots=True)
class MonthList:
    """All published months, newest first."""

    agenda: AgendaFact
    lines: tuple[MonthLine, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A project in the report. ``slug`` is its address now, "" if it is not public; ``lead`` as allowed."""

    fact: ReportFact
    slug: str
    lead: str


@dataclass(frozen=True, slots=True)
class Named:
    """A project named in the summary; ``slug`` is its section on the page, "" if it has none."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a month. ``note`` says what was corrected."""

    number: int
    published_at: datetime
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class Original:
    """The file a month was imported from."""

    id: UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A published month. ``current`` is the number of the version that counts; ``versions`` newest first."""

    agenda: AgendaFact
    edition: Edition
    fact: MonthFact
    names: Mapping[str, str]
    sections: tuple[Section, ...]
    progress: tuple[Named, ...]
    started: tuple[Named, ...]
    ended: tuple[Named, ...]
    statuses: Mapping[str, int]
    previous: str | None
    next: str | None
    current: int
    versions: tuple[VersionLine, ...]
    originals: tuple[Original, ...]

    @property
    def example(self) -> bool:
        """Is anything in it invented?"""
        return self.fact.example or any(section.fact.profile.example for section in self.sections)


def month_list(actor: Actor) -> MonthList:
    """All published months. Two queries (one more after each publication)."""
    published = editions(actor)
    status: dict[str, Counter[str]] = {item.month: Counter() for item in published}
    for rows in history(published).values():
        for row in rows:
            status[row.month][row.status or "none"] += 1
            status[row.month]["progress"] += row.has_progress
    lines = tuple(_line(item, status[item.month]) for item in published)
    return MonthList(agenda(actor), lines)


def _line(item: Edition, count: Counter[str]) -> MonthLine:
    by_status = {name: count[name] for name in ("green", "yellow", "red", "none")}
    return MonthLine(item, sum(by_status.values()), count["progress"], **by_status)


def month_page(actor: Actor, month: str, number: int | None = None) -> MonthPage:
    """A published month, its current version or an older one. Raises NotFound. At most eight queries."""
    chosen = edition(actor, month, number)
    fact = month_fact(chosen)
    published = [item.month for item in editions(actor)]
    at = published.index(month)
    names = names_of(
        report.profile.lead_person.id for report in fact.reports if report.profile.lead_person is not None
    )
    slugs = _slugs(chosen)
    versions = tuple(
        VersionLine(*row)
        for row in MonthVersion.objects.filter(
            month__month=f"{month}-01",
            number__range=(F("month__public_from"), F("month__current__number")),
        )
        .order_by("-number")
        .values_list("number", "published_at", "note", "digest")
    )
    return MonthPage(
        agenda=agenda(actor),
        edition=chosen,
        fact=fact,
        names=names,
        sections=tuple(
            Section(report, slugs.get(index, ""), lead_of(report, names))
            for index, report in enumerate(fact.reports)
        ),
        progress=_named(fact.progress_projects, fact),
        started=_named(fact.started_projects, fact),
        ended=_named(fact.ended_projects, fact),
        statuses=Counter(report.status or "none" for report in fact.reports),
        previous=published[at + 1] if at + 1 < len(published) else None,
        next=published[at - 1] if at else None,
        current=versions[0].number,
        versions=versions,
        originals=_originals(month),
    )


def _slugs(chosen: Edition) -> dict[int, str]:
    """Current addresses of the reports' projects by place in the report; those not public have none."""
    rows = PublishedReport.objects.filter(version_id=chosen.version).order_by("order", "pk")
    found = rows.values_list("project__slug", "project__public_since")
    return {place: slug for place, (slug, since) in enumerate(found) if since is not None}


def lead_of(report: ReportFact, names: Mapping[str, str]) -> str:
    """The lead's name with consent, else the function."""
    person = report.profile.lead_person
    return (names.get(person.id, "") if person else "") or report.profile.lead_function


def _named(titles: tuple[str, ...], fact: MonthFact) -> tuple[Named, ...]:
    """Titles of the summary with the section they lead to. A title may be long, short or a key."""
    anchors = {}
    for report in fact.reports:
        profile = report.profile
        for word in (profile.key, profile.short_title, profile.title):
            anchors[word] = (profile.short_title or profile.title, profile.key)
    return tuple(Named(*anchors.get(title, (title, ""))) for title in titles)


def _originals(month: str) -> tuple[Original, ...]:
    rows = (
        public_originals()
        .filter(month__month=f"{month}-01")
        .order_by("pk")
        .values_list("file__public_id", "file__name", "file__size")
    )
    return tuple(Original(*row) for row in rows)


def public_originals() -> QuerySet[ImportDocument]:
    """Files taken over before the current version of their month was published: one that waits for review, or
    was taken over since, stays private."""
    return ImportDocument.objects.filter(
        batch__state=BatchState.APPLIED,
        batch__applied_at__lte=F("month__current__published_at"),
    )


def original_file(actor: Actor, month: str, file: UUID) -> StoredFile:
    """The imported original of a published month. Raises NotFound, Withdrawn."""
    edition(actor, month)
    found = (
        public_originals()
        .filter(month__month=f"{month}-01", file__public_id=file)
        .select_related("file")
        .first()
    )
    if found is None:
        raise NotFound(code="agenda.original")
    return found.file


def month_facts(actor: Actor) -> Iterator[MonthFact]:
    """The facts of all published months, newest first, read one by one."""
    versions = [item.version for item in editions(actor)]
    rows = MonthVersion.objects.filter(pk__in=versions).order_by("-month__month")
    for text in rows.values_list("facts", flat=True).iterator(chunk_size=10):
        yield month_from_json(text)


def version_json(actor: Actor, month: str, number: int | None = None) -> tuple[Edition, str]:
    """A published month as its canonical JSON. Raises NotFound."""
    chosen = edition(actor, month, number)
    return chosen, month_json(chosen.version)
