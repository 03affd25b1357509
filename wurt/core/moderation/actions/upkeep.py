"""What the desk does by the clock: measures that end, complaints whose time is over, forgetting."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.db.clock import now, today
from wurt.core.moderation.actions.steps import note, restore, trail
from wurt.core.moderation.deadlines import (
    COMPLAINT_MONTHS,
    KEEP_DISMISSED,
    KEEP_MONTHS,
    MISUSE_MONTHS,
    months_before,
)
from wurt.core.moderation.models import Case, Misuse, State
from wurt.core.moderation.policies import UPKEEP
from wurt.core.moderation.things import Measure
from wurt.core.privacy.sweeps import Sweep, register
from wurt.core.privacy.sweeps import note as note_disposal


@action("moderation.close_expired")
def close_expired(actor: Actor) -> int:
    """Cases whose six months for a complaint are over. Answers how many."""
    limit = months_before(now(), COMPLAINT_MONTHS)
    rows = list(Case.objects.filter(state=State.DECIDED, decided_at__lt=limit).order_by("pk")[:500])
    for row in rows:
        authorize(actor, UPKEEP, row.place)
        row.state, row.closed_at = State.CLOSED, now()
        row.version += 1
        row.save(update_fields=["state", "closed_at", "version"])
        note(actor, row, "closed")
        trail(actor, row)
    return len(rows)


@action("moderation.lift_expired")
def lift_expired(actor: Actor) -> int:
    """Measures whose last day is over end by themselves. Answers how many."""
    rows = list(Case.objects.filter(until__lt=today()).select_related("place").order_by("pk")[:100])
    for row in rows:
        authorize(actor, UPKEEP, row.place)
        restore(actor, row, Measure(row.measure))
        row.until = None
        row.version += 1
        row.save(update_fields=["until", "version"])
        note(actor, row, "lifted", row.measure)
        trail(actor, row, lifted=row.measure)
    return len(rows)


def overdue() -> QuerySet[Case]:
    """Closed cases whose personal parts have stayed long enough."""
    old = Q(dismissed=False, closed_at__lt=months_before(now(), KEEP_MONTHS))
    machine = Q(dismissed=True, closed_at__lt=now() - KEEP_DISMISSED)
    return Case.objects.filter(old | machine, state=State.CLOSED, forgotten__isnull=True)


@action("moderation.forget")
def forget(actor: Actor, *, limit: int) -> int:
    """Take texts, contacts and history out of cases whose time is over; dates, categories and measures stay
    for the figures. The triggers let go only of what belongs to such a case."""
    rows = list(overdue().select_related("place").order_by("pk")[:limit])
    for row in rows:
        authorize(actor, UPKEEP, row.place)
        row.forgotten, row.author, row.taken_by = now(), None, None
        row.key = row.title = row.excerpt = row.url = ""
        row.version += 1
        row.save(
            update_fields=["forgotten", "author", "taken_by", "key", "title", "excerpt", "url", "version"]
        )
        row.parties.all().delete()
        row.events.all().delete()
        row.restrictions.all().delete()
        row.reports.update(explanation="", where="")
        row.complaints.update(text="")
        row.decisions.update(facts="", clause="", territory="")
        trail(actor, row, forgotten=True)
    if rows:
        note_disposal(actor, "moderation", len(rows))
    return len(rows)


@action("moderation.forget_misuse")
def forget_misuse(actor: Actor, *, limit: int) -> int:
    """Warnings older than a year that led to nothing since."""
    rows = list(old_misuse().order_by("pk")[:limit])
    for row in rows:
        authorize(actor, UPKEEP)
        record(actor, row)
        row.delete()
    return len(rows)


def old_misuse() -> QuerySet[Misuse]:
    """Warnings and suspensions that no longer matter."""
    over = Q(until__isnull=True) | Q(until__lt=today() - timedelta(days=1))
    return Misuse.objects.filter(over, warned__lt=months_before(now(), MISUSE_MONTHS))


register(
    Sweep("moderation", due=lambda: overdue().count(), run=lambda actor, limit: forget(actor, limit=limit)),
    Sweep(
        "misuse", due=lambda: old_misuse().count(), run=lambda actor, limit: forget_misuse(actor, limit=limit)
    ),
)
