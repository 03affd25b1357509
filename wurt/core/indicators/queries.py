"""Reading figures: what there is, series month by month, versions. Everything here is public."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.core.indicators.models import LEAST, Computation, ManualIndicator, Value
from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import Direction, Indicator, Kind, indicator_of, indicators
from wurt.core.indicators.rules import Figure
from wurt.core.tenancy.models import Place

Text = str | Promise
MANUAL = "manual"
"""The room of figures that people enter."""


_COLUMNS = (
    "value",
    "below",
    *(f"computation__{name}" for name in ("month", "number", "at", "source", "reason", "is_example")),
)


@dataclass(frozen=True, slots=True)
class Info:
    """What a figure is. ``room``: who counts; ``group`` is its name for readers."""

    key: str
    name: Text
    unit: Text
    meaning: Text
    kind: Kind
    direction: Direction
    decimals: int
    least: int
    room: str
    group: Text
    by_place: bool = False
    example: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a month. ``number`` is its version, ``reason`` why it was corrected."""

    period: Period
    figure: Figure
    number: int
    at: datetime
    source: str
    reason: str = ""
    example: bool = False


Wanted = tuple[str, str]
"""Key of the indicator and slug of the place; "" for all of the county."""


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one indicator, all of the county or one place, oldest first."""

    info: Info
    place: str
    place_name: str
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point | None:
        """The newest month."""
        return self.points[-1] if self.points else None

    @property
    def previous(self) -> Point | None:
        """The month before the newest one; None if that month has no figure."""
        if len(self.points) < 2 or self.points[-2].period != self.points[-1].period.previous:
            return None
        return self.points[-2]

    @property
    def example(self) -> bool:
        """Is anything in it invented?"""
        return self.info.example or any(point.example for point in self.points)

    def at(self, period: Period) -> Point | None:
        """The figure of a month."""
        return next((point for point in self.points if point.period == period), None)


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody shows a figure: a project, or a goal. ``slug`` stands in the filter of the overview."""

    key: str
    kind: str
    slug: str
    title: str
    url: str


USES: list[Callable[[Actor], Iterable[Use]]] = []
"""Modules add who shows which figure (in ``AppConfig.ready``): only what everybody may see."""


def infos(actor: Actor) -> tuple[Info, ...]:
    """All figures there are: declared by rooms, entered by people; by group and name."""
    found = [_declared(item) for item in indicators()]
    found += [_entered(row) for row in ManualIndicator.objects.all()]
    return tuple(sorted(found, key=lambda info: (str(info.group).casefold(), str(info.name).casefold())))


def info(actor: Actor, key: str) -> Info:
    """What a figure is. Raises NotFound."""
    declared = indicator_of(key)
    if declared is not None:
        return _declared(declared)
    row = ManualIndicator.objects.filter(key=key).first()
    if row is None:
        raise NotFound(code="indicators.indicator")
    return _entered(row)


def series(
    actor: Actor, wanted: Iterable[Wanted], known: Iterable[Info] | None = None
) -> dict[Wanted, Series]:
    """The series of several figures; those that do not exist are left out. Two queries, however many."""
    asked = list(dict.fromkeys(wanted))
    if not asked:
        return {}
    about = {item.key: item for item in (infos(actor) if known is None else known)}
    points: dict[Wanted, list[Point]] = {pair: [] for pair in asked if pair[0] in about}
    names: dict[str, str] = {}
    rows = (
        Value.objects.filter(computation__current=True, computation__key__in={key for key, _place in points})
        .filter(_at(place for _key, place in points))
        .order_by("computation__month")
        .values_list(
            "computation__key",
            "place__slug",
            "place__name",
            *_COLUMNS,
        )
    )
    for key, slug, name, *rest in rows:
        pair = (key, slug or "")
        names[slug or ""] = name or ""
        if pair in points:
            points[pair].append(_point(about[key], tuple(rest)))
    return {
        (key, place): Series(about[key], place, names.get(place, place), tuple(found))
        for (key, place), found in points.items()
    }


def versions(actor: Actor, key: str, place: str = "") -> tuple[Point, ...]:
    """All corrected months in all their versions, newest month and version first."""
    about = info(actor, key)
    corrected = Computation.objects.filter(key=key, number__gt=1).values("month")
    rows = (
        Value.objects.filter(computation__key=key, computation__month__in=corrected)
        .filter(_at([place]))
        .order_by("-computation__month", "-computation__number")
        .values_list(*_COLUMNS)
    )
    return tuple(_point(about, row) for row in rows)


def places_of(actor: Actor, key: str = "") -> tuple[tuple[str, str], ...]:
    """(slug, name) of the places for which there are figures, of one indicator or of any."""
    rows = Value.objects.filter(computation__current=True, place__isnull=False)
    if key:
        rows = rows.filter(computation__key=key)
    found = Place.objects.filter(pk__in=rows.values("place")).order_by("name")
    return tuple(found.values_list("slug", "name"))


def uses(actor: Actor) -> tuple[Use, ...]:
    """Who shows which figure, by title."""
    found = [use for source in USES for use in source(actor)]
    return tuple(sorted(found, key=lambda use: (use.kind, use.title.casefold())))


def missing(actor: Actor, keys: Collection[str], since: Period) -> list[tuple[str, Period]]:
    """Months that are over and have no figures, oldest first. One query."""
    rows = Computation.objects.filter(key__in=keys, month__gte=since.first).values_list("key", "month")
    stored = set(rows)
    found = []
    period = since
    while period.last < today():
        found += [(key, period) for key in keys if (key, period.first) not in stored]
        period = period.next
    return found


def _at(places: Iterable[str]) -> Q:
    slugs = set(places)
    here = Q(place__slug__in=slugs - {""})
    return here | Q(place__isnull=True) if "" in slugs else here


def _point(about: Info, row: tuple[Any, ...]) -> Point:
    value, below, month, number, at, source, reason, example = row
    exact = None if value is None else value.quantize(Decimal(1).scaleb(-about.decimals))
    return Point(Period(month), Figure(exact, below), number, at, source, reason, example)


def _declared(item: Indicator) -> Info:
    return Info(
        key=item.key,
        name=item.name,
        unit=item.unit,
        meaning=item.meaning,
        kind=item.kind,
        direction=item.direction,
        decimals=item.decimals,
        least=item.least,
        room=item.room,
        group=item.group or item.room,
        by_place=item.by_place,
    )


def _entered(row: ManualIndicator) -> Info:
    return Info(
        key=row.key,
        name=row.name,
        unit=row.unit,
        meaning=row.meaning,
        kind=Kind(row.kind),
        direction=Direction(row.direction),
        decimals=row.decimals,
        least=LEAST if row.counts_people else 0,
        room=MANUAL,
        group=_("Entered by hand"),
        example=row.is_example,
    )
