"""Who often sends manifestly unfounded notices is warned, and may then be suspended for a while (Art. 23)."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.moderation.deadlines import MISUSE_MONTHS, months_after, months_before
from wurt.core.moderation.events import MisuseStated
from wurt.core.moderation.models import Decision, Misuse, Report
from wurt.core.moderation.policies import MANAGE
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.authority import county

OFTEN = 3
"""Manifestly unfounded notices in twelve months from which on a warning is possible."""
LONGEST_MONTHS = 6


@action("moderation.warn")
def warn(actor: Actor, *, report: UUID, reason: str) -> UUID:
    """Warn who sent this notice, before any suspension. Raises RuleBroken ``moderation.not_often``,
    ``moderation.reason``."""
    authorize(actor, MANAGE, county())
    who = _who(report)
    if unfounded(who) < OFTEN:
        raise RuleBroken(
            "moderation.not_often",
            _("This address has not sent manifestly unfounded notices often enough for a warning."),
        )
    row, _made = Misuse.objects.get_or_create(who=who, defaults={"warned": now()})
    row.reason, row.warned = _reason(reason), now()
    row.suspended = row.until = None
    row.save(update_fields=["reason", "warned", "suspended", "until"])
    record(actor, row)
    publish(
        MisuseStated(misuse=row.public_id, suspended=False), key=f"{row.public_id} {row.warned.isoformat()}"
    )
    return row.public_id


@action("moderation.suspend")
def suspend(actor: Actor, *, misuse: UUID, until: date, reason: str) -> None:
    """Stop working on notices of an address that was warned and went on. Raises RuleBroken
    ``moderation.not_warned`` if nothing unfounded came since the warning, ``moderation.until``."""
    authorize(actor, MANAGE, county())
    row = lock(Misuse.objects.all(), public_id=misuse)
    if unfounded(row.who, since_warning=row) < 1:
        raise RuleBroken(
            "moderation.not_warned",
            _("Since the warning nothing unfounded came from this address, so it cannot be suspended."),
        )
    if not today() < until <= months_after(now(), LONGEST_MONTHS).date():
        raise RuleBroken("moderation.until", _("Choose a day from tomorrow on, at most six months away."))
    row.reason, row.suspended, row.until = _reason(reason), now(), until
    row.save(update_fields=["reason", "suspended", "until"])
    record(actor, row, after={"until": until})
    publish(
        MisuseStated(misuse=row.public_id, suspended=True), key=f"{row.public_id} {row.suspended.isoformat()}"
    )


@action("moderation.end_suspension")
def end_suspension(actor: Actor, *, misuse: UUID) -> None:
    """Notices of the address are worked on again."""
    authorize(actor, MANAGE, county())
    row = lock(Misuse.objects.all(), public_id=misuse)
    row.until = None
    row.save(update_fields=["until"])
    record(actor, row)


def unfounded(who: str, since_warning: Misuse | None = None) -> int:
    """Manifestly unfounded notices of an address in twelve months, or those sent after the warning."""
    since = since_warning.warned if since_warning else months_before(now(), MISUSE_MONTHS)
    cases = Decision.objects.filter(unfounded=True).values("case")
    return Report.objects.filter(case__in=cases, party__who=who, created__gt=since).count() if who else 0


def _who(report: UUID) -> str:
    who = Report.objects.filter(public_id=report).values_list("party__who", flat=True).first()
    if not who:
        raise NotFound(code="moderation.report")
    return who


def _reason(text: str) -> str:
    if len(text.strip()) < 15:
        raise RuleBroken("moderation.reason", _("Please say in a sentence why. The person reads it."))
    return text.strip()[:500]
