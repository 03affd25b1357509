"""Days and months of moderation, in the county's calendar. No database."""

import calendar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

COMPLAINT_MONTHS = 6
"""Art. 20 (1) of Regulation (EU) 2022/2065: at least six months after the decision."""
KEEP_MONTHS = 6
"""Personal parts of a case stay so long after it is closed."""
KEEP_DISMISSED = timedelta(days=30)
"""What was taken for an automatic message."""
MISUSE_MONTHS = 12
"""So far back manifestly unfounded notices count."""


def months_after(moment: datetime, months: int) -> datetime:
    """The end of the day so many calendar months later, in the county's time; a day that does not exist
    becomes the month's last (31 August + 6 months is 28 or 29 February, § 188 (3) BGB)."""
    local = timezone.localtime(moment)
    number = local.month - 1 + months
    year, month = local.year + number // 12, number % 12 + 1
    day = min(local.day, calendar.monthrange(year, month)[1])
    last = datetime.combine(local.date().replace(year=year, month=month, day=day), time())
    return timezone.make_aware(last) + timedelta(days=1)


def months_before(moment: datetime, months: int) -> datetime:
    """So many calendar months earlier, beginning of that day."""
    return months_after(moment, -months) - timedelta(days=1)


def last_day(decided: datetime) -> date:
    """The last day on which a complaint about a decision is in time."""
    return timezone.localtime(months_after(decided, COMPLAINT_MONTHS) - timedelta(seconds=1)).date()


def due(moment: datetime, days: int) -> datetime:
    """End of the day so many days later, in the county's time."""
    day = timezone.localtime(moment).date() + timedelta(days=days + 1)
    return timezone.make_aware(datetime.combine(day, time()))


def days_over(moment: datetime, end: datetime) -> int:
    """Whole days since a deadline passed, at least 1; 0 while there is time."""
    if moment < end:
        return 0
    return (timezone.localtime(moment).date() - timezone.localtime(end).date()).days + 1
