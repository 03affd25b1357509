"""Figures for the registry of indicators."""

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import Direction, Indicator, Kind, register
from wurt.core.links.models import Link, Tally
from wurt.core.links.results import OPENED
from wurt.core.tenancy.models import Place


def openings(period: Period, place: Place | None) -> int | None:
    """How often people opened short links of the place, or of all."""
    return _sum(period, place, Q(kind=OPENED))


def results(period: Period, place: Place | None) -> int | None:
    """What people who came by short links finished."""
    return _sum(period, place, ~Q(kind=OPENED))


def _sum(period: Period, place: Place | None, kind: Q) -> int | None:
    """None before there was a link at all: nothing was counted then."""
    links = Link.objects.filter(valid_from__lte=period.last)
    rows = Tally.objects.filter(kind, day__range=(period.first, period.last))
    if place is not None:
        links, rows = links.filter(place=place), rows.filter(link__place=place)
    total: int | None = rows.aggregate(total=Sum("count"))["total"]
    return total if total is not None or not links.exists() else 0


def register_figures() -> None:
    """Run once at start."""
    register(
        Indicator(
            key="links.openings",
            name=_("Openings of short links"),
            unit=_("openings"),
            meaning=_(
                "How often people opened short links and QR codes of flyers, posters and other places. Who "
                "opens one twice counts twice; robots are left out."
            ),
            compute=openings,
            group=_("Short links"),
            kind=Kind.FLOW,
            direction=Direction.MORE,
            by_place=True,
            counts_people=True,
        ),
        Indicator(
            key="links.results",
            name=_("Results behind short links"),
            unit=_("results"),
            meaning=_(
                "What people who came by a short link or QR code finished, such as following a topic. Only "
                "the number is kept."
            ),
            compute=results,
            group=_("Short links"),
            kind=Kind.FLOW,
            direction=Direction.MORE,
            by_place=True,
            counts_people=True,
        ),
    )
