"""The audit trail as administrators read it: who did what to which kind of thing, and when; no values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.audit.models import AuditEntry
from wurt.core.audit.words import action_word, actions_named_like, actor_word, thing_words
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE

PAGE_SIZE = 50
CSV_LIMIT = 10_000
"""The newest entries only: the whole trail is read with the tools of the database."""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry. ``code`` is the action's, ``thing`` names the object, ``key`` is its key in the trail."""

    at: datetime
    who: str
    what: str
    code: str
    thing: str
    key: str


def trail_page(
    actor: Actor,
    number: str,
    *,
    text: str = "",
    who: str = "",
    since: date | None = None,
    until: date | None = None,
) -> tuple[Page[AuditEntry], list[TrailLine]]:
    """One page, newest first. ``until`` is the last day. Raises NotAllowed for all but administrators."""
    found = _entries(actor, text, who, since, until)
    page = Paginator(found, PAGE_SIZE).get_page(number)
    return page, _lines(page.object_list)


def trail_lines(
    actor: Actor, *, text: str = "", who: str = "", since: date | None = None, until: date | None = None
) -> list[TrailLine]:
    """The newest entries for a file, at most ``CSV_LIMIT``."""
    return _lines(_entries(actor, text, who, since, until)[:CSV_LIMIT])


def _entries(
    actor: Actor, text: str, who: str, since: date | None, until: date | None
) -> QuerySet[AuditEntry]:
    authorize(actor, MANAGE_PEOPLE, county())
    rows = AuditEntry.objects.order_by("-pk")
    if text:
        rows = rows.filter(Q(action__icontains=text) | Q(action__in=actions_named_like(text)))
    if who:
        ids = Person.objects.filter(name__icontains=who).values_list("public_id", flat=True)
        wanted = [str(public_id) for public_id in ids]
        rows = rows.filter(Q(actor__in=wanted) | Q(acting_for__in=wanted))
    if since:
        rows = rows.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    if until:
        rows = rows.filter(at__lte=timezone.make_aware(datetime.combine(until, time.max)))
    return rows


def _who(row: AuditEntry, names: dict[str, str]) -> str:
    """Who acted, and for whom if it was for somebody else."""
    actor = actor_word(row.actor, names)
    if not row.acting_for:
        return actor
    return _("%(actor)s for %(person)s") % {
        "actor": actor, "person": actor_word(row.acting_for, names)
    }  # fmt: skip


def _lines(entries: Iterable[AuditEntry]) -> list[TrailLine]:
    rows = list(entries)
    labels = {label for row in rows for label in (row.actor, row.acting_for) if label.count("-") == 4}
    names = {str(row.public_id): str(row) for row in Person.objects.filter(public_id__in=labels)}
    things = thing_words((row.object_type, row.object_id) for row in rows)
    return [
        TrailLine(
            at=row.at,
            who=_who(row, names),
            what=action_word(row.action),
            code=row.action,
            thing=things[row.object_type, row.object_id],
            key=f"{row.object_type} {row.object_id}",
        )
        for row in rows
    ]
