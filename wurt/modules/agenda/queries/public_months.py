"""The months: list, one published month in one version, its neighbours and originals."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.files.models import StoredFile
from wurt.modules.agenda.domain.snapshot import MonthFact, ReportFact, month_from_json
from wurt.modules.agenda.exports.wording import figure_line
from wurt.modules.agenda.models import ImportDocument, MonthVersion, PublishedReport
from wurt.modules.agenda.models.imports import BatchState
from wurt.modules.agenda.queries.public_published import (
    Edition,
    edition,
    editions,
    month_fact,
    month_head,
    month_json,
    names_of,
    public_versions,
    report_facts,
    standing,
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
    """A project in the report. ``slug`` is its address now, "" if it is not public; ``lead`` as allowed;
    ``figures`` as lines."""

    fact: ReportFact
    slug: str
    lead: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A project named in the summary; ``slug`` is its section on the page, "" if it has none."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Original:
    """The file a month was imported from."""

    id: UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A published month. ``current`` is the number of the version that counts; ``versions`` newest first.

    Of ``reports`` reports those of ``page`` of ``pages`` stand in ``fact`` and ``sections``. ``progress``
    names projects that moved, ``more_progress`` how many are not named.
    """

    agenda: AgendaFact
    edition: Edition
    fact: MonthFact
    names: Mapping[str, str]
    sections: tuple[Section, ...]
    progress: tuple[Named, ...]
    more_progress: int
    started: tuple[Named, ...]
    ended: tuple[Named, ...]
    statuses: Mapping[str, int]
    reports: int
    page: int
    pages: int
    previous: str | None
    next: str | None
    current: int
    versions: tuple[Edition, ...]
    originals: tuple[Original, ...]

    @property
    def example(self) -> bool:
        """Is anything in it invented?"""
        return self.fact.example or any(section.fact.profile.example for section in self.sections)


def month_list(actor: Actor) -> MonthList:
    """All published months. Two queries (one more after each publication)."""
    return MonthList(agenda(actor), month_lines(editions(actor)))


def month_lines(published: tuple[Edition, ...]) -> tuple[MonthLine, ...]:
    """A line for each published month. No query (one after each publication)."""
    counts = standing(published).counts
    return tuple(_line(item, counts[item.month]) for item in published)


def _line(item: Edition, count: Mapping[str, int]) -> MonthLine:
    by_status = {name: count.get(name, 0) for name in ("green", "yellow", "red", "none")}
    return MonthLine(item, sum(by_status.values()), count.get("progress", 0), **by_status)


FULL, NAMED, PER_PAGE = 100, 10, 50
"""Up to so many reports stand on one page; beyond, pages of ``PER_PAGE``, and lists name the first ones."""


def month_page(actor: Actor, month: str, number: int | None = None, page: int = 1) -> MonthPage:
    """A published month, its current version or an older one, as a page shows it. Raises NotFound.

    ``page`` counts from 1; one past the end is the last. At most eleven queries.
    """
    chosen = edition(actor, month, number)
    published = editions(actor)
    rows = PublishedReport.objects.filter(version_id=chosen.version)
    statuses = _statuses(published, chosen)
    total = sum(statuses.values())
    pages = 1 if total <= FULL else -(-total // PER_PAGE)
    page = min(max(page, 1), pages)
    part = slice(None) if pages == 1 else slice((page - 1) * PER_PAGE, page * PER_PAGE)
    found = list(
        rows.order_by("order", "pk").values_list("pk", "project__slug", "project__public_since")[part]
    )
    facts = report_facts(pk for pk, _slug, _since in found)
    fact = replace(month_head(chosen), reports=tuple(facts[pk] for pk, _slug, _since in found))
    slugs = [slug if since is not None else "" for _pk, slug, since in found]
    return _month_page(
        actor,
        chosen,
        published,
        fact,
        slugs,
        named=len(fact.progress_projects) if pages == 1 else NAMED,
        statuses=statuses,
        reports=total,
        page=page,
        pages=pages,
    )


def _statuses(published: tuple[Edition, ...], chosen: Edition) -> dict[str, int]:
    if chosen in published:
        line = _line(chosen, standing(published).counts[chosen.month])
        found = {"green": line.green, "yellow": line.yellow, "red": line.red, "none": line.none}
        return {status: number for status, number in found.items() if number}
    rows = PublishedReport.objects.filter(version_id=chosen.version).order_by().values_list("status")
    return {status or "none": number for status, number in rows.annotate(Count("pk"))}


def month_document(actor: Actor, month: str, number: int | None = None) -> MonthPage:
    """A published month with all its reports, for files. Raises NotFound. At most nine queries."""
    chosen = edition(actor, month, number)
    fact = month_fact(chosen)
    rows = PublishedReport.objects.filter(version_id=chosen.version).order_by("order", "pk")
    found = rows.values_list("project__slug", "project__public_since")
    return _month_page(
        actor,
        chosen,
        editions(actor),
        fact,
        [slug if since is not None else "" for slug, since in found],
        named=len(fact.progress_projects),
        statuses=Counter(report.status or "none" for report in fact.reports),
        reports=len(fact.reports),
        page=1,
        pages=1,
    )


def _month_page(
    actor: Actor,
    chosen: Edition,
    published: tuple[Edition, ...],
    fact: MonthFact,
    slugs: Sequence[str],
    *,
    named: int,
    **size: Any,
) -> MonthPage:
    """``slugs``: current addresses of the reports' projects; those not public have none."""
    month = chosen.month
    months = [item.month for item in published]
    at = months.index(month)
    names = names_of(
        report.profile.lead_person.id for report in fact.reports if report.profile.lead_person is not None
    )
    versions = public_versions(actor, month)
    return MonthPage(
        agenda=agenda(actor),
        edition=chosen,
        fact=fact,
        names=names,
        sections=tuple(
            Section(
                report,
                slug,
                lead_of(report, names),
                tuple(figure_line(figure, month, marked=True) for figure in report.figures),
            )
            for report, slug in zip(fact.reports, slugs, strict=True)
        ),
        progress=_named(fact.progress_projects[:named], fact),
        more_progress=len(fact.progress_projects[named:]),
        started=_named(fact.started_projects, fact),
        ended=_named(fact.ended_projects, fact),
        previous=months[at + 1] if at + 1 < len(months) else None,
        next=months[at - 1] if at else None,
        current=versions[0].number,
        versions=versions,
        originals=_originals(month),
        **size,
    )


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
