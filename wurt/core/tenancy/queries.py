"""Every read of organisations, places and roles. The actor comes first; answers are values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Grant, Organisation, OrganisationKind, Place, PlaceKind
from wurt.core.tenancy.official import OurPlace
from wurt.core.tenancy.policies import (
    CREATE_ORGANISATION,
    EDIT_ORGANISATION,
    GRANT_ROLE,
    MANAGE_MEMBERS,
    VIEW_ORGANISATION,
    VIEW_PLACES,
)
from wurt.core.tenancy.roles import MEANINGS, name_of


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    public_id: UUID
    name: str
    kind: str
    kind_name: str
    place: str
    is_partner: bool
    website: str
    aliases: int


@dataclass(frozen=True, slots=True)
class AliasView:
    key: int
    name: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    public_id: UUID
    name: str
    kind: str
    kind_name: str
    place: str
    place_name: str
    is_partner: bool
    website: str
    version: int
    aliases: tuple[AliasView, ...]
    may_edit: bool
    may_see_members: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the tree; ``depth`` 0 is the county."""

    slug: str
    name: str
    kind_name: str
    depth: int
    ags: str
    postcode: str
    latitude: float | None
    longitude: float | None
    source: str


@dataclass(frozen=True, slots=True)
class GrantView:
    """A role as people read it. ``until``: the last day on which it is valid; None: no end."""

    public_id: UUID
    role: str
    role_name: str
    at: str
    until: date | None
    over: bool
    meaning: str = ""


def organisations(
    actor: Actor, *, text: str = "", kind: str = "", partner: str = ""
) -> tuple[OrganisationRow, ...]:
    """Organisations by name; ``text`` looks into names and spellings, ``partner`` is "yes", "no" or empty."""
    _check_reader(actor)
    rows = Organisation.objects.filter(scope_q(actor, VIEW_ORGANISATION)).select_related("place")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(aliases__name__icontains=text))
    if kind:
        rows = rows.filter(kind=kind)
    if partner:
        rows = rows.filter(is_partner=partner == "yes")
    rows = rows.annotate(spellings=Count("aliases", distinct=True)).order_by("name").distinct()
    return tuple(
        OrganisationRow(
            public_id=row.public_id,
            name=row.name,
            kind=row.kind,
            kind_name=row.get_kind_display(),
            place=row.place.name,
            is_partner=row.is_partner,
            website=row.website,
            aliases=row.spellings,
        )
        for row in rows
    )


def organisation(actor: Actor, public_id: UUID) -> OrganisationView:
    """One organisation with its spellings. Raises NotFound if it may not be seen."""
    _check_reader(actor)
    row = (
        Organisation.objects.filter(scope_q(actor, VIEW_ORGANISATION), public_id=public_id)
        .select_related("place")
        .first()
    )
    if row is None:
        raise NotFound(code="tenancy.organisation")
    return OrganisationView(
        public_id=row.public_id,
        name=row.name,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        place=row.place.slug,
        place_name=row.place.name,
        is_partner=row.is_partner,
        website=row.website,
        version=row.version,
        aliases=tuple(AliasView(alias.pk, alias.name) for alias in row.aliases.order_by("name")),
        may_edit=can(actor, EDIT_ORGANISATION, row),
        may_see_members=can(actor, MANAGE_MEMBERS, row),
    )


def organisation_to_edit(actor: Actor, public_id: UUID) -> OrganisationView:
    """The same for the pages that change it. Raises NotAllowed for whoever may only read."""
    row = Organisation.objects.filter(scope_q(actor, VIEW_ORGANISATION), public_id=public_id).first()
    _check_reader(actor)
    if row is None:
        raise NotFound(code="tenancy.organisation")
    authorize(actor, EDIT_ORGANISATION, row)
    return organisation(actor, public_id)


def check_may_create_organisation(actor: Actor) -> None:
    """Raise NotAllowed for whoever may create none anywhere."""
    authorize(actor, CREATE_ORGANISATION)


def may_view_organisations(actor: Actor) -> bool:
    """Does the desk of organisations and places open for the actor? Asked for the menu."""
    return can(actor, VIEW_ORGANISATION)


def may_create_organisation(actor: Actor) -> bool:
    """Is there any place where the actor may create one?"""
    return can(actor, CREATE_ORGANISATION)


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of organisations for a select field."""
    return [(value, str(label)) for value, label in OrganisationKind.choices]


def organisation_choices(actor: Actor) -> list[tuple[str, str]]:
    """(public id, name) of the organisations that the actor may see."""
    rows = Organisation.objects.filter(scope_q(actor, VIEW_ORGANISATION)).order_by("name")
    return [(str(public_id), name) for public_id, name in rows.values_list("public_id", "name")]


def place_choices(actor: Actor, *, for_grants: bool = False) -> list[tuple[str, str]]:
    """(slug, name) of the places where the actor may create organisations, or grant roles; the county
    first."""
    permission = GRANT_ROLE if for_grants else CREATE_ORGANISATION
    rows = Place.objects.filter(scope_q(actor, permission))
    order = {PlaceKind.COUNTY: 0, PlaceKind.AMT: 1, PlaceKind.TOWN: 2, PlaceKind.MUNICIPALITY: 3}
    ordered = sorted(rows, key=lambda row: (order[PlaceKind(row.kind)], row.name))
    return [(row.slug, f"{row.name} ({row.get_kind_display()})") for row in ordered]


def places(actor: Actor) -> tuple[PlaceRow, ...]:
    """The whole tree, parents before children, for staff."""
    authorize(actor, VIEW_PLACES)
    children: dict[int | None, list[Place]] = {}
    for row in Place.objects.order_by("name"):
        children.setdefault(row.parent_id, []).append(row)
    found: list[PlaceRow] = []
    todo = [(row, 0) for row in reversed(children.get(None, []))]
    while todo:
        row, depth = todo.pop()
        found.append(
            PlaceRow(
                slug=row.slug,
                name=row.name,
                kind_name=row.get_kind_display(),
                depth=depth,
                ags=row.ags,
                postcode=row.postcode,
                latitude=row.latitude,
                longitude=row.longitude,
                source=row.source,
            )
        )
        todo.extend((child, depth + 1) for child in reversed(children.get(row.pk, [])))
    return tuple(found)


def last_day(until: datetime | None) -> date | None:
    """The last day on which a grant with this end is valid, in the county's time."""
    if until is None:
        return None
    return (timezone.localtime(until) - timedelta(microseconds=1)).date()


def grant_view(row: Grant) -> GrantView:
    """A stored grant as people read it; expects place and organisation to be loaded."""
    where = row.organisation or row.place
    return GrantView(
        public_id=row.public_id,
        role=row.role,
        role_name=name_of(Role(row.role)),
        at=where.name if where else "",
        until=last_day(row.until),
        over=row.until is not None and row.until <= now(),
        meaning=str(MEANINGS[Role(row.role)]),
    )


def places_to_match(actor: Actor) -> list[OurPlace]:
    """Municipalities and towns as the official list is matched against them."""
    authorize(actor, VIEW_PLACES)
    rows = Place.objects.filter(kind__in=[PlaceKind.MUNICIPALITY, PlaceKind.TOWN]).select_related("parent")
    return [OurPlace(row.slug, row.name, row.parent.name if row.parent else "", row.ags) for row in rows]


def county_key(actor: Actor) -> str:
    """The first digits that all keys of the county share; empty if unknown."""
    authorize(actor, VIEW_PLACES)
    return county().ags


def shown_name() -> str:
    """Name of the county for the header of every page; empty if there is none yet."""
    return Place.objects.filter(kind=PlaceKind.COUNTY).values_list("name", flat=True).first() or ""


def county_name() -> str:
    """Name of the county, for commands. Raises RuleBroken if there is none yet."""
    return county().name


def _check_reader(actor: Actor) -> None:
    authorize(actor, VIEW_ORGANISATION)
