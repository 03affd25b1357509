"""Every read of services. The actor comes first; answers are values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from wurt.core.action.actor import Actor, Role
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.core.services.models import VALID, ServiceOperator, ServiceStaff, ServiceStage, Tester
from wurt.core.services.registry import Service, service_of, services
from wurt.core.services.stages import MEANINGS, Period, Stage, holding, periods, way_up
from wurt.core.tenancy.models import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class StageFact:
    """A stage as it holds from ``first`` to ``last`` (inclusive). None: not recorded; no end."""

    stage: Stage
    first: date | None = None
    last: date | None = None
    place: str = ""
    reason: str = ""
    decision: str = ""
    expected: str = ""
    public_id: UUID | None = None

    @property
    def word(self) -> str:
        return str(self.stage.label)

    @property
    def meaning(self) -> str:
        return str(MEANINGS[self.stage])


@dataclass(frozen=True, slots=True)
class OperatorFact:
    """Who runs a service in a period, and how to reach that body."""

    organisation: str
    website: str
    first: date
    last: date | None
    phone: str
    email: str
    hours: str
    place: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a service stands for one actor at a place (or anywhere): may it be used, and what else is known."""

    service: Service
    open: bool
    now: StageFact
    following: StageFact | None
    operator: OperatorFact | None
    instead: str
    expected: str


@dataclass(frozen=True, slots=True)
class PlaceStage:
    """The stage at one place that differs from the county's."""

    name: str
    now: StageFact


@dataclass(frozen=True, slots=True)
class ServicePage:
    """All that the public page of a service says."""

    standing: Standing
    places: tuple[PlaceStage, ...]
    history: tuple[StageFact, ...]
    coming: tuple[StageFact, ...]
    operators: tuple[OperatorFact, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A service came into another stage. ``place`` is empty for the whole county."""

    service: str
    name: str
    stage: Stage
    day: date
    place: str
    reason: str

    @property
    def word(self) -> str:
        return str(self.stage.label)


class _Places(NamedTuple):
    parents: dict[int, int | None]
    names: dict[int, str]
    slugs: dict[str, int]
    county: int | None


def service_open(actor: Actor, key: str, place: int | None = None) -> bool:
    """May the actor use the service at a place (by id; None: anywhere)? False for one nobody declares."""
    service = service_of(key)
    if service is None:
        return False
    rows, asking = _stage_periods([key]), _Asking(actor)
    if place is None:
        return _open_somewhere(asking, service, rows)
    return _open_at(asking, service, _at(rows.get(key, {}), place, _places().parents))


def stands(actor: Actor, key: str, place: int | None = None) -> Standing:
    """How the service stands at a place (None: the county). Raises NotFound for one nobody declares."""
    service = service_of(key)
    if service is None:
        raise NotFound(code="services.service")
    rows = _stage_periods([key])
    return _standing(_Asking(actor), service, rows, _operator_periods([key]), _places(), place)


def works_for(actor: Actor, key: str, place: int | None = None) -> bool:
    """Does the person work for whoever runs the service today (at this place by id, None: anywhere)?"""
    if actor.person is None or actor.acting_for is not None:  # nobody works for an operator through another
        return False
    rows = ServiceStaff.objects.filter(service=key, person=actor.person, starts__lte=today())
    mine = {(row.place_id, row.organisation_id) for row in rows if row.ends is None or row.ends > today()}
    if not mine:
        return False
    running = _operator_periods([key]).get(key, {})
    parents = _places().parents
    for where in way_up(place, parents) if place is not None else list(running):
        period = holding(running, where, today())
        if period is not None:
            if any(body == period.row.organisation_id and at in way_up(where, parents) for at, body in mine):
                return True
            if place is not None:
                return False
    return False


def listed(actor: Actor) -> tuple[Standing, ...]:
    """The services that citizens hear of: those with a stage, and those that are assumed to run."""
    rows = _stage_periods()
    shown = [service for service in services() if _is_listed(service, rows)]
    asking, operators, places = _Asking(actor), _operator_periods(), _places()
    return tuple(_standing(asking, service, rows, operators, places, None) for service in shown)


def any_listed(actor: Actor) -> bool:
    """Is there anything to list? Asked for the menu; costs no query where a service is assumed to run."""
    if any(service.assumed is not Stage.PREPARATION for service in services()):
        return True
    rows = _stage_periods()
    return any(_is_listed(service, rows) for service in services())


def is_listed(actor: Actor, key: str) -> bool:
    """Do citizens hear of the service?"""
    service = service_of(key)
    return service is not None and _is_listed(service, _stage_periods([key]))


def service_page(actor: Actor, key: str, place: str = "") -> ServicePage:
    """The public page of a service, seen from a place (by slug; empty: the county). Raises NotFound."""
    service, rows, places = service_of(key), _stage_periods([key]), _places()
    if service is None or not _is_listed(service, rows) or (place and place not in places.slugs):
        raise NotFound(code="services.service")
    where = places.slugs[place] if place else places.county
    operators = _operator_periods([key])
    line = rows.get(key, {}).get(places.county or 0, [])
    running = operators.get(key, {}).get(places.county or 0, [])
    return ServicePage(
        standing=_standing(_Asking(actor), service, rows, operators, places, where),
        places=_exceptions(rows.get(key, {}), places),
        history=tuple(_fact(p, places) for p in reversed(line) if p.last and p.last < today()),
        coming=tuple(_fact(p, places) for p in line if p.first > today()),
        operators=tuple(_operator(p, places) for p in reversed(running)),
    )


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """(slug, name) of all places for a select field, the county first."""
    rows = Place.objects.order_by("name")
    ordered = sorted(rows, key=lambda row: (row.kind != PlaceKind.COUNTY, row.name))
    return [(row.slug, row.name) for row in ordered]


StagePeriods = Mapping[str, Mapping[int, list[Period[ServiceStage]]]]
OperatorPeriods = Mapping[str, Mapping[int, list[Period[ServiceOperator]]]]


def _stage_periods(keys: Collection[str] | None = None) -> StagePeriods:
    rows = ServiceStage.objects.filter(VALID)
    found: dict[str, list[ServiceStage]] = {}
    for row in rows if keys is None else rows.filter(service__in=keys):
        found.setdefault(row.service, []).append(row)
    return {key: periods(line) for key, line in found.items()}


def _operator_periods(keys: Collection[str] | None = None) -> OperatorPeriods:
    rows = ServiceOperator.objects.filter(VALID).select_related("organisation")
    found: dict[str, list[ServiceOperator]] = {}
    for row in rows if keys is None else rows.filter(service__in=keys):
        found.setdefault(row.service, []).append(row)
    return {key: periods(line) for key, line in found.items()}


def _places() -> _Places:
    rows = list(Place.objects.values_list("pk", "parent_id", "name", "slug", "kind"))
    return _Places(
        {pk: parent for pk, parent, *_rest in rows},
        {pk: name for pk, _parent, name, *_rest in rows},
        {slug: pk for pk, _parent, _name, slug, _kind in rows},
        next((pk for pk, *_rest, kind in rows if kind == PlaceKind.COUNTY), None),
    )


def _is_listed(service: Service, rows: StagePeriods) -> bool:
    return service.assumed is not Stage.PREPARATION or bool(rows.get(service.key))


class _Asking:
    """Who asks; what they are invited to is looked up once, and only if it matters."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def invited_to(self) -> frozenset[str]:
        if not self.actor.signed_in:
            return frozenset()
        return frozenset(Tester.objects.filter(person=self.actor.person).values_list("service", flat=True))


def _open_somewhere(asking: _Asking, service: Service, rows: StagePeriods) -> bool:
    lines = rows.get(service.key, {}).values()
    known = [period.row for line in lines for period in line if period.holds(today())]
    if not known:
        return _is_open(asking, service, service.assumed, None)
    # What is open to everybody is told without asking who asks.
    ordered = sorted(known, key=lambda row: row.stage != Stage.LIVE)
    return any(_is_open(asking, service, Stage(row.stage), row) for row in ordered)


def _open_at(asking: _Asking, service: Service, period: Period[ServiceStage] | None) -> bool:
    if period is None:
        return _is_open(asking, service, service.assumed, None)
    return _is_open(asking, service, Stage(period.row.stage), period.row)


def _is_open(asking: _Asking, service: Service, stage: Stage, row: ServiceStage | None) -> bool:
    if stage is Stage.LIVE or (stage is Stage.PILOT and row is not None and not row.invited_only):
        return True
    if stage in (Stage.ENDED, Stage.INHERIT):
        return False
    if stage is Stage.TEST and row is not None and row.roles:
        roles = frozenset(Role(role) for role in row.roles)
        if row.place_id in asking.actor.places_with(roles):
            return True
    return service.key in asking.invited_to


def _at(
    mine: Mapping[int, list[Period[ServiceStage]]], place: int, parents: Mapping[int, int | None]
) -> Period[ServiceStage] | None:
    """What holds at a place: the most specific place that says something wins."""
    for where in way_up(place, parents):
        period = holding(mine, where, today())
        if period is not None and period.row.stage != Stage.INHERIT:
            return period
    return None


def _standing(
    asking: _Asking,
    service: Service,
    rows: StagePeriods,
    operators: OperatorPeriods,
    places: _Places,
    place: int | None,
) -> Standing:
    mine = rows.get(service.key, {})
    where = place or places.county
    period = _at(mine, where, places.parents) if where else None
    row = period.row if period else None
    now = _fact(period, places) if period else StageFact(service.assumed)
    following = _next(mine, way_up(where, places.parents))
    return Standing(
        service=service,
        open=_open_at(asking, service, period),
        now=now,
        following=_fact(following, places) if following else None,
        operator=_operator_at(operators.get(service.key, {}), where, places),
        instead=(row.instead if row else "") or str(service.instead),
        expected=row.expected if row else "",
    )


def _next(mine: Mapping[int, list[Period[ServiceStage]]], way: Sequence[int]) -> Period[ServiceStage] | None:
    """The next change at the place or above it that this place will feel."""
    coming = [
        period
        for place in way
        for period in mine.get(place, [])
        if period.first > today() and period.row.stage != Stage.INHERIT
    ]
    return min(coming, key=lambda period: period.first, default=None)


def _operator_at(
    mine: Mapping[int, list[Period[ServiceOperator]]], where: int | None, places: _Places
) -> OperatorFact | None:
    for place in way_up(where, places.parents):
        period = holding(mine, place, today())
        if period is not None:
            return _operator(period, places)
    return None


def _exceptions(mine: Mapping[int, list[Period[ServiceStage]]], places: _Places) -> tuple[PlaceStage, ...]:
    found = [
        PlaceStage(places.names[place], _fact(period, places))
        for place in mine
        if place != places.county and (period := holding(mine, place, today())) is not None
        if period.row.stage != Stage.INHERIT
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def _fact(period: Period[ServiceStage], places: _Places) -> StageFact:
    row = period.row
    return StageFact(
        stage=Stage(row.stage),
        first=period.first,
        last=period.last,
        place=places.names.get(row.place_id, ""),
        reason=row.reason,
        decision=row.decision,
        expected=row.expected,
        public_id=row.public_id,
    )


def _operator(period: Period[ServiceOperator], places: _Places) -> OperatorFact:
    row = period.row
    return OperatorFact(
        organisation=row.organisation.name,
        website=row.organisation.website,
        first=period.first,
        last=period.last,
        phone=row.phone,
        email=row.email,
        hours=row.hours,
        place=places.names.get(row.place_id, ""),
    )


def changes_between(actor: Actor, keys: Collection[str], first: date, last: date) -> list[Change]:
    """Stages of the services that began between two days (inclusive), the oldest first, in plain words.

    What was recorded of exceptions that ended ("as in the place above") is left out.
    """
    rows = ServiceStage.objects.filter(
        VALID, service__in=keys, starts__gte=first, starts__lte=min(last, today())
    ).exclude(stage=Stage.INHERIT)
    ordered: Iterable[ServiceStage] = rows.select_related("place").order_by("starts", "pk")
    return [
        Change(
            service=row.service,
            name=str(service.name) if (service := service_of(row.service)) else row.service,
            stage=Stage(row.stage),
            day=row.starts,
            place="" if row.place.kind == PlaceKind.COUNTY else row.place.name,
            reason=row.reason,
        )
        for row in ordered
    ]
