"""Who sent manifestly unfounded notices often (Art. 23), for moderators."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.db.clock import now, today
from wurt.core.moderation.actions.misuse import OFTEN
from wurt.core.moderation.deadlines import MISUSE_MONTHS, months_before
from wurt.core.moderation.models import Decision, Misuse, Party, Report
from wurt.core.moderation.policies import MANAGE
from wurt.core.tenancy.authority import county


@dataclass(frozen=True, slots=True)
class MisuseLine:
    """One address with unfounded notices. ``report``: its newest, by which it is named. ``since``: how many
    came after the warning. The next step is a warning, then a suspension."""

    report: UUID
    email: str
    unfounded: int
    all: int
    misuse: UUID | None
    reason: str
    warned: datetime | None
    since: int
    until: date | None

    @property
    def may_warn(self) -> bool:
        return self.warned is None and self.unfounded >= OFTEN

    @property
    def may_suspend(self) -> bool:
        return self.warned is not None and self.since > 0 and self.until is None


def misuse_desk(actor: Actor) -> tuple[MisuseLine, ...]:
    """Addresses with at least one manifestly unfounded notice in twelve months, most first."""
    authorize(actor, MANAGE, county())
    recent = Party.objects.exclude(who="").filter(report__created__gte=months_before(now(), MISUSE_MONTHS))
    baseless = Decision.objects.filter(unfounded=True).values("case")
    counted = dict(
        recent.filter(case__in=baseless).values_list("who").annotate(number=Count("pk")).order_by("who")
    )
    all_of = dict(
        recent.filter(who__in=counted).values_list("who").annotate(number=Count("pk")).order_by("who")
    )
    newest = dict(recent.filter(who__in=counted).values_list("who").annotate(last=Max("pk")).order_by("who"))
    parties = {row.who: row for row in Party.objects.filter(pk__in=newest.values()).select_related("report")}
    known = {row.who: row for row in Misuse.objects.filter(who__in=counted)}
    since = _since_warning(known)
    lines = [
        _line(parties[who], counted[who], all_of[who], known.get(who), since.get(who, 0))
        for who in counted
        if who in parties
    ]
    return tuple(sorted(lines, key=lambda line: (-line.unfounded, line.email)))


def _since_warning(known: dict[str, Misuse]) -> dict[str, int]:
    baseless = Decision.objects.filter(unfounded=True).values("case")
    rows = Report.objects.filter(case__in=baseless, party__who__in=known).values_list("party__who", "created")
    found: dict[str, int] = {}
    for who, created in rows:
        found[who] = found.get(who, 0) + (created > known[who].warned)
    return found


def _line(party: Party, unfounded: int, number: int, row: Misuse | None, since: int) -> MisuseLine:
    assert party.report is not None
    running = row.until if row and row.until and row.until >= today() else None
    return MisuseLine(
        party.report.public_id,
        party.email,
        unfounded,
        number,
        row.public_id if row else None,
        row.reason if row else "",
        row.warned if row else None,
        since,
        running,
    )
