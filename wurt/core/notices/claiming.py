"""The claim that every way out begins with: a conditional update that commits before anything is sent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F, QuerySet

from wurt.core.db.clock import now
from wurt.core.notices.models import Dispatch, State

GIVE_UP = 40
"""Attempts: with the waits below about a day and a half."""


def wait(attempts: int) -> timedelta:
    """How long until the next try: two minutes, then twice as long, at most an hour."""
    return timedelta(minutes=min(60, 2 ** min(attempts, 6)))


def of(rows: Iterable[Dispatch], **more: object) -> QuerySet[Dispatch]:
    """The rows again, as a query; of them those for which ``more`` holds (one step: it is built per mail)."""
    return Dispatch.objects.filter(pk__in=[row.pk for row in rows], **more)


def claim(rows: list[Dispatch], moment: datetime) -> tuple[UUID, list[Dispatch]]:
    """Take the rows that nobody else has taken; the update is the lock."""
    mark = uuid4()
    taken = of(rows, state=State.WAITING).update(
        state=State.SENDING, claim=mark, claimed=moment, attempts=F("attempts") + 1
    )
    if taken == len(rows):
        return mark, rows
    mine = set(of(rows, claim=mark).values_list("pk", flat=True)) if taken else set()
    return mark, [row for row in rows if row.pk in mine]


def again(mine: QuerySet[Dispatch], attempts: int, reason: str, due: datetime | None = None) -> None:
    """Another try later, at ``due`` or after the usual wait; after :data:`GIVE_UP` tries none."""
    if attempts + 1 >= GIVE_UP:
        mine.update(state=State.FAILED, error=reason[:300])
    else:
        due = due or now() + wait(attempts + 1)
        mine.update(state=State.WAITING, due=due, claim=None, error=reason[:300])


def whole_groups(batch: list[Dispatch], full: int) -> list[Dispatch]:
    """A full batch may end in the middle of a subscriber's rows; those wait for the next, to go together."""
    last = batch[-1].subscriber_id
    if len(batch) < full or batch[0].subscriber_id == last:
        return batch
    return [one for one in batch if one.subscriber_id != last]
