"""Which figures there are: rooms and modules declare each once, in ``AppConfig.ready``.

Example::

    from wurt.core.indicators.registry import Direction, Indicator, Kind, register

    register(
        Indicator(
            key="counting.visits",
            name=_("Visits"),
            unit=_("visits"),
            meaning=_("How often people came to these pages, counted day by day, without cookies."),
            compute=visits,           # (period, place or None) -> Decimal, int or None; reads only
            kind=Kind.FLOW,
            direction=Direction.MORE,
            by_place=True,
            counts_people=True,
        )
    )
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

from wurt.core.indicators.periods import Period
from wurt.core.tenancy.models import Place

__all__ = ["Direction", "Indicator", "Kind", "Period", "forget", "indicator_of", "indicators", "register"]

Text = str | Promise
Compute = Callable[[Period, Place | None], Decimal | int | None]
"""The figure of a month; with a place, of exactly this place (nothing below it). Reads only. ``None``: not
known, which is not 0."""

_KEY = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
LONGEST_KEY = 60


class Kind(StrEnum):
    """A ``flow`` is counted over the month, a ``stock`` is what there is at its end."""

    FLOW = "flow"
    STOCK = "stock"


class Direction(StrEnum):
    """What is good news."""

    MORE = "more"
    LESS = "less"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure and how it is made.

    ``key``: "room.name", stays for ever (it stands in addresses and in frozen reports). ``name``, ``unit``
    (in the plural, "" for none) and ``meaning`` are read by everybody: plain words. ``method`` is counted up
    when ``compute`` begins to count differently; it stands in the source of each value.

    ``group``: where it comes from, as readers call it ("Notices"); the overview has a filter by it.

    ``by_place``: ``compute`` is also asked for each municipality and town; ``all_places`` answers for all of
    them at once instead (figures by the place's id, those without are not known).

    ``counts_people``: values below ``threshold`` are stored as "fewer than n", and places not at all where
    the sum would tell them (``rules.protected``). ``decimals``: digits after the comma.

    ``late_days``: how many days after a month its figure can still be told (a stock whose past nobody keeps);
    ``None``: always, so that the past can be filled in.
    """

    key: str
    name: Text
    unit: Text
    meaning: Text
    compute: Compute
    kind: Kind = Kind.FLOW
    direction: Direction = Direction.NEUTRAL
    group: Text = ""
    by_place: bool = False
    all_places: Callable[[Period], Mapping[int, Decimal | int]] | None = None
    counts_people: bool = False
    threshold: int = 5
    decimals: int = 0
    late_days: int | None = None
    method: int = 1

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key) or len(self.key) > LONGEST_KEY:
            raise ValueError(f"{self.key!r}: a key reads room.name, in small letters")
        if self.threshold < 2:
            raise ValueError("a threshold below 2 hides nobody")

    @property
    def room(self) -> str:
        """The room or module that counts."""
        return self.key.partition(".")[0]

    @property
    def least(self) -> int:
        """Values below this are not told; 0 where the figure counts no people."""
        return self.threshold if self.counts_people else 0


_indicators: dict[str, Indicator] = {}


def register(*found: Indicator) -> None:
    """Add indicators; one registered again is replaced, so that ``ready`` may run twice."""
    for indicator in found:
        _indicators[indicator.key] = indicator


def indicators() -> tuple[Indicator, ...]:
    """All of them, by key."""
    return tuple(_indicators[key] for key in sorted(_indicators))


def indicator_of(key: str) -> Indicator | None:
    """The indicator of a key, None for one that nobody registered (any more)."""
    return _indicators.get(key)


def forget(key: str) -> None:
    """Take an indicator out again (for tests)."""
    _indicators.pop(key, None)
