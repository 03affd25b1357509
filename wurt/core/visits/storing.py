"""From the counter's memory into the database: numbers only, as often as one likes."""

from datetime import date
from typing import Any

from django.conf import settings

from wurt.core.db.clock import now
from wurt.core.visits.models import CounterRun, VisitorCount
from wurt.core.visits.wire import ask

BATCH = 1000


def store() -> int:
    """Ask the counter and write what it says; the number of cells, -1 if there is no counter.

    Writing the same twice changes nothing, so a worker that is killed in between loses nothing.
    """
    answer = ask(settings.VAR_DIR)
    return -1 if answer is None else keep(answer["days"])


def keep(days: list[dict[str, Any]]) -> int:
    """Write days as the counter tells them; the number of cells."""
    return sum(_store_day(one) for one in days)


def _store_day(told: dict[str, Any]) -> int:
    day, run, moment = date.fromisoformat(told["day"]), str(told["run"])[:16], now()
    CounterRun.objects.bulk_create([CounterRun(day=day, run=run)], ignore_conflicts=True)
    if told["open"]:
        CounterRun.objects.filter(day=day, run=run).update(last_seen=moment)
    rows = [
        VisitorCount(day=day, place=str(place)[:120], area=str(area)[:40], run=run, visitors=int(count))
        for place, area, count in told["visitors"]
    ]
    VisitorCount.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["day", "place", "area", "run"],
        update_fields=["visitors"],
    )
    return len(rows)


def gaps(first: date, last: date) -> tuple[int, int]:
    """Days without any counting, and days on which the counter began anew, within both days included."""
    runs: dict[date, int] = {}
    for day in CounterRun.objects.filter(day__range=(first, last)).values_list("day", flat=True):
        runs[day] = runs.get(day, 0) + 1
    days = (last - first).days + 1
    return days - len(runs), sum(1 for number in runs.values() if number > 1)
