"""The months that figures are about."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.utils import timezone

_KEY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month of the county's time zone; ``first`` is its first day.

    ``start`` and ``end`` are moments (UTC): what happened in the month lies in ``start <= moment < end``.
    """

    first: date

    def __post_init__(self) -> None:
        if self.first.day != 1:
            raise ValueError("a period begins on the first day of its month")

    @classmethod
    def of(cls, day: date) -> Self:
        """The month of a day."""
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, text: str) -> Self:
        """From "2024-04". Raises ValueError for anything else."""
        match = _KEY.fullmatch(text)
        if match is None or match[1] == "0000":
            raise ValueError(f"{text!r} is no month; write it like 2024-04")
        return cls(date(int(match[1]), int(match[2]), 1))

    @property
    def key(self) -> str:
        """As "2024-04"."""
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> date:
        """The last day of the month."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Self:
        """The month after."""
        return type(self)((self.first + timedelta(days=31)).replace(day=1))

    @property
    def previous(self) -> Self:
        """The month before."""
        return type(self)((self.first - timedelta(days=1)).replace(day=1))

    @property
    def start(self) -> datetime:
        """The moment at which the month begins."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after the month."""
        return _midnight(self.next.first)

    def __str__(self) -> str:
        return self.key


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)
