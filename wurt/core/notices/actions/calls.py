"""People who chose to be called: staff takes a call, tells what waits, and notes how it ended.

A call is claimed by a conditional update that commits before anybody dials, like mail (docs/adr/0010): two
at the desk do not call the same person. What was begun and never noted can be taken again after an hour.
"""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, scope_q
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, State, Subscriber
from wurt.core.notices.policies import CALL, SEND
from wurt.core.notices.timing import next_try
from wurt.core.tenancy.models import Contact, Place, ToldBy

HELD = timedelta(hours=1)
"""Longer than a call; then somebody else may take it."""
ENOUGH = 3
"""Tries after which staff may give up."""
UNANSWERED = "not reached"


class Outcome(StrEnum):
    """How a call ended. ``BACK``: nobody was called."""

    TOLD = "told"
    MISSED = "missed"
    LETTER = "letter"
    BACK = "back"
    GIVEN_UP = "given_up"


TRAIL = {
    Outcome.TOLD: "notices.call_told",
    Outcome.MISSED: "notices.call_missed",
    Outcome.LETTER: "notices.call_letter",
    Outcome.BACK: "notices.call_back",
    Outcome.GIVEN_UP: "notices.call_given_up",
}
"""What the trail calls each end."""


@action("notices.take_call")
def take_call(actor: Actor, *, subscriber: UUID) -> UUID:
    """Take everything that waits to be told to this person; answers the mark of the call. Raises RuleBroken
    ``notices.call_taken`` if somebody else makes it now, or it was made."""
    authorize(actor, CALL)
    row = lock(_near(actor), public_id=subscriber)
    mark = uuid4()
    mine = Dispatch.objects.filter(channel=Channel.CALL, subscriber=row)
    if mine.filter(state=State.SENDING).exclude(_free()).exists() or not mine.filter(_free()).update(
        state=State.SENDING, claim=mark, claimed=now()
    ):
        message = _("Somebody else calls this person at the moment, or has done so already.")
        raise RuleBroken("notices.call_taken", message)
    record(actor, row)
    return mark


@action("notices.note_call")
def note_call(actor: Actor, *, call: UUID, outcome: str) -> None:
    """How the call ended; what came since it was taken waits for the next. Raises NotFound if the call was
    noted already or taken by somebody else, RuleBroken for a letter without address or giving up too soon."""
    authorize(actor, CALL)
    mine = Dispatch.objects.filter(channel=Channel.CALL, state=State.SENDING, claim=call)
    row = lock(_near(actor), pk=mine.values_list("subscriber", flat=True).first() or 0)
    first = mine.order_by("pk").first()
    if first is None:
        raise NotFound(code="notices.call")
    _end(mine, row, first.attempts, outcome)
    record(actor, row, action=TRAIL[Outcome(outcome)])


@action("notices.move_waiting")
def move_waiting(actor: Actor, *, person: UUID) -> int:
    """The person chose letters instead of calls, or calls instead of letters: what waits goes that way, too.
    Answers how many notices moved; a call that is made at this moment stays one."""
    authorize(actor, SEND)
    row = Subscriber.objects.select_for_update().filter(person__public_id=person).first()
    if row is None:
        return 0
    here, there = Channel.LETTER, Channel.CALL
    if _contact(row).told_by == ToldBy.LETTER:
        here, there = there, here
    moved = _move(Dispatch.objects.filter(subscriber=row, channel=here, state=State.WAITING), row, there)
    if moved:
        record(actor, row)
    return moved


def _end(mine: QuerySet[Dispatch], row: Subscriber, tries: int, outcome: str) -> None:
    match outcome:
        case Outcome.TOLD:
            mine.update(state=State.SENT, sent=now(), error="")
        case Outcome.MISSED:
            later = next_try(now(), ZoneInfo(settings.TIME_ZONE))
            _release(mine, row, due=later, attempts=F("attempts") + 1, error=UNANSWERED)
        case Outcome.BACK:
            _release(mine, row)
        case Outcome.GIVEN_UP:
            if tries < ENOUGH:
                raise RuleBroken("notices.call_too_soon", _("Please try three times before you give up."))
            mine.update(state=State.FAILED, error=UNANSWERED)
        case Outcome.LETTER:
            if not _contact(row).address:
                raise RuleBroken("notices.call_no_address", _("For a letter the postal address is missing."))
            _move(mine, row, Channel.LETTER)
        case _:
            raise RuleBroken("notices.call_outcome", _("Choose how the call ended."))


def _release(mine: QuerySet[Dispatch], row: Subscriber, **values: object) -> None:
    if _contact(row).told_by == ToldBy.LETTER:  # chosen while somebody called
        _move(mine, row, Channel.LETTER)
    else:
        mine.update(state=State.WAITING, claim=None, claimed=None, **values)


def _move(rows: QuerySet[Dispatch], subscriber: Subscriber, to: Channel) -> int:
    """The rows wait on another channel; what went that way before is not told again."""
    there = Dispatch.objects.filter(subscriber=subscriber, channel=to).values_list("notice_id", flat=True)
    rows.filter(notice__in=list(there)).delete()
    return rows.update(
        channel=to, state=State.WAITING, due=now(), attempts=0, claim=None, claimed=None, error=""
    )


def _near(actor: Actor) -> QuerySet[Subscriber]:
    """People of the places where the actor may call."""
    return Subscriber.objects.filter(person__contact__place__in=Place.objects.filter(scope_q(actor, CALL)))


def _free() -> Q:
    """Of calls: nobody makes it now. One that was begun long ago and never noted is free again."""
    return Q(state=State.WAITING) | Q(state=State.SENDING, claimed__lt=now() - HELD)


def _contact(row: Subscriber) -> Contact:
    return Contact.objects.get(person_id=row.person_id or 0)
