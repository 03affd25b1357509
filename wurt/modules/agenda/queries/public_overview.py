"""The overview of all projects: by field of action and, inside, by state.

Up to ``FULL`` projects all stand on one page. Beyond, each field shows its counts and its first ``FIRST``; a
field chosen alone is read page by page.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wurt.core.action.actor import Actor
from wurt.core.tenancy.models import Organisation
from wurt.modules.agenda.domain.snapshot import Counts
from wurt.modules.agenda.models import Field, Party
from wurt.modules.agenda.models.project import PartyRole
from wurt.modules.agenda.queries.public_projects import (
    FULL,
    Line,
    ProjectCard,
    ProjectFilter,
    cards,
    chosen_lines,
    counts,
    lines,
)
from wurt.modules.agenda.queries.public_published import Standing, editions, standing
from wurt.modules.agenda.queries.public_scope import STATES, Choice, is_example

FIRST, PER_PAGE = 10, 50


@dataclass(frozen=True, slots=True)
class StateGroup:
    """The projects of one state inside a field: ``count`` of them, of which ``cards`` are shown."""

    state: str
    count: int
    cards: tuple[ProjectCard, ...]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A field of action with its projects by state. ``more``: how many are not shown."""

    slug: str
    name: str
    description: str
    count: int
    more: int
    states: tuple[StateGroup, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The page of all projects. ``counts`` are those of all projects, ``shown`` of the filtered ones;
    ``page`` of ``pages`` where one field has more than fit on one."""

    groups: tuple[FieldGroup, ...]
    counts: Counts
    total: int
    shown: int
    filter: ProjectFilter
    fields: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    places: tuple[Choice, ...]
    latest: str | None
    older: bool
    page: int
    pages: int
    example: bool


@dataclass(frozen=True, slots=True)
class ProjectList:
    """The projects that pass the filter, by title; ``count`` of them, of which ``cards`` were asked for."""

    cards: tuple[ProjectCard, ...]
    count: int
    example: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """The agenda in numbers: projects by state, projects by field, newest published month."""

    counts: Counts
    fields: tuple[Choice, ...]
    latest: str | None


def overview(actor: Actor, chosen: ProjectFilter, page: int = 1) -> Overview:
    """The overview as the address asks for it. At most nine queries (one more after each publication).

    ``page`` counts from 1; one past the end is the last.
    """
    published = editions(actor)
    now = standing(published)
    everything = lines(actor)
    kept = chosen_lines(actor, everything, chosen, now)
    latest = published[0].month if published else None
    fields = list(Field.objects.values_list("slug", "name", "description").order_by("order", "name"))
    pages = 1
    inside = _by_state(kept)
    if len(kept) > FULL and chosen.field:
        pages = -(-len(kept) // PER_PAGE)
        page = min(page, pages)
        inside = inside[(page - 1) * PER_PAGE : page * PER_PAGE]
    limited = len(kept) > FULL and not chosen.field
    return Overview(
        groups=_groups(actor, now, inside, fields, _numbers(kept), limited),
        counts=counts(everything),
        total=len(everything),
        shown=len(kept),
        filter=chosen,
        fields=_field_choices(everything, fields),
        partners=_partners({line.pk for line in everything}),
        places=_choices((line.place, line.place_name) for line in everything),
        latest=latest,
        older=any(line.state == "running" and _older(now, line, latest) for line in kept),
        page=page,
        pages=pages,
        example=is_example(actor),
    )


def _numbers(kept: Sequence[Line]) -> Counter[tuple[str, str]]:
    return Counter((line.field, line.state) for line in kept)


def _older(now: Standing, line: Line, latest: str | None) -> bool:
    report = now.newest.get(line.pk)
    return report is not None and report.month != latest


def _by_state(kept: Sequence[Line]) -> list[Line]:
    order = {state: place for place, state in enumerate(STATES)}
    return sorted(kept, key=lambda line: order[line.state])


def _groups(
    actor: Actor,
    now: Standing,
    kept: Sequence[Line],
    fields: Sequence[tuple[str, str, str]],
    number: Mapping[tuple[str, str], int],
    limited: bool,
) -> tuple[FieldGroup, ...]:
    inside: dict[str, list[Line]] = {}
    for line in kept:
        here = inside.setdefault(line.field, [])
        if len(here) < FIRST or not limited:
            here.append(line)
    found = cards(actor, now, [line.pk for here in inside.values() for line in here])
    groups = []
    for slug, name, description in [*fields, ("", "", "")]:
        if slug in inside:
            shown = {state: tuple(_cards(found, inside[slug], state)) for state in STATES}
            states = tuple(
                StateGroup(state, number[slug, state], shown[state])
                for state in STATES
                if shown[state] or (limited and number[slug, state])
            )
            count = sum(number[slug, state] for state in STATES)
            more = count - sum(len(group.cards) for group in states)
            groups.append(FieldGroup(slug, name, description, count, more, states))
    return tuple(groups)


def _cards(found: Mapping[int, ProjectCard], inside: Iterable[Line], state: str) -> Iterable[ProjectCard]:
    # A project that stopped being public between the two queries has no card any more.
    return (found[line.pk] for line in inside if line.state == state and line.pk in found)


def project_list(
    actor: Actor, chosen: ProjectFilter, *, offset: int = 0, limit: int | None = None
) -> ProjectList:
    """The projects that pass the filter by title, all or a part. At most eight queries."""
    now = standing(editions(actor))
    kept = chosen_lines(actor, lines(actor), chosen, now)
    part = kept[offset : None if limit is None else offset + limit]
    found = cards(actor, now, [line.pk for line in part])
    return ProjectList(tuple(found.values()), len(kept), is_example(actor))


def numbers(actor: Actor) -> Numbers:
    """The agenda in numbers. Three queries."""
    published = editions(actor)
    everything = lines(actor)
    fields = list(Field.objects.values_list("slug", "name", "description").order_by("order", "name"))
    latest = published[0].month if published else None
    return Numbers(counts(everything), _field_choices(everything, fields), latest)


def _partners(public: Collection[int]) -> tuple[Choice, ...]:
    rows = Party.objects.filter(role=PartyRole.PARTNER, organisation__isnull=False).order_by()
    pairs = {(organisation, project) for organisation, project in rows.values_list("organisation", "project")}
    number = Counter(organisation for organisation, project in pairs if project in public)
    found = Organisation.objects.filter(pk__in=number).values_list("pk", "slug", "name").order_by()
    return tuple(
        Choice(slug, name, number[pk]) for pk, slug, name in sorted(found, key=lambda row: row[2].casefold())
    )


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    number = Counter(pairs)
    ordered = sorted(number.items(), key=lambda item: item[0][1].casefold())
    return tuple(Choice(value, label, count) for (value, label), count in ordered)


def _field_choices(found: Sequence[Line], fields: Sequence[tuple[str, str, str]]) -> tuple[Choice, ...]:
    number = Counter(line.field for line in found)
    return tuple(Choice(slug, name, number[slug]) for slug, name, _description in fields if number[slug])
