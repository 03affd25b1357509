"""Figures for the registry of indicators."""

from functools import partial

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import Direction, Indicator, Kind, register
from wurt.core.tenancy.models import Place
from wurt.core.visits import areas
from wurt.core.visits.areas import ALL
from wurt.core.visits.models import ActiveAccount, ActiveMonth, CounterRun, VisitorCount


def visitors(period: Period, place: Place | None, area: str = ALL) -> int | None:
    """The sum of daily visitors; None for a month without any counting."""
    rows = VisitorCount.objects.filter(day__range=(period.first, period.last))
    if place is not None:
        rows = rows.filter(place=place.slug, area=area)
    else:
        rows = rows.filter(place=ALL, area=area)
    total = rows.aggregate(total=Sum("visitors"))["total"]
    if total is None and CounterRun.objects.filter(day__range=(period.first, period.last)).exists():
        return 0
    return total  # type: ignore[no-any-return]


def accounts(period: Period, place: Place | None) -> int | None:
    """The exact number of accounts that were active."""
    closed = ActiveMonth.objects.filter(month=period.first).values_list("accounts", "erased").first()
    if closed is not None and closed[0] is not None:
        return closed[0]
    erased = closed[1] if closed is not None else 0
    number = ActiveAccount.objects.filter(month=period.first).count() + erased
    return number or None


def register_figures() -> None:
    """Once the areas are known."""
    register(
        Indicator(
            key="visits.visitors",
            name=_("Sum of daily visitors"),
            unit=_("daily visitors"),
            meaning=_(
                "How many different people opened pages on each day, added up over the days of the month: "
                "who comes on three days counts three times. Estimated on the server without cookie or "
                "script."
            ),
            compute=visitors,
            group=_("Use of this site"),
            kind=Kind.FLOW,
            direction=Direction.MORE,
            by_place=True,
            counts_people=True,
        ),
        Indicator(
            key="visits.active_accounts",
            name=_("Active accounts"),
            unit=_("accounts"),
            meaning=_("How many people were signed in at least once in the month. An exact number."),
            compute=accounts,
            group=_("Use of this site"),
            kind=Kind.FLOW,
            direction=Direction.MORE,
            counts_people=True,
        ),
        *(_of_area(area) for area in areas.areas() if area.key != areas.OTHER),
    )


def _of_area(area: areas.Area) -> Indicator:
    """Without places: cells of area and place are told by the usage report alone, which protects them as one
    table (``hiding.py``)."""
    return Indicator(
        key=f"visits.visitors_{area.key}",
        name=areas.figure_name(area),
        unit=_("daily visitors"),
        meaning=_(
            "How many different people opened pages of this area on each day, added up over the days of the "
            "month: who comes on three days counts three times."
        ),
        compute=partial(visitors, area=area.key),
        group=_("Use of this site"),
        kind=Kind.FLOW,
        direction=Direction.MORE,
        counts_people=True,
    )
