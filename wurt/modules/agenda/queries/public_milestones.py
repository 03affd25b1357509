"""Milestones of all public projects, and the timeline of the whole agenda."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wurt.core.action.actor import Actor
from wurt.modules.agenda.domain.periods import sort_key
from wurt.modules.agenda.domain.snapshot import MilestoneFact
from wurt.modules.agenda.models import Field
from wurt.modules.agenda.queries.public_project import judged, profile_milestones
from wurt.modules.agenda.queries.public_projects import ProjectCard, cards
from wurt.modules.agenda.queries.public_published import Edition, editions, history, report_facts
from wurt.modules.agenda.queries.public_scope import (
    AgendaFact,
    Choice,
    agenda,
    one_of,
    text_of,
)

KINDS = ("overdue", "due", "undated", "moved", "done")
OPEN_STATES = ("running", "planned")


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
    """All milestones that pass the filter. ``counts`` by kind are those inside field and project."""

    agenda: AgendaFact
    lines: tuple[MilestoneLine, ...]
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
    """The whole agenda on the time axis. ``field`` is the chosen field, "" for all; ``as_of`` the newest
    published month."""

    agenda: AgendaFact
    rows: tuple[TimelineRow, ...]
    fields: tuple[Choice, ...]
    field: str
    as_of: str | None


def milestone_page(actor: Actor, chosen: MilestoneFilter) -> MilestonePage:
    """Milestones of all projects as the newest published reports tell them. At most nine queries."""
    published = editions(actor)
    rows = _with_milestones(actor, published)
    inside = [line for row in rows if _passes(row.project, chosen) for line in _lines(row, published)]
    counts = Counter(line.kind for line in inside)
    counts["moved"] = sum(line.moved for line in inside)
    kept = [
        line
        for line in inside
        if not chosen.kind or chosen.kind == line.kind or (chosen.kind == "moved" and line.moved)
    ]
    return MilestonePage(
        agenda=agenda(actor),
        lines=tuple(sorted(kept, key=_order)),
        counts=counts,
        filter=chosen,
        fields=_fields([row.project for row in rows if row.milestones]),
        projects=tuple(Choice(row.project.slug, row.project.name) for row in rows if row.milestones),
        as_of=published[0].month if published else None,
    )


def timeline(actor: Actor, field: str = "") -> Timeline:
    """All projects that have a date, with their milestones. At most nine queries."""
    published = editions(actor)
    rows = [
        row
        for row in _with_milestones(actor, published)
        if row.project.start or row.project.end or row.project.planned_start or row.milestones
    ]
    kept = tuple(row for row in rows if not field or row.project.field_slug == field)
    as_of = published[0].month if published else None
    return Timeline(agenda(actor), kept, _fields([row.project for row in rows]), field, as_of)


def _with_milestones(actor: Actor, published: tuple[Edition, ...]) -> list[TimelineRow]:
    reports = history(published)
    found = [card for card, _text in cards(actor, reports)]
    newest = {card.pk: reports[card.pk][0].report for card in found if card.reported}
    facts = report_facts(newest.values())
    profiles = profile_milestones(card.pk for card in found if not card.reported)
    return [
        TimelineRow(
            card,
            judged(
                facts[newest[card.pk]].milestones if card.reported else profiles.get(card.pk, ()),
                published,
            ),
        )
        for card in found
    ]


def _passes(card: ProjectCard, chosen: MilestoneFilter) -> bool:
    return (not chosen.field or card.field_slug == chosen.field) and (
        not chosen.project or card.slug == chosen.project
    )


def _lines(row: TimelineRow, published: tuple[Edition, ...]) -> list[MilestoneLine]:
    card = row.project
    told = next((item.published_at for item in published if item.month == card.reported), card.changed)
    return [MilestoneLine(card, item, _kind(item), told) for item in row.milestones]


def _kind(item: MilestoneFact) -> str:
    if item.done:
        return "done"
    if item.overdue:
        return "overdue"
    return "due" if item.due else "undated"


def _order(line: MilestoneLine) -> tuple[object, ...]:
    return (*sort_key(line.fact.due), line.project.title.casefold(), line.fact.label.casefold())


def _fields(found: list[ProjectCard]) -> tuple[Choice, ...]:
    number = Counter(card.field_slug for card in found)
    rows = Field.objects.values_list("slug", "name").order_by("order", "name")
    return tuple(Choice(slug, name, number[slug]) for slug, name in rows if number[slug])
