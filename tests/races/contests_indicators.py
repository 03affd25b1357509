"""Eight workers compute the same month at the same moment."""

import time
from datetime import date

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.indicators.actions.compute import compute_month
from wurt.core.indicators.models import Computation, Value
from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import Indicator, register
from wurt.core.tenancy.models import Place, PlaceKind

KEY = "race.laps"
MONTH = date(2020, 1, 1)
GAP = 0.03
ACTOR = Actor.for_system("race")


def _slowly(period: Period, place: Place | None) -> int:
    time.sleep(GAP)
    return 7


def _declare() -> None:
    register(Indicator(key=KEY, name="Laps", unit="laps", meaning="Laps.", compute=_slowly))


def compute(number: int, *, fair: bool) -> int:
    """Compute the month; not fair: look, and write a moment later without the unique key's answer."""
    _declare()
    if fair:
        return compute_month(ACTOR, key=KEY, month=MONTH)
    with writes_allowed("control"):
        if Computation.objects.filter(key=KEY, month=MONTH).exists():
            return 0
        time.sleep(GAP)
        row = Computation.objects.create(key=KEY, month=MONTH, source="race")
        Value.objects.create(computation=row, value=7)
    return 1


def no_figures(number: int) -> None:
    """Start from nothing."""
    with writes_allowed("race"):
        Computation.objects.all().delete()
        Place.objects.get_or_create(slug="rennen", kind=PlaceKind.COUNTY, name="Rennen")


def figures(number: int) -> list[tuple[int, bool, int]]:
    """Versions with their number of values."""
    return [(row.number, row.current, row.values.count()) for row in Computation.objects.order_by("number")]
