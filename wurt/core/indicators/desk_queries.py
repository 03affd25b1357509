"""Figures as staff see them: which need a value, who may do what."""

from dataclasses import dataclass
from datetime import date

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import today
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.indicators.models import Computation, ManualIndicator
from wurt.core.indicators.periods import Period
from wurt.core.indicators.policies import COMPUTE, CREATE, DESCRIBE, ENTER
from wurt.core.indicators.queries import Info, Series, info, infos, series
from wurt.core.indicators.registry import indicator_of
from wurt.core.tenancy.models import Person, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A figure in the list of staff. ``due``: the last month that is over has no value yet."""

    series: Series
    manual: bool
    due: bool
    may_enter: bool
    may_describe: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """All figures that the actor may do something about."""

    lines: tuple[DeskLine, ...]
    month: Period
    may_create: bool


@dataclass(frozen=True, slots=True)
class ManualView:
    """An entered figure for its form."""

    key: str
    name: str
    unit: str
    meaning: str
    kind: str
    direction: str
    decimals: int
    counts_people: bool
    keeper: str
    version: int


@dataclass(frozen=True, slots=True)
class Values:
    """A figure with all months, and whether the actor enters values or may have a month computed again."""

    series: Series
    manual: bool
    may_describe: bool
    next_month: date


def may_enter_any(actor: Actor) -> bool:
    """Does the desk of figures open for the actor? Asked for the menu."""
    if can(actor, CREATE) or can(actor, COMPUTE):
        return True
    return bool(actor.person) and ManualIndicator.objects.filter(scope_q(actor, ENTER)).exists()


def desk(actor: Actor) -> Desk:
    """The list of staff. Raises NotAllowed. Six queries, however many there are."""
    _check(actor)
    rows = {row.key: row for row in ManualIndicator.objects.all()}
    about = infos(actor)
    month = Period.of(today()).previous
    stored = set(Computation.objects.filter(month=month.first).values_list("key", flat=True))
    computes = can(actor, COMPUTE)
    found = series(actor, [(item.key, "") for item in about], about)
    lines = []
    for one in found.values():
        row = rows.get(one.info.key)
        enters = can(actor, ENTER, row) if row else computes
        if enters or can(actor, CREATE):
            describes = bool(row) and can(actor, DESCRIBE, row)
            lines.append(DeskLine(one, bool(row), one.info.key not in stored, enters, describes))
    return Desk(tuple(lines), month, can(actor, CREATE))


def values(actor: Actor, key: str) -> Values:
    """One figure on the desk. Raises NotFound, NotAllowed."""
    about: Info = info(actor, key)
    row = ManualIndicator.objects.filter(key=key).first()
    if row is None:
        authorize(actor, COMPUTE)
    else:
        authorize(actor, ENTER, row)
    found = series(actor, [(key, "")], [about])[key, ""]
    last = Period.of(today()).previous
    following = found.latest.period.next if found.latest else last
    return Values(found, row is not None, bool(row) and can(actor, DESCRIBE, row), min(following, last).first)


def manual(actor: Actor, key: str) -> ManualView:
    """An entered figure for its form. Raises NotFound (also for one that a room computes), NotAllowed."""
    row = ManualIndicator.objects.filter(key=key).select_related("keeper").first()
    if row is None or indicator_of(key) is not None:
        _check(actor)
        raise NotFound(code="indicators.indicator")
    authorize(actor, DESCRIBE, row)
    return ManualView(
        row.key,
        row.name,
        row.unit,
        row.meaning,
        row.kind,
        row.direction,
        row.decimals,
        row.counts_people,
        str(row.keeper.public_id) if row.keeper else "",
        row.version,
    )


def check_may_create(actor: Actor) -> None:
    """Raise NotAllowed for whoever may make no figure anywhere."""
    authorize(actor, CREATE)


def people(actor: Actor) -> list[tuple[str, str]]:
    """(public id, name) of those who may keep a figure."""
    authorize(actor, CREATE)
    rows = Person.objects.filter(erased__isnull=True).exclude(name="").order_by("name")
    return [(str(public_id), name) for public_id, name in rows.values_list("public_id", "name")]


def places(actor: Actor) -> list[tuple[str, str]]:
    """(slug, name) of the places whose staff may look after a figure; the county first."""
    rows = Place.objects.filter(scope_q(actor, CREATE)).order_by("name")
    ordered = sorted(rows, key=lambda row: row.kind != PlaceKind.COUNTY)
    return [(row.slug, row.name) for row in ordered]


def _check(actor: Actor) -> None:
    if not may_enter_any(actor):
        authorize(actor, COMPUTE)
        raise NotAllowed(code="indicators.desk")
