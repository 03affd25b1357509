"""Every read of short links. The actor comes first; answers are values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.core.links.codes import typed
from wurt.core.links.models import Link, Tally
from wurt.core.links.policies import CREATE_LINK, MANAGE_LINK
from wurt.core.links.results import OPENED
from wurt.core.links.targets import own_path
from wurt.core.tenancy.models import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link. ``address`` is the full short address; ``state``: ``open``, ``planned`` or ``over``."""

    public_id: UUID
    code: str
    title: str
    target: str
    address: str
    place: str
    owner: str
    is_mine: bool
    origin: str
    valid_from: date
    valid_until: date | None
    ended: datetime | None
    state: str
    version: int
    is_example: bool
    openings: int = 0
    results: int = 0


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What happened behind a link on one day; ``results`` by kind."""

    day: date
    openings: int
    results: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Totals of a link over all or some days; openings are visits of people, robots left out."""

    openings: int = 0
    results: Mapping[str, int] = field(default_factory=dict)
    days: tuple[DayFigures, ...] = ()

    @property
    def finished(self) -> int:
        """Results of all kinds together."""
        return sum(self.results.values())


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opened short address answers: ``key`` and ``target``, or no target and why."""

    key: int
    code: str
    title: str
    target: str
    state: str
    valid_from: date


def opening(actor: Actor, code: str) -> Opening:
    """Where a code leads now. Raises NotFound for a code of no link. Everybody may ask."""
    row = Link.objects.filter(code=typed(code)).first() if typed(code) else None
    if row is None:
        raise NotFound(code="links.link")
    state = _state(row)
    target = own_path(row.target) if state == "open" else ""
    return Opening(
        row.pk,
        row.code,
        row.title,
        target,
        "over" if state == "open" and not target else state,
        row.valid_from,
    )


def links(actor: Actor, *, text: str = "", state: str = "", mine: bool = False) -> tuple[LinkView, ...]:
    """The links that the actor looks after, newest first, with their totals. Raises NotAllowed."""
    authorize(actor, MANAGE_LINK)
    rows = Link.objects.filter(scope_q(actor, MANAGE_LINK)).select_related("place", "owner")
    if text:
        rows = rows.filter(
            Q(title__icontains=text)
            | Q(target__icontains=text)
            | Q(code=typed(text.rsplit("/k/")[-1].strip("/")))
        )
    if mine:
        rows = rows.filter(owner_id=actor.person)
    if state:
        rows = rows.filter(_in_state(state))
    found = list(rows.order_by("-created", "-pk"))
    totals = _totals(Tally.objects.filter(link__in=rows.order_by()))
    return tuple(_view(actor, row, totals.get(row.pk, {})) for row in found)


def link(actor: Actor, public_id: UUID) -> LinkView:
    """One link for those who look after it. Raises NotAllowed or NotFound."""
    row = _row(actor, public_id)
    return _view(actor, row, _totals(row.tallies.all()).get(row.pk, {}))


def figures(actor: Actor, public_id: UUID, since: date | None = None, until: date | None = None) -> Figures:
    """What came of a link, day by day (both ends included). Raises NotAllowed or NotFound."""
    rows = _row(actor, public_id).tallies.order_by("day")
    if since is not None:
        rows = rows.filter(day__gte=since)
    if until is not None:
        rows = rows.filter(day__lte=until)
    by_day: dict[date, dict[str, int]] = {}
    totals: dict[str, int] = {}
    for tally in rows:
        by_day.setdefault(tally.day, {})[tally.kind] = tally.count
        totals[tally.kind] = totals.get(tally.kind, 0) + tally.count
    opened = totals.pop(OPENED, 0)
    days = tuple(DayFigures(day, counts.pop(OPENED, 0), counts) for day, counts in by_day.items())
    return Figures(opened, totals, days)


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """(slug, name) of the places for which the actor may make links; the county first."""
    rows = Place.objects.filter(scope_q(actor, CREATE_LINK))
    ordered = sorted(rows, key=lambda row: (row.kind != PlaceKind.COUNTY, row.name))
    return [(row.slug, f"{row.name} ({row.get_kind_display()})") for row in ordered]


def may_manage(actor: Actor) -> bool:
    """Does the desk of links open for the actor? Asked for the menu."""
    return can(actor, MANAGE_LINK)


def check_may_create(actor: Actor) -> None:
    """Raise NotAllowed for whoever may make no link anywhere."""
    authorize(actor, CREATE_LINK)


def _row(actor: Actor, public_id: UUID) -> Link:
    authorize(actor, MANAGE_LINK)
    row = Link.objects.select_related("place", "owner").filter(public_id=public_id).first()
    if row is None:
        raise NotFound(code="links.link")
    authorize(actor, MANAGE_LINK, row)
    return row


def _state(row: Link) -> str:
    day = today()
    if row.ended is not None or (row.valid_until is not None and row.valid_until < day):
        return "over"
    return "planned" if row.valid_from > day else "open"


def _in_state(state: str) -> Q:
    day = today()
    over = Q(ended__isnull=False) | Q(valid_until__lt=day)
    if state == "over":
        return over
    begun = Q(valid_from__lte=day)
    return ~over & (begun if state == "open" else ~begun)


def _totals(tallies: QuerySet[Tally]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for link, kind, total in tallies.order_by().values_list("link_id", "kind").annotate(total=Sum("count")):
        found.setdefault(link, {})[kind] = total
    return found


def _view(actor: Actor, row: Link, totals: Mapping[str, int]) -> LinkView:
    return LinkView(
        public_id=row.public_id,
        code=row.code,
        title=row.title,
        target=row.target,
        address=settings.WURT_URL + reverse("links:open", args=[row.code]),
        place=row.place.name,
        owner=str(row.owner) if row.owner else "",
        is_mine=row.owner_id is not None and row.owner_id == actor.person,
        origin=row.origin,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        ended=row.ended,
        state=_state(row),
        version=row.version,
        is_example=row.is_example,
        openings=totals.get(OPENED, 0),
        results=sum(count for kind, count in totals.items() if kind != OPENED),
    )
