"""What figures mean: change, way to the target, and how few people stay hidden. No database."""

import operator
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from wurt.core.indicators.registry import Direction

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value; or ``below``: fewer than so many; or neither: hidden, because it would tell another one."""

    value: Decimal | None = None
    below: int | None = None

    @property
    def known(self) -> bool:
        """Is there an exact value to read?"""
        return self.value is not None


HIDDEN = Figure()


# --- few people


def protected(cells: Mapping[K, int], total: int | None, least: int) -> tuple[dict[K, Figure], Figure | None]:
    """Figures of places and of their total such that nobody can work out a cell below ``least``.

    Cells below ``least`` read "fewer than n", 0 as well. The total is told, so the sum of the small cells is
    known to whoever subtracts. That sum tells them if there is only one, if all are 0, or if all are as large
    as they can be: then no place is told by itself. What is hidden depends on nothing but that, so knowing
    this rule helps nobody (the test publishes every small table). ``least`` 0 protects nobody.
    """
    told = None if total is None else _figure(total, least)
    few = [value for value in cells.values() if value < least]
    if few and told is not None and told.known and not _several(few, least):
        return dict.fromkeys(cells, HIDDEN), told
    return {key: _figure(value, least) for key, value in cells.items()}, told


def _figure(value: int, least: int) -> Figure:
    return Figure(below=least) if value < least else Figure(Decimal(value))


def _several(few: list[int], least: int) -> bool:
    """Could each of the small cells be one of two values, given their sum?"""
    return len(few) > 1 and 0 < sum(few) < len(few) * (least - 1)


# --- change


class Change(StrEnum):
    """How a figure compares to the period before."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    UNKNOWN = "unknown"


def change(now: Figure, before: Figure | None) -> tuple[Change, Decimal | None]:
    """Up, down, the same, by how much; unknown where one of the two is not told."""
    if before is None or now.value is None or before.value is None:
        return Change.UNKNOWN, None
    difference = now.value - before.value
    if difference == 0:
        return Change.SAME, difference
    return (Change.UP if difference > 0 else Change.DOWN), difference


def percent(difference: Decimal, before: Decimal) -> Decimal | None:
    """The change in whole percent of the value before; None from 0."""
    if before == 0:
        return None
    return (difference * 100 / abs(before)).quantize(Decimal(1))


# --- target


class Way(StrEnum):
    """How far it is to the target. ``OPEN``: no baseline, so there is no path to compare with."""

    REACHED = "reached"
    ON_WAY = "on_way"
    BEHIND = "behind"
    MISSED = "missed"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Aim:
    """From where (``baseline`` on a day) to where (``target`` by a day); each may be open."""

    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None

    @property
    def path(self) -> tuple[Decimal, date, Decimal, date] | None:
        """Both ends with their days; None unless all are known and in order."""
        if (
            self.baseline is None
            or self.target is None
            or self.baseline_on is None
            or self.target_on is None
            or self.baseline_on >= self.target_on
        ):
            return None
        return self.baseline, self.baseline_on, self.target, self.target_on


def expected(aim: Aim, day: date) -> Decimal | None:
    """Where the straight line from baseline to target is on a day; before and after it the ends. None
    without a path."""
    if aim.path is None:
        return None
    baseline, first, target, last = aim.path
    if day <= first:
        return baseline
    if day >= last:
        return target
    return baseline + (target - baseline) * (day - first).days / (last - first).days


def rising(aim: Aim, direction: Direction) -> bool:
    """Is more better? What the target says counts, then what the indicator says."""
    if aim.target is not None and aim.baseline is not None and aim.target != aim.baseline:
        return aim.target > aim.baseline
    return direction is not Direction.LESS


def way(aim: Aim, figure: Figure | None, day: date, direction: Direction) -> Way | None:
    """Is a figure of ``day`` on the way to the target? None if there is no target.

    Reached: the target or better. Until the target's day: on the way, if it is on the straight line from
    baseline to target or better, else behind. After that day: missed.
    """
    if aim.target is None:
        return None
    if figure is None or figure.value is None:
        return Way.UNKNOWN
    better = operator.ge if rising(aim, direction) else operator.le
    if better(figure.value, aim.target):
        return Way.REACHED
    if aim.target_on is not None and day > aim.target_on:
        return Way.MISSED
    line = expected(aim, day)
    if line is None:
        return Way.OPEN
    return Way.ON_WAY if better(figure.value, line) else Way.BEHIND
