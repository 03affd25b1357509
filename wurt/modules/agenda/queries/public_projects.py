"""The overview of all projects: by field of action and, inside, by state; filters; cards."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wurt.core.action.actor import Actor
from wurt.modules.agenda.domain.snapshot import Counts
from wurt.modules.agenda.models import Field, Party
from wurt.modules.agenda.models.project import PartyRole
from wurt.modules.agenda.queries.public_published import History, ReportRow, editions, history
from wurt.modules.agenda.queries.public_scope import (
    STATES,
    STATUSES,
    Choice,
    is_example,
    one_of,
    public_projects,
    text_of,
)

_COLUMNS = (
    "pk", "public_id", "slug", "title", "short_title", "state", "goal", "field__name", "field__slug",
    "place__name", "place__slug", "lead_organisation__name", "changed", "start", "end", "planned_start",
    "ended_on", "is_example",
)  # fmt: skip
_PARTNER = ("project_id", "name", "organisation__slug", "organisation__name")


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project as a list shows it. ``reported`` is the newest published month with it, None without one.
    ``status`` means something only with one (None: nobody gave one)."""

    pk: int
    id: str
    slug: str
    title: str
    name: str
    state: str
    goal: str
    field: str
    field_slug: str
    place: str
    place_slug: str
    lead_organisation: str
    partners: tuple[str, ...]
    changed: datetime
    start: date | None
    end: date | None
    planned_start: str
    ended_on: date | None
    reported: str | None
    status: str | None
    has_progress: bool
    example: bool
    partner_organisations: tuple[tuple[str, str], ...] = ()

    @property
    def status_word(self) -> str:
        """The status as it stands in addresses and data: "none" where nobody gave one, "" without report."""
        return (self.status or "none") if self.reported else ""


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """What the address asks for; "" is everything."""

    field: str = ""
    state: str = ""
    status: str = ""
    partner: str = ""
    place: str = ""
    text: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "ProjectFilter":
        """From the query of an address, in German words; what is unknown counts as not set."""
        return cls(
            field=text_of(query, "feld", 120),
            state=one_of(query, "stand", STATES),
            status=one_of(query, "status", STATUSES),
            partner=text_of(query, "partner", 120),
            place=text_of(query, "ort", 120),
            text=text_of(query, "q"),
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters that are set, as (parameter, value)."""
        named = (
            ("q", self.text),
            ("feld", self.field),
            ("stand", self.state),
            ("status", self.status),
            ("partner", self.partner),
            ("ort", self.place),
        )
        return [(name, value) for name, value in named if value]


@dataclass(frozen=True, slots=True)
class StateGroup:
    """The projects of one state inside a field."""

    state: str
    cards: tuple[ProjectCard, ...]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A field of action with its projects by state."""

    slug: str
    name: str
    description: str
    count: int
    states: tuple[StateGroup, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The page of all projects. ``counts`` are those of all projects, ``shown`` of the filtered ones."""

    groups: tuple[FieldGroup, ...]
    cards: tuple[ProjectCard, ...]
    counts: Counts
    total: int
    filter: ProjectFilter
    fields: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    places: tuple[Choice, ...]
    latest: str | None
    example: bool

    @property
    def shown(self) -> int:
        """How many projects pass the filters."""
        return len(self.cards)

    @property
    def older(self) -> bool:
        """Does a running project show the status of an older month than the newest?"""
        return any(
            card.state == "running" and card.reported not in (None, self.latest) for card in self.cards
        )


def cards(actor: Actor, published: History, *, with_content: bool = False) -> list[tuple[ProjectCard, str]]:
    """All public projects as cards, by title, each with the text to search in. Two queries."""
    columns = (*_COLUMNS, "content") if with_content else _COLUMNS
    rows = public_projects().order_by("title", "pk").values(*columns)
    partners: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    parties = Party.objects.filter(role=PartyRole.PARTNER, project__in=public_projects())
    for project, name, slug, organisation in parties.order_by("project", "order").values_list(*_PARTNER):
        partners[project].append((name, slug or "", organisation or ""))
    found = [(row, _card(row, partners[row["pk"]], published.get(row["pk"], ()))) for row in rows]
    return [(card, _haystack(card, row.get("content", "")) if with_content else "") for row, card in found]


def _card(row: Any, partners: list[tuple[str, str, str]], reports: tuple[ReportRow, ...]) -> ProjectCard:
    latest = reports[0] if reports else None
    return ProjectCard(
        pk=row["pk"],
        id=str(row["public_id"]),
        slug=row["slug"],
        title=row["title"],
        name=row["short_title"] or row["title"],
        state=row["state"],
        goal=row["goal"],
        field=row["field__name"] or "",
        field_slug=row["field__slug"] or "",
        place=row["place__name"],
        place_slug=row["place__slug"],
        lead_organisation=row["lead_organisation__name"] or "",
        partners=tuple(name for name, _slug, _organisation in partners),
        partner_organisations=tuple((slug, name) for _name, slug, name in partners if slug),
        changed=row["changed"],
        start=row["start"],
        end=row["end"],
        planned_start=row["planned_start"],
        ended_on=row["ended_on"],
        reported=latest.month if latest else None,
        status=latest.status if latest else None,
        has_progress=latest.has_progress if latest else False,
        example=row["is_example"],
    )


def _haystack(card: ProjectCard, content: str) -> str:
    words = (card.title, card.name, card.goal, content, card.field, card.lead_organisation, *card.partners)
    return " ".join(words).casefold()


def overview(actor: Actor, chosen: ProjectFilter) -> Overview:
    """The overview as the address asks for it. Five queries (one more for each newly published month)."""
    published = editions(actor)
    # SQLite compares without case only in ASCII ("Öffentlich"), so the text is searched here; a county has
    # hundreds of projects, not millions.
    found = cards(actor, history(published), with_content=bool(chosen.text))
    kept = tuple(card for card, haystack in found if _passes(card, haystack, chosen))
    everything = [card for card, _haystack in found]
    fields = list(Field.objects.values_list("slug", "name", "description").order_by("order", "name"))
    return Overview(
        groups=_by_field(kept, fields),
        cards=kept,
        counts=counts(everything),
        total=len(everything),
        filter=chosen,
        fields=_field_choices(everything, fields),
        partners=_choices(pair for card in everything for pair in card.partner_organisations),
        places=_choices((card.place_slug, card.place) for card in everything),
        latest=published[0].month if published else None,
        example=is_example(actor),
    )


def counts(found: Iterable[ProjectCard]) -> Counts:
    """How many projects are in which state."""
    number = Counter(card.state for card in found)
    return Counts(**{state: number[state] for state in STATES})


def _passes(card: ProjectCard, haystack: str, chosen: ProjectFilter) -> bool:
    return (
        (not chosen.field or card.field_slug == chosen.field)
        and (not chosen.state or card.state == chosen.state)
        and (not chosen.status or card.status_word == chosen.status)
        and (not chosen.partner or chosen.partner in dict(card.partner_organisations))
        and (not chosen.place or card.place_slug == chosen.place)
        and all(word in haystack for word in chosen.text.casefold().split())
    )


def _by_field(kept: tuple[ProjectCard, ...], fields: list[tuple[str, str, str]]) -> tuple[FieldGroup, ...]:
    groups = []
    for slug, name, description in [*fields, ("", "", "")]:
        inside = [card for card in kept if card.field_slug == slug]
        if inside:
            states = tuple(
                StateGroup(state, tuple(mine))
                for state in STATES
                if (mine := [card for card in inside if card.state == state])
            )
            groups.append(FieldGroup(slug, name, description, len(inside), states))
    return tuple(groups)


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    number = Counter(pairs)
    ordered = sorted(number.items(), key=lambda item: item[0][1].casefold())
    return tuple(Choice(value, label, count) for (value, label), count in ordered)


def _field_choices(found: list[ProjectCard], fields: list[tuple[str, str, str]]) -> tuple[Choice, ...]:
    number = Counter(card.field_slug for card in found)
    return tuple(Choice(slug, name, number[slug]) for slug, name, _description in fields if number[slug])
