"""A series as a drawing: positions only, the template draws. No script, and no meaning by colour alone."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from wurt.core.indicators.queries import Point, Series
from wurt.core.indicators.rules import Aim
from wurt.core.indicators.words import figure_text
from wurt.core.web.format import month_name, number

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 628, 16, 216
STEPS = 4
WHOLE_MONTHS = 60
"""More months than this are not drawn; the table has all."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid or a mark of the axis with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A month: where, and what a pointer held over it reads. ``few``: fewer than so many."""

    x: float
    y: float
    text: str
    few: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that ``indicators/chart.html`` draws. ``lines``: points of unbroken runs of months."""

    label: str
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    path: tuple[float, float, float, float] | None
    path_text: str
    level: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def drawn(series: Series, aim: Aim | None = None) -> Drawing | None:
    """The drawing of a series; None where there is not a single value to draw."""
    points = series.points[-WHOLE_MONTHS:]
    told = [point for point in points if point.figure.value is not None]
    if not told:
        return None
    aim = aim or Aim()
    first, last = points[0].period.first, points[-1].period.last
    if aim.path and aim.target_on is not None and aim.baseline_on is not None:
        first, last = min(first, aim.baseline_on.replace(day=1)), max(last, aim.target_on)
    values = [value for point in told if (value := point.figure.value) is not None]
    values += [value for value in (aim.target, aim.baseline if aim.path else None) if value is not None]
    low, high, step = scale(values, series.info.decimals)

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / max(1, (last - first).days), 1)

    def y(value: Decimal) -> float:
        return round(float(BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)), 1)

    path = None
    if aim.path:
        baseline, start, target, end = aim.path
        path = (x(start), y(baseline), x(end), y(target))
    rows = [low + step * at for at in range(int((high - low) / step) + 1)]
    return Drawing(
        label=_label(series, points),
        lines=tuple(
            " ".join(f"{x(point.period.last)},{y(point.figure.value or Decimal(0))}" for point in run)
            for run in _runs(points)
            if len(run) > 1
        ),
        dots=tuple(_dot(series, point, x(point.period.last), y, low) for point in points if _told(point)),
        rows=tuple(Tick(y(value), number(value)) for value in rows),
        columns=tuple(_columns(first, last, x)),
        path=path,
        path_text=_("target"),
        level=y(aim.target) if aim.target is not None and path is None else None,
    )


def scale(values: Sequence[Decimal], decimals: int = 4) -> tuple[Decimal, Decimal, Decimal]:
    """Lower end, upper end and step of an axis with round numbers; it begins at 0 unless values are below."""
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    if low == high:
        high = Decimal(1)
    rough = max((high - low) / STEPS, Decimal(1).scaleb(-decimals))
    power = Decimal(1).scaleb(math.floor(math.log10(rough)))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    bottom = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    top = (high / step).to_integral_value(rounding="ROUND_CEILING") * step
    return bottom, max(top, bottom + step), step


def _told(point: Point) -> bool:
    return point.figure.value is not None or point.figure.below is not None


def _dot(series: Series, point: Point, x: float, y: Callable[[Decimal], float], low: Decimal) -> Dot:
    text = f"{month_name(point.period.first)}: {figure_text(point.figure, series.info.unit)}"
    few = point.figure.value is None
    value = Decimal(0) if point.figure.value is None else point.figure.value
    return Dot(x, y(max(value, low)), text, few)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Months with a value that follow each other without a gap."""
    runs: list[list[Point]] = []
    for point in points:
        if point.figure.value is None:
            continue
        if runs and runs[-1][-1].period.next == point.period:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _columns(first: date, last: date, x: Callable[[date], float]) -> list[Tick]:
    """Marks of the time axis: months where there are few, else the beginnings of years."""
    months = []
    day = first.replace(day=1)
    while day <= last:
        months.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    every = max(1, math.ceil(len(months) / 6))
    if len(months) > 30:
        months = [day for day in months if day.month == 1] or months[:1]
        every = max(1, math.ceil(len(months) / 6))
        return [Tick(x(day), f"{day:%Y}") for day in months[::every]]
    return [Tick(x(_end(day)), f"{day:%m/%y}") for day in months[::every]]


def _end(day: date) -> date:
    return (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _label(series: Series, points: Sequence[Point]) -> str:
    """What the drawing shows, for those who do not see it."""
    first, last = points[0], points[-1]
    return _(
        "Line chart: %(name)s from %(first)s (%(one)s) to %(last)s (%(other)s). The table has all figures."
    ) % {
        "name": series.info.name,
        "first": month_name(first.period.first),
        "one": figure_text(first.figure),
        "last": month_name(last.period.first),
        "other": figure_text(last.figure),
    }
