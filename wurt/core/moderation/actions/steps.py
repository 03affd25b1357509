"""Steps that several actions share."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.run import lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.moderation import things
from wurt.core.moderation.deadlines import due
from wurt.core.moderation.models import Case, Event, Origin, Party, Role, State
from wurt.core.moderation.things import Measure, Thing

EXCERPT = 2000


def notice_due(moment: datetime) -> datetime:
    """When a notice of this moment is to be decided."""
    return due(moment, settings.WURT_NOTICE_DAYS)


def complaint_due(moment: datetime) -> datetime:
    """When a complaint of this moment is to be decided."""
    return due(moment, settings.WURT_COMPLAINT_DAYS)


def open_case(actor: Actor, thing: Thing, *, origin: Origin, state: State = State.OPEN) -> Case:
    """The case in which the thing is looked at now, or a new one, locked; the thing as it stands is kept."""
    fresh = {
        "title": thing.title[:300],
        "excerpt": thing.excerpt[:EXCERPT],
        "url": thing.url[:500],
        "place_id": thing.place,
        "author_id": thing.author,
        "origin": origin,
        "state": state,
        "opened": now(),
        "due": notice_due(now()),
    }
    case, made = Case.objects.get_or_create(
        kind=thing.kind, key=thing.key, state__in=(State.HELD, State.OPEN), defaults=fresh
    )
    case = lock(Case.objects.all(), pk=case.pk)
    if made:
        note(actor, case, "opened", origin)
        if thing.author is not None:
            Party.objects.create(case=case, role=Role.AUTHOR, person_id=thing.author)
    elif case.state == State.HELD and state == State.OPEN:
        case.state = State.OPEN
        case.version += 1
        case.save(update_fields=["state", "version"])
    return case


def note(actor: Actor, case: Case, what: str, text: str = "") -> None:
    """A step in the case's own history; ``text`` names nobody."""
    Event.objects.create(case=case, what=what, by=actor.label, note=str(text)[:300], at=now())


def carry_out(actor: Actor, case: Case, measure: Measure) -> None:
    """What the measure does to the thing."""
    kind = things.kind_of(case.kind)
    if kind is None:
        raise RuleBroken("moderation.kind_gone", _("Nobody speaks for this kind of content any more."))
    if measure in (Measure.LABEL, Measure.HIDE, Measure.REMOVE):
        kind.carry_out(actor, case.key, measure)
    elif measure is Measure.LEAVE and case.origin == Origin.BEFORE:
        kind.restore(actor, case.key, measure)


def restore(actor: Actor, case: Case, measure: Measure) -> None:
    """Undo a measure."""
    kind = things.kind_of(case.kind)
    if measure in (Measure.LABEL, Measure.HIDE, Measure.REMOVE) and kind is not None:
        kind.restore(actor, case.key, measure)
    if measure is Measure.RESTRICT:
        case.restrictions.filter(ended__isnull=True).update(ended=now())
    if measure is Measure.CORRECT:
        case.corrections.filter(done_at__isnull=True).update(cancelled=True, done_at=now())


def trail(actor: Actor, case: Case, **after: Any) -> None:
    """The entry in the audit trail: state, measure, ids; never a text."""
    record(actor, case, after={"state": case.state, **after})
