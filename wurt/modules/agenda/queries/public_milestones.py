"""Milestones of all public projects, and the timeline of the whole agenda."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from wurt.core.action.actor import Actor
from wurt.modules.agenda.domain.periods import sort_key
from wurt.modules.agenda.domain.snapshot import MilestoneFact
from wurt.modules.agenda.models import Field
from wurt.modules.agenda.queries.public_project import judged, profile_milestones
from wurt.modules.agenda.queries.public_projects import FULL, Line, ProjectCard, cards, dated, lines
from wurt.modules.agenda.queries.public_published import (
    Edition,
    Standing,
    editions,
    newest_facts,
    report_facts,
    standing,
)
from wurt.modules.agenda.queries.public_scope import (
    AgendaFact,
    Choice,
    agenda,
    one_of,
    public_projects,
    text_of,
)

FIRST, PER_PAGE, CHOICES = 10, 100, 200
KINDS = ("overdue", "due", "undated", "moved", "done")


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone with its project. ``kind`` is done, overdue, due or undated; ``moved`` may come on top.
    ``changed_at``: when the report with it was published, or the profile changed."""

    project: ProjectCard
    fact: MilestoneFact
    kind: str
    changed_at: datetime

    @property
    def moved(self) -> bool:
        """Did its date change at least once?"""
        return bool(self.fact.shifts)


@dataclass(frozen=True, slots=True)
class MilestoneFilter:
    """What the address asks for; "" is everything."""

    kind: str = ""
    field: str = ""
    project: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "MilestoneFilter":
        """From the query of an address; what is unknown counts as not set."""
        return cls(one_of(query, "art", KINDS), text_of(query, "feld", 120), text_of(query, "projekt", 140))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters that are set, as (parameter, value)."""
        named = (("art", self.kind), ("feld", self.field), ("projekt", self.project))
        return [(name, value) for name, value in named if value]


@dataclass(frozen=True, slots=True)
class MilestonePage:
    """Milestones that pass the filter: ``shown`` of them, of which ``lines`` stand on ``page`` of ``pages``.
    ``counts`` by kind are those inside field and project."""

    agenda: AgendaFact
    lines: tuple[MilestoneLine, ...]
    shown: int
    page: int
    pages: int
    counts: Mapping[str, int]
    filter: MilestoneFilter
    fields: tuple[Choice, ...]
    projects: tuple[Choice, ...]
    as_of: str | None


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A project on the time axis."""

    project: ProjectCard
    milestones: tuple[MilestoneFact, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The agenda on the time axis: ``rows`` of ``shown`` projects. ``field`` is the chosen field, "" for all;
    ``first`` says that each field shows only its first projects; ``as_of`` the newest published month."""

    agenda: AgendaFact
    rows: tuple[TimelineRow, ...]
    shown: int
    first: int
    page: int
    pages: int
    fields: tuple[Choice, ...]
    field: str
    as_of: str | None


class _Told(NamedTuple):
    """A milestone as the newest report of its project tells it."""

    order: tuple[object, ...]
    project: int
    kind: str
    month: str
    fact: MilestoneFact


def milestone_page(
    actor: Actor, chosen: MilestoneFilter, *, page: int = 1, per_page: int | None = PER_PAGE
) -> MilestonePage:
    """Milestones of all projects as the newest published reports tell them. At most ten queries (two more
    after each publication).

    ``page`` counts from 1, one past the end is the last; ``per_page`` None is all on one.
    """
    published = editions(actor)
    now = standing(published)
    known = {line.pk: line for line in lines(actor)}
    told = [item for item in _all_told(actor, published, now, known) if item.project in known]
    slug = _project_of(actor, chosen.project)
    inside = [
        item
        for item in told
        if (not chosen.field or known[item.project].field == chosen.field)
        and (not chosen.project or item.project == slug)
    ]
    counts = Counter(item.kind for item in inside)
    counts["moved"] = sum(bool(item.fact.shifts) for item in inside)
    kept = [item for item in inside if _is(item, chosen.kind)]
    size = per_page or max(len(kept), 1)
    pages = max(-(-len(kept) // size), 1)
    page = min(max(page, 1), pages)
    part = kept[(page - 1) * size : page * size]
    with_any = {item.project for item in told}
    found = cards(actor, now, {item.project for item in part})
    at = {item.month: item.published_at for item in published}
    return MilestonePage(
        agenda=agenda(actor),
        lines=tuple(
            MilestoneLine(card, item.fact, item.kind, at.get(item.month, card.changed))
            for item in part
            if (card := found.get(item.project)) is not None
        ),
        shown=len(kept),
        page=page,
        pages=pages,
        counts=counts,
        filter=chosen,
        fields=_fields(known[pk] for pk in with_any),
        projects=_projects(actor, with_any, slug),
        as_of=published[0].month if published else None,
    )


def _is(item: _Told, kind: str) -> bool:
    return not kind or kind == item.kind or (kind == "moved" and bool(item.fact.shifts))


def _project_of(actor: Actor, slug: str) -> int | None:
    if not slug:
        return None
    return public_projects().filter(slug=slug).values_list("pk", flat=True).first()


def _projects(actor: Actor, keys: Collection[int], chosen: int | None) -> tuple[Choice, ...]:
    """The projects to choose from; more than ``CHOICES`` are no help, then only the chosen one."""
    shown = keys if len(keys) <= CHOICES else [key for key in keys if key == chosen]
    rows = public_projects().filter(pk__in=shown).order_by("title", "pk")
    return tuple(Choice(row.slug, row.name) for row in rows.only("slug", "title", "short_title"))


def timeline(actor: Actor, field: str = "", *, page: int = 1, per_page: int | None = PER_PAGE) -> Timeline:
    """Projects that have a date, with their milestones. At most nine queries (two more after publication).

    All on one page up to ``FULL`` projects; beyond, the first ``FIRST`` of each field, and a chosen field
    page by page. ``per_page`` None is all on one.
    """
    published = editions(actor)
    now = standing(published)
    known = {line.pk: line for line in lines(actor)}
    shown = dated(actor) | {item.project for item in _all_told(actor, published, now, known)}
    everything = [line for line in known.values() if line.pk in shown]
    kept = [line for line in everything if not field or line.field == field]
    part, first, pages = kept, 0, 1
    if per_page and len(kept) > FULL:
        if field:
            pages = -(-len(kept) // per_page)
            page = min(max(page, 1), pages)
            part = kept[(page - 1) * per_page : page * per_page]
        else:
            part, first = _first_of_each(kept), FIRST
    return Timeline(
        agenda=agenda(actor),
        rows=tuple(_with_milestones(actor, part, published, now)),
        shown=len(kept),
        first=first,
        page=page if pages > 1 else 1,
        pages=pages,
        fields=_fields(everything),
        field=field,
        as_of=published[0].month if published else None,
    )


def _first_of_each(kept: Sequence[Line]) -> list[Line]:
    number: Counter[str] = Counter()
    part = []
    for line in kept:
        number[line.field] += 1
        if number[line.field] <= FIRST:
            part.append(line)
    return part


def _with_milestones(
    actor: Actor, part: Sequence[Line], published: tuple[Edition, ...], now: Standing
) -> list[TimelineRow]:
    found = cards(actor, now, [line.pk for line in part])
    newest = {pk: now.newest[pk].report for pk in found if pk in now.newest}
    facts = report_facts(newest.values())
    profiles = profile_milestones(pk for pk in found if pk not in newest)
    return [
        TimelineRow(
            card, judged(facts[newest[pk]].milestones if pk in newest else profiles.get(pk, ()), published)
        )
        for pk, card in found.items()
    ]


def _all_told(
    actor: Actor, published: tuple[Edition, ...], now: Standing, known: Mapping[int, Line]
) -> list[_Told]:
    """All milestones by date, project and name: of reported projects from their newest report, of others
    from the profile."""
    reported = _reported(published)
    profiles = profile_milestones(pk for pk in known if pk not in now.newest)
    if not profiles:
        return list(reported)
    titles = dict(public_projects().filter(pk__in=profiles).values_list("pk", "title"))
    stored = [
        _told(item, titles.get(pk, ""), pk, "")
        for pk, items in profiles.items()
        for item in judged(items, published)
    ]
    return sorted((*reported, *stored), key=lambda item: item.order)


@lru_cache(maxsize=2)
def _reported(published: tuple[Edition, ...]) -> tuple[_Told, ...]:
    # Published reports never change, so this is read and sorted once after each publication.
    found = [
        _told(item, fact.profile.title, row.project, row.month)
        for row, fact in newest_facts(published)
        for item in judged(fact.milestones, published)
    ]
    return tuple(sorted(found, key=lambda item: item.order))


def _told(item: MilestoneFact, title: str, project: int, month: str) -> _Told:
    order = (*sort_key(item.due), title.casefold(), item.label.casefold())
    return _Told(order, project, _kind(item), month, item)


def _kind(item: MilestoneFact) -> str:
    if item.done:
        return "done"
    if item.overdue:
        return "overdue"
    return "due" if item.due else "undated"


def _fields(found: Iterable[Line]) -> tuple[Choice, ...]:
    number = Counter(line.field for line in found)
    rows = Field.objects.values_list("slug", "name").order_by("order", "name")
    return tuple(Choice(slug, name, number[slug]) for slug, name in rows if number[slug])
