"""Mail that came back, workers that were lost, and forgetting in time."""

from datetime import timedelta
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Follow, Notice, State, Subscriber
from wurt.core.notices.policies import MANAGE, SEND
from wurt.core.notices.tokens import CONFIRM_WITHIN
from wurt.core.tenancy.authority import county

SOFT_BOUNCES = 3
SOFT_WITHIN = timedelta(days=30)
"""Older soft bounces do not count: the mailbox was full once and is in use again."""
KEEP_NOTICES = timedelta(days=180)
KEEP_STOPPED = timedelta(days=90)
LOST = "the worker was lost while it sent"
LOST_AFTER = timedelta(minutes=15)
"""Longer than any mail takes, and than the lease of the delivery that sends it."""


@action("notices.note_bounce")
def note_bounce(actor: Actor, *, subscriber: UUID, permanent: bool, reason: str) -> bool:
    """Mail to a subscriber came back. True if nothing is sent there any more: after one permanent failure,
    or the third passing one within thirty days. What waits for the address is dropped."""
    row = lock(Subscriber.objects.all(), public_id=subscriber)
    authorize(actor, SEND)
    if row.last_bounce is None or now() - row.last_bounce > SOFT_WITHIN:
        row.soft_bounces = 0
    row.last_bounce = now()
    row.soft_bounces += not permanent
    if row.stopped is None and (permanent or row.soft_bounces >= SOFT_BOUNCES):
        row.stopped, row.stop_reason = now(), reason[:300]
        Dispatch.objects.filter(subscriber=row, channel=Channel.EMAIL, state=State.WAITING).delete()
    row.save(update_fields=["soft_bounces", "last_bounce", "stopped", "stop_reason"])
    record(actor, row, after={"permanent": permanent})
    return row.stopped is not None


@action("notices.resume_address")
def resume_address(actor: Actor, *, subscriber: UUID) -> None:
    """Staff knows that the mailbox works again."""
    row = lock(Subscriber.objects.all(), public_id=subscriber)
    authorize(actor, MANAGE, county())
    row.soft_bounces, row.stopped, row.stop_reason = 0, None, ""
    row.save(update_fields=["soft_bounces", "stopped", "stop_reason"])
    record(actor, row)


@action("notices.mark_lost")
def mark_lost(actor: Actor) -> int:
    """Mails that a worker had claimed and never finished: whether they arrived is not known. They are not
    sent again by themselves, since nobody is told twice; staff decides. Answers how many."""
    authorize(actor, SEND)
    lost = Dispatch.objects.filter(state=State.SENDING, claimed__lt=now() - LOST_AFTER)
    lost = lost.exclude(channel=Channel.CALL)  # people speak longer; take_call looks after these
    # Which devices a push was begun for is noted: the others are told now, that one stays unclear.
    push = lost.filter(channel=Channel.PUSH)
    count = push.update(state=State.WAITING, due=now(), claim=None, error=LOST)
    count += lost.exclude(channel=Channel.PUSH).update(state=State.UNCLEAR, error=LOST)
    if count:
        record(actor, county(), after={"unclear": count})
    return count


@action("notices.send_again")
def send_again(actor: Actor, *, notice: UUID) -> int:
    """Staff decides that unclear and failed mails of a notice go out once more. Answers how many."""
    authorize(actor, MANAGE, county())
    row = lock(Notice.objects.all(), public_id=notice)
    again = Dispatch.objects.filter(
        notice=row, state__in=(State.UNCLEAR, State.FAILED), subscriber__stopped__isnull=True
    )
    count = again.update(
        state=State.WAITING, due=now(), attempts=0, claim=None, claimed=None, error="", told=None
    )
    record(actor, row, after={"again": count})
    return count


@action("notices.forget")
def forget(actor: Actor) -> int:
    """What is past its time: follows that nobody confirmed, addresses without topics, addresses that took no
    mail for ninety days, notices older than 180 days. Answers how many rows went."""
    authorize(actor, SEND)
    moment = now()
    strangers = Subscriber.objects.filter(person__isnull=True)
    over = (
        Follow.objects.filter(confirmed__isnull=True, created__lt=moment - CONFIRM_WITHIN),
        strangers.filter(follows__isnull=True),
        strangers.filter(stopped__lt=moment - KEEP_STOPPED),
        Notice.objects.filter(created__lt=moment - KEEP_NOTICES),
    )
    gone = sum(rows.delete()[0] for rows in over if rows.exists())
    if gone:
        record(actor, county(), after={"rows": gone})
    return gone


@action("notices.forget_person")
def forget_person(actor: Actor, *, person: UUID) -> None:
    """A person was erased: follows, choices and what they were told go too."""
    authorize(actor, SEND)
    row = Subscriber.objects.filter(person__public_id=person).first()
    if row is not None:
        record(actor, row)
        row.delete()
