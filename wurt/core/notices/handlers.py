"""What notices does when it is told something, and by the clock."""

import smtplib
from datetime import timedelta

from django.core.mail import get_connection

from wurt.core.action.actor import Actor
from wurt.core.db.clock import now
from wurt.core.notices import sending, topics
from wurt.core.notices.actions import spread, upkeep
from wurt.core.notices.events import ChunkDue, FollowRequested, MailDue
from wurt.core.notices.mails import confirmation_mail
from wurt.core.notices.models import Follow
from wurt.core.outbox.registry import every, handles
from wurt.core.tenancy.events import PersonErased

SYSTEM = Actor.for_system("worker")
LONGEST = timedelta(minutes=5)
"""Well below the lease of a delivery; what is left goes with the next minute."""


@handles(FollowRequested, joined=False)
def ask_for_confirmation(event: FollowRequested) -> None:
    """Quiet hours do not count: somebody sits in front of the form and waits for this mail."""
    row = Follow.objects.select_related("subscriber").filter(public_id=event.follow).first()
    if row is None:
        return
    topic = topics.named([(row.kind, row.key)]).get((row.kind, row.key))
    if topic is None:
        return
    try:
        get_connection().send_messages([confirmation_mail(row, topic)])
    except smtplib.SMTPRecipientsRefused as error:
        code, _words = next(iter(error.recipients.values()))
        if code < 500:
            raise  # the queue tries again


@handles(ChunkDue)
def spread_next(event: ChunkDue) -> None:
    """The rows of one chunk, and the order for the next, in one transaction."""
    spread.spread_chunk(SYSTEM, notice=event.notice, after=event.after)


@handles(MailDue, joined=False)
def send_chunk(event: MailDue) -> None:
    """The mails of one chunk; several workers take several chunks."""
    chunk = sending.due_mail().filter(
        notice__public_id=event.notice, subscriber__gte=event.first, subscriber__lte=event.last
    )
    sending.send(chunk, now() + LONGEST)


@every(timedelta(minutes=1), joined=False)
def send_due() -> None:
    """Digests, ends of quiet hours, second tries, and whatever a killed worker left."""
    sending.send(sending.due_mail(), now() + LONGEST)


@every(timedelta(minutes=10))
def find_lost_mail() -> None:
    """Mails that a lost worker had claimed."""
    upkeep.mark_lost(SYSTEM)


@every(timedelta(hours=6))
def forget() -> None:
    """Everything past its time."""
    upkeep.forget(SYSTEM)


@handles(PersonErased)
def forget_person(event: PersonErased) -> None:
    """An erased person follows nothing."""
    upkeep.forget_person(SYSTEM, person=event.person)
