"""Which accounts were active this month: exact, without a trail of pages."""

import logging
from datetime import date

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db.models import F
from django.http import HttpRequest

from wurt.core.db.clock import today
from wurt.core.privacy.actions import ERASERS, Remains
from wurt.core.tenancy.models import Person
from wurt.core.visits.models import ActiveAccount, ActiveMonth

logger = logging.getLogger("wurt.visits")

_noted: set[tuple[date, int]] = set()
_MOST = 50_000


def this_month() -> date:
    """The first of the current month, local."""
    return today().replace(day=1)


def note_active(request: HttpRequest) -> None:
    """The signed-in person was here this month. Written once per person, month and process."""
    try:
        person = getattr(getattr(request, "user", None), "person_id", None)
        if person is None:
            return
        mark = (this_month(), person)
        if mark in _noted:
            return
        ActiveAccount.objects.bulk_create(
            [ActiveAccount(person_id=person, month=mark[0])], ignore_conflicts=True
        )
    except DatabaseTrouble:
        logger.warning("an active account was not noted", exc_info=True)
        return
    if len(_noted) >= _MOST or not settings.WURT_COUNTING:
        _noted.clear()
    _noted.add(mark)


def close_months() -> int:
    """Turn the rows of months that are over into their number; how many months were closed."""
    closed = 0
    for month in (
        ActiveAccount.objects.filter(month__lt=this_month()).values_list("month", flat=True).distinct()
    ):
        row, _made = ActiveMonth.objects.get_or_create(month=month)
        if row.accounts is None:
            row.accounts = ActiveAccount.objects.filter(month=month).count() + row.erased
            row.save(update_fields=["accounts"])
            closed += 1
    return closed


def erase_activity(person: Person, texts: list[str]) -> Remains:
    """An erased person is found nowhere; the months in which they were active keep their number."""
    rows = ActiveAccount.objects.filter(person=person)
    for month in rows.values_list("month", flat=True):
        row, _made = ActiveMonth.objects.get_or_create(month=month)
        if row.accounts is None:
            ActiveMonth.objects.filter(pk=row.pk).update(erased=F("erased") + 1)
    rows.delete()
    return []


def take_part() -> None:
    """Tell data protection; run once at start."""
    if erase_activity not in ERASERS:
        ERASERS.append(erase_activity)
