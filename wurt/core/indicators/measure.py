"""What an indicator says about a month now, with few people hidden. Reads only."""

from collections.abc import Mapping
from decimal import Decimal

import wurt
from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import Indicator
from wurt.core.indicators.rules import Figure, protected
from wurt.core.tenancy.models import Place, PlaceKind

Figures = dict[int | None, Figure]
"""Figures by the place's id; None is all of the county."""


def measured(indicator: Indicator, period: Period) -> Figures:
    """All figures of a month. Empty if the total is not known."""
    total = indicator.compute(period, None)
    if total is None:
        return {}
    return shown(_places(indicator, period), total, indicator.least, indicator.decimals)


def shown(places: Mapping[int, Decimal | int], total: Decimal | int, least: int, decimals: int) -> Figures:
    """Figures as they may be stored: rounded, or with few people hidden."""
    if least:
        cells, all_ = protected({key: int(value) for key, value in places.items()}, int(total), least)
        found: Figures = {None: all_ or Figure()}
        return found | dict(cells.items())
    return {key: Figure(rounded(value, decimals)) for key, value in ((None, total), *places.items())}


def rounded(value: Decimal | int, decimals: int) -> Decimal:
    """The value with so many digits after the comma."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals))


def source_of(indicator: Indicator) -> str:
    """Which code in which version computes it."""
    return f"Wurt {wurt.__version__}, {indicator.key}/{indicator.method}"


def _places(indicator: Indicator, period: Period) -> Mapping[int, Decimal | int]:
    if not indicator.by_place:
        return {}
    if indicator.all_places is not None:
        return indicator.all_places(period)
    leaves = Place.objects.filter(kind__in=[PlaceKind.TOWN, PlaceKind.MUNICIPALITY]).order_by("pk")
    answers = {place.pk: indicator.compute(period, place) for place in leaves}
    return {key: value for key, value in answers.items() if value is not None}
