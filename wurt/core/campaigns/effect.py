"""What came of a campaign: finished results per channel, and an indicator before, during and after.

Figures stand beside each other; nothing here says that one caused the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from wurt.core.indicators.periods import Period
from wurt.core.indicators.queries import Series
from wurt.core.indicators.rules import Figure, protected

LEAST = 5
"""Fewer results than this are not told: in a village they may be one family."""
CENT = Decimal("0.01")
AROUND = 3
"""Months looked at before and after a campaign."""


@dataclass(frozen=True, slots=True)
class ChannelEffect:
    """Openings and results behind the short link of a channel; ``each``: euros per result."""

    channel: str
    planned: Decimal
    spent: Decimal | None
    openings: Figure
    results: Figure
    each: Decimal | None


@dataclass(frozen=True, slots=True)
class Effect:
    channels: tuple[ChannelEffect, ...]
    planned: Decimal
    spent: Decimal
    openings: Figure | None
    results: Figure | None
    each: Decimal | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """An indicator in some months: its mean over those that are known; None if none is."""

    first: date
    last: date
    mean: Decimal | None
    months: int
    known: int


def effect(
    costs: Mapping[str, tuple[Decimal, Decimal | None]],
    openings: Mapping[str, int],
    results: Mapping[str, int],
) -> Effect:
    """Channels with their costs (planned, spent) and counts. Cells below ``LEAST`` read "fewer than", and so
    does whatever would give one of them away."""
    opened, all_opened = protected(dict(openings), sum(openings.values()), LEAST)
    finished, all_finished = protected(dict(results), sum(results.values()), LEAST)
    spent = sum((paid for _planned, paid in costs.values() if paid is not None), Decimal(0))
    return Effect(
        channels=tuple(
            ChannelEffect(key, planned, paid, opened[key], finished[key], _each(paid, finished[key]))
            for key, (planned, paid) in costs.items()
        ),
        planned=sum((planned for planned, _paid in costs.values()), Decimal(0)),
        spent=spent,
        openings=all_opened,
        results=all_finished,
        each=_each(spent if spent else None, all_finished) if all_finished else None,
    )


def stretches(series: Series, starts: date, ends: date) -> tuple[Stretch, Stretch, Stretch]:
    """The indicator before, during and after: the months of the campaign, and three on each side."""
    first, last = Period.of(starts), Period.of(ends)
    before = first
    for _month in range(AROUND):
        before = before.previous
    after = last
    for _month in range(AROUND):
        after = after.next
    return (
        _stretch(series, before, first.previous),
        _stretch(series, first, last),
        _stretch(series, last.next, after),
    )


def _stretch(series: Series, first: Period, last: Period) -> Stretch:
    months, values = 0, []
    period = first
    while period.first <= last.first:
        months += 1
        point = series.at(period)
        if point is not None and point.figure.value is not None:
            values.append(point.figure.value)
        period = period.next
    mean = (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.1"), ROUND_HALF_UP) if values else None
    return Stretch(first.first, last.last, mean, months, len(values))


def _each(spent: Decimal | None, results: Figure) -> Decimal | None:
    if spent is None or results.value is None or results.value < LEAST:
        return None
    return (spent / results.value).quantize(CENT, ROUND_HALF_UP)
