"""Workers that compute figures of many months, for the herd."""

import time
from datetime import date
from pathlib import Path

from django.db import IntegrityError, OperationalError

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.action.tests import toys
from wurt.core.indicators.actions.compute import compute_month
from wurt.core.indicators.models import Computation, Value
from wurt.core.indicators.periods import Period
from wurt.core.indicators.queries import missing
from wurt.core.indicators.registry import Indicator, register
from wurt.core.tenancy.models import Place

KEY = "chaos.waves"
SINCE = Period.read("1960-01")
MONTHS = 480
ACTOR = Actor.for_system("chaos")


def _waves(period: Period, place: Place | None) -> int:
    time.sleep(0.002)
    return period.first.year + period.first.month


def _by_place(period: Period) -> dict[int, int]:
    return {place.pk: 1 for place in Place.objects.all()}


register(
    Indicator(
        key=KEY,
        name="Waves",
        unit="waves",
        meaning="Waves.",
        compute=_waves,
        by_place=True,
        all_places=_by_place,
    )
)


def _open_months() -> list[Period]:
    end = date(SINCE.first.year + MONTHS // 12, 1, 1)
    return [period for _key, period in missing(ACTOR, [KEY], SINCE) if period.first < end]


def _compute_all(acknowledged: str, *, in_one: bool) -> None:
    with Path(acknowledged).open("a") as told:
        while True:
            for period in _open_months():
                try:
                    stored = _whole(period) if in_one else _in_pieces(period)
                except (OperationalError, IntegrityError):
                    continue
                if stored:
                    told.write(f"{period.key}\n")
                    told.flush()
            time.sleep(0.05)


def _whole(period: Period) -> int:
    return compute_month(ACTOR, key=KEY, month=period.first)


def _in_pieces(period: Period) -> int:
    """The control: the month is stored, and a moment later its values."""
    with writes_allowed("control"):
        row = Computation.objects.create(key=KEY, month=period.first, source="control")
        time.sleep(0.01)
        Value.objects.create(computation=row, value=_waves(period, None))
        Value.objects.create(computation=row, value=1, place=Place.objects.get())
    return 1


def computer(acknowledged: str) -> None:
    """Computes what is missing, each month in one transaction."""
    _compute_all(acknowledged, in_one=True)


def careless_computer(acknowledged: str) -> None:
    """Stores a month in pieces."""
    _compute_all(acknowledged, in_one=False)


def prepare_figures(acknowledged: str) -> None:
    """A county without figures."""
    with writes_allowed("chaos"):
        Computation.objects.all().delete()
        if not Place.objects.exists():
            toys.county()


def found_figures(acknowledged: str) -> dict[str, object]:
    """Months with their values, and months that are stored without all of them."""
    rows = Value.objects.filter(computation__key=KEY, place__isnull=True)
    whole = {f"{month:%Y-%m}": int(value) for month, value in rows.values_list("computation__month", "value")}
    return {
        "months": Computation.objects.filter(key=KEY).count(),
        "values": Value.objects.filter(computation__key=KEY).count(),
        "whole": whole,
        "missing": len(_open_months()),
    }
