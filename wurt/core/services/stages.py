"""Stages of a service, and which one holds where and when: calculation without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """How far a service is at a place. ``INHERIT`` ends an exception: the place above counts again."""

    PREPARATION = "preparation", _("in preparation")
    TEST = "test", _("in test")
    PILOT = "pilot", _("pilot")
    LIVE = "live", _("in operation")
    ENDED = "ended", _("ended")
    INHERIT = "inherit", _("as in the place above")


MEANINGS = {
    Stage.PREPARATION: _("It is being built. Citizens cannot use it yet."),
    Stage.TEST: _("Invited people try it out."),
    Stage.PILOT: _("It runs in some places first, to learn from it."),
    Stage.LIVE: _("Everybody it is meant for can use it."),
    Stage.ENDED: _("It is over."),
    Stage.INHERIT: _("What holds for the place above holds here too."),
}


R = TypeVar("R")
"""A row with ``place_id`` and ``starts`` that holds until the next row of the same place begins."""


@dataclass(frozen=True)
class Period(Generic[R]):
    """A row with the days it holds; ``last`` is inclusive, None: until further notice."""

    row: R
    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Does it hold on that day?"""
        return self.first <= day and (self.last is None or day <= self.last)


def periods(rows: Iterable[R]) -> dict[int, list[Period[R]]]:
    """Rows by place, in order of time. The end of each is the day before the next: no gap, no overlap."""
    by_place: dict[int, list[Any]] = {}
    known: list[Any] = list(rows)
    for row in sorted(known, key=lambda row: (row.place_id, row.starts)):
        by_place.setdefault(row.place_id, []).append(row)
    day = timedelta(days=1)
    return {
        place: [
            Period(row, row.starts, following.starts - day if following else None)
            for row, following in zip(line, [*line[1:], None], strict=True)
        ]
        for place, line in by_place.items()
    }


def holding(found: Mapping[int, list[Period[R]]], place: int, day: date) -> Period[R] | None:
    """What holds at exactly this place on that day, without the places above."""
    return next((period for period in found.get(place, []) if period.holds(day)), None)


def way_up(place: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The place and all above it, the most specific first."""
    way: list[int] = []
    while place is not None and place not in way:
        way.append(place)
        place = parents.get(place)
    return way
