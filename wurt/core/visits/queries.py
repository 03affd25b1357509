"""What is told of the use of the site: months that are over, and no small figure. The actor comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, Sum

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.tenancy.models import Place
from wurt.core.visits import areas, storing
from wurt.core.visits.accounts import this_month
from wurt.core.visits.areas import ALL
from wurt.core.visits.hiding import LEAST, Cell, hidden
from wurt.core.visits.models import ActiveAccount, ActiveMonth, VisitorCount

MONTHS = 13
"""A year, and the same month of the year before."""

Matrix = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of daily visitors; ``value`` None: hidden, so that nobody is worked out."""

    value: int | None

    @property
    def hidden(self) -> bool:
        """Is it not told?"""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Line:
    """A place, an area or a month with its figure."""

    key: str
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of the open data."""

    month: date
    place: str
    place_name: str
    area: str
    area_name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Usage:
    """The page of a month. ``places`` are those of the chosen area, ``areas`` those of the chosen place.

    ``accounts``: exact number of active accounts, None if hidden or not known. ``uncounted``: days without
    any counting; ``restarted``: days on which the counter began anew and may have counted people twice.
    """

    month: date
    months: tuple[date, ...]
    place: str
    area: str
    place_name: str
    area_name: str
    total: Figure
    by_month: tuple[Line, ...]
    areas: tuple[Line, ...]
    places: tuple[Line, ...]
    accounts: int | None
    uncounted: int
    restarted: int
    is_example: bool


def months(actor: Actor) -> tuple[date, ...]:
    """Months that are over and were counted, newest first. The one that goes on is not told: from two looks
    at it anybody could work out who came in between."""
    ends = VisitorCount.objects.filter(day__lt=this_month()).aggregate(first=Min("day"), last=Max("day"))
    found: list[date] = []
    if ends["last"] is not None:
        month = ends["last"].replace(day=1)
        while month >= ends["first"].replace(day=1):
            found.append(month)
            month = (month - timedelta(days=1)).replace(day=1)
    return tuple(found)


def usage(actor: Actor, month: date | None = None, place: str = ALL, area: str = ALL) -> Usage | None:
    """The report of a month, the newest if none is named; None if nothing was counted yet.

    Raises NotFound for a month that is not told, or a place or area that there is not.
    """
    known = months(actor)
    if not known and month is None:
        return None
    month = month or known[0]
    names, parts = _place_names(), _area_names()
    if month not in known or place not in names or area not in parts:
        raise NotFound(code="visits.usage")
    recent = [one for one in known if one <= month][:MONTHS]
    matrices = _matrices(recent[-1], month)
    told = {one: _told(matrices.get(one, {})) for one in recent}
    now = told[month]
    uncounted, restarted = storing.gaps(month, _last(month))
    example = _is_example(month)
    return Usage(
        month=month,
        months=known,
        place=place,
        area=area,
        place_name=names[place],
        area_name=parts[area],
        total=now.get((place, area), Figure(0)),
        by_month=tuple(
            Line(f"{one:%Y-%m}", "", told[one].get((place, area), Figure(0))) for one in reversed(recent)
        ),
        areas=_lines({key: now[cell] for key in parts if (cell := (place, key)) in now}, parts),
        places=_lines({key: now[cell] for key in names if (cell := (key, area)) in now}, names),
        accounts=active_accounts(actor, month),
        uncounted=0 if example else uncounted,
        restarted=restarted,
        is_example=example,
    )


def open_data(actor: Actor, month: date | None, place: str, area: str) -> tuple[Row, ...]:
    """Every cell that is told or hidden: of one month, or of all; ``*`` chooses all places or areas."""
    known = [one for one in months(actor) if month in (None, one)]
    if not known:
        return ()
    names, parts = _place_names(), _area_names()
    matrices = _matrices(known[-1], known[0])
    return tuple(
        Row(one, key[0], names.get(key[0], key[0]), key[1], parts.get(key[1], key[1]), figure)
        for one in known
        for key, figure in sorted(_told(matrices.get(one, {})).items())
        if place in (ALL, key[0]) and area in (ALL, key[1])
    )


def active_accounts(actor: Actor, month: date) -> int | None:
    """How many accounts were active in a month that is over; None if below five or not known."""
    row = ActiveMonth.objects.filter(month=month).values_list("accounts", flat=True).first()
    if row is None and month < this_month():
        row = ActiveAccount.objects.filter(month=month).count()
    return row if row is not None and row >= LEAST else None


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """Places that were counted, for the filter."""
    names = _place_names()
    seen = VisitorCount.objects.filter(day__lt=this_month()).values_list("place", flat=True).distinct()
    return [(key, name) for key, name in names.items() if key in (ALL, *seen)]


def area_choices(actor: Actor) -> list[tuple[str, str]]:
    """Areas, for the filter."""
    return list(_area_names().items())


def _place_names() -> dict[str, str]:
    places = dict(Place.objects.order_by("name").values_list("slug", "name"))
    return {ALL: str(areas.EVERYWHERE), areas.NONE: str(areas.NOWHERE), **places}


def _area_names() -> dict[str, str]:
    return {ALL: str(areas.WHOLE_SITE), **{one.key: str(one.label) for one in areas.areas()}}


def _last(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _matrices(first: date, last: date) -> dict[date, dict[Cell, int]]:
    """The sums of daily visitors, month by month, in one question."""
    rows = VisitorCount.objects.filter(day__range=(first, _last(last)))
    found: dict[date, dict[Cell, int]] = {}
    for year, month, place, area, total in rows.values_list(
        "day__year", "day__month", "place", "area"
    ).annotate(total=Sum("visitors")):
        found.setdefault(date(year, month, 1), {})[place, area] = total
    return found


def _told(matrix: Matrix) -> dict[Cell, Figure]:
    out = hidden(matrix)
    return {cell: Figure(None if cell in out else value) for cell, value in matrix.items()}


def _lines(figures: Mapping[str, Figure], names: Mapping[str, str]) -> tuple[Line, ...]:
    """The total first, then by size, hidden ones last."""
    lines = [Line(key, names[key], figure) for key, figure in figures.items()]
    return tuple(sorted(lines, key=lambda line: (line.key != ALL, -(line.figure.value or 0), line.label)))


def _is_example(month: date) -> bool:
    return VisitorCount.objects.filter(day__range=(month, _last(month)), is_example=True).exists()
