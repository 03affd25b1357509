"""Counting searches: two numbers a day. What was asked, and by whom, is kept nowhere."""

import logging

from django.db import DatabaseError
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import today
from wurt.core.indicators.registry import Direction, Indicator, Kind, Period, register
from wurt.core.search.models import SearchDay
from wurt.core.tenancy.models import Place

logger = logging.getLogger("wurt.search")


def count(*, empty: bool) -> None:
    """One more search today. A database that cannot take it must not keep anybody from the results."""
    try:
        if not _add(empty):
            SearchDay.objects.get_or_create(day=today())
            _add(empty)
    except DatabaseError:
        logger.warning("a search was not counted", exc_info=True)


def _add(empty: bool) -> int:
    more = {"searches": F("searches") + 1, "empty": F("empty") + int(empty)}
    return SearchDay.objects.filter(day=today()).update(**more)


def searches(period: Period, place: Place | None) -> int | None:
    """Searches of a month; None for a month in which nothing was counted on any day."""
    return None if place else _sum("searches", period)


def without_result(period: Period, place: Place | None) -> int | None:
    """Searches of a month that found nothing."""
    return None if place else _sum("empty", period)


def _sum(column: str, period: Period) -> int | None:
    rows = SearchDay.objects.filter(day__gte=period.first, day__lte=period.last)
    found: int | None = rows.aggregate(number=Sum(column))["number"]
    return found


def register_indicators() -> None:
    """Tell the registry what there is; called once apps are ready."""
    register(
        Indicator(
            key="search.searches",
            name=_("Searches"),
            unit=_("searches"),
            meaning=_("How often somebody searched on these pages. What was searched for is kept nowhere."),
            compute=searches,
            kind=Kind.FLOW,
            group=_("Search function"),
        ),
        Indicator(
            key="search.without_result",
            name=_("Searches without a result"),
            unit=_("searches"),
            meaning=_("How often a search found nothing. Which words those were is kept nowhere."),
            compute=without_result,
            kind=Kind.FLOW,
            direction=Direction.LESS,
            group=_("Search function"),
        ),
    )
