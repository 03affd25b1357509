"""When a round of reports opens by itself, how long it lasts, and who is reminded when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

OPENED, REMINDED, REMARKED = "agenda.round_opened", "agenda.round_reminder", "agenda.remarked"
"""Kinds of notices: a report waits; it is still not handed in; somebody said something of it."""
MEETING = "agenda.meeting"
"""Kind of notice: a meeting is planned, moved or called off."""

EVERY = (1, 2, 3, 6)
"""Months from one round to the next that a county may choose."""
STAGES = (-3, 1, 4)
"""Days from the last day at which the stages of reminding begin: lead; deputy, too; coordination, too."""
LEAD, DEPUTY, COORDINATION = 1, 2, 3
WORKING = range(8, 17)
"""Local hours, Monday to Friday, in which anybody is told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a county wants its rounds. ``opens``: day of the month, 1 to 28, None if somebody opens them by
    hand; ``days`` to hand in; ``every`` so many months; ``back``: 0 for reports on the month in which the
    round opens, 1 for those on the month before."""

    opens: int | None
    days: int = 10
    every: int = 1
    back: int = 1


USUAL = Rule(opens=None)
"""What holds for a county that has chosen nothing."""


def weight(versions: Iterable[int]) -> int:
    """Grows with every change of any of the reports of these versions: whoever decides about them sends back
    what they saw, so that nobody decides about a text they did not see."""
    return sum(versions)


def month_to_open(rule: Rule, day: date, last: date | None) -> date | None:
    """The month whose round is to open on a day, None if none is. ``last``: the newest month that opened by
    itself; what was deleted since is not opened again. A day that was missed is made up for until the end of
    its month. Of two or more months the last one is reported: with three the end of each quarter."""
    if rule.opens is None or day.day < rule.opens:
        return None
    month = day.replace(day=1)
    if rule.back:
        month = (month - timedelta(days=1)).replace(day=1)
    if month.month % rule.every or (last is not None and month <= last):
        return None
    return month


def last_day_of(rule: Rule, opened: date) -> date:
    """Until when reports are handed in; a Saturday or Sunday becomes the Monday after."""
    day = opened + timedelta(days=rule.days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def stage_on(day: date, due: date) -> int:
    """How many stages of reminding have begun, 0 to 3."""
    return sum(day >= due + timedelta(days=days) for days in STAGES)


def is_time(local: datetime) -> bool:
    """May somebody be told at this local time?"""
    return local.weekday() < 5 and local.hour in WORKING
