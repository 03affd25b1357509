"""When a notice may go out: quiet hours and digests, in the county's time zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wurt.core.notices.kinds import Frequency

DIGEST_HOUR = 8
"""Local hour of daily and weekly digests; a week's digest comes on Monday."""

CALL_HOUR = 9
"""Local hour from which staff calls again."""


def is_quiet(moment: datetime, start: int, end: int, zone: ZoneInfo) -> bool:
    """Does the moment lie in the quiet hours from ``start`` to before ``end`` (local hours 0 to 23)?

    Equal hours mean that there are none.
    """
    hour = moment.astimezone(zone).hour
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def after_quiet(moment: datetime, start: int, end: int, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in; UTC."""
    if not is_quiet(moment, start, end, zone):
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=1 if local.hour >= end else 0)
    return datetime.combine(day, time(end), zone).astimezone(UTC)


def next_try(moment: datetime, zone: ZoneInfo) -> datetime:
    """When somebody who was not reached is called again: at nine of the next working day (Monday to Friday),
    UTC."""
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, time(CALL_HOUR), zone).astimezone(UTC)


def due_at(moment: datetime, frequency: Frequency, start: int, end: int, zone: ZoneInfo) -> datetime:
    """When a notice of ``moment`` goes out, UTC: at once or with the next digest, after the quiet hours.

    Raises ValueError for ``never``.
    """
    if frequency is Frequency.NEVER:
        raise ValueError("what is never sent is never due")
    due = moment
    if frequency is not Frequency.NOW:
        local = moment.astimezone(zone)
        days = (7 - local.weekday()) % 7 if frequency is Frequency.WEEKLY else 0
        step = timedelta(days=7 if frequency is Frequency.WEEKLY else 1)
        day = local.date() + timedelta(days=days)
        due = datetime.combine(day, time(DIGEST_HOUR), zone)
        if due < moment:
            due = datetime.combine(day + step, time(DIGEST_HOUR), zone)
    return after_quiet(due, start, end, zone)
