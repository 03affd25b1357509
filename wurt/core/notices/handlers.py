"""What notices does when it is told something, and by the clock."""

import smtplib
from datetime import timedelta

from django.core.mail import get_connection

from wurt.core.action.actor import Actor
from wurt.core.db.clock import now
from wurt.core.notices import direct, pushing, sending, topics
from wurt.core.notices.actions import calls, spread, upkeep
from wurt.core.notices.events import ChunkDue, DeviceTested, DirectDue, FollowRequested, MailDue, PushDue
from wurt.core.notices.mails import confirmation_mail
from wurt.core.notices.models import Follow
from wurt.core.outbox.registry import every, handles
from wurt.core.tenancy.events import PersonErased, WayChosen

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
        get_connection().send_messages([confirmation_mail(row, topic, event.link)])
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


@handles(DirectDue, joined=False)
def send_direct(event: DirectDue) -> None:
    """The mail to one recipient; what does not go now goes with the minute."""
    direct.send(direct.due_mail().filter(public_id=event.direct), now() + LONGEST)


@handles(PushDue, joined=False)
def push_chunk(event: PushDue) -> None:
    """The push messages of one chunk."""
    chunk = pushing.due_push().filter(
        notice__public_id=event.notice, subscriber__gte=event.first, subscriber__lte=event.last
    )
    pushing.send(chunk, now() + LONGEST)


@handles(DeviceTested, joined=False)
def try_device(event: DeviceTested) -> None:
    """Quiet hours do not count: somebody looks at the device and waits."""
    pushing.send_test(event.device)


@every(timedelta(minutes=1), joined=False)
def send_due() -> None:
    """Digests, ends of quiet hours, second tries, and whatever a killed worker left."""
    sending.send(sending.due_mail(), now() + LONGEST)
    direct.send(direct.due_mail(), now() + LONGEST)


@every(timedelta(minutes=1), joined=False)
def push_due() -> None:
    """The same for devices."""
    pushing.send(pushing.due_push(), now() + LONGEST)


@every(timedelta(minutes=10))
def find_lost_mail() -> None:
    """Mails that a lost worker had claimed."""
    upkeep.mark_lost(SYSTEM)
    direct.mark_lost()


@every(timedelta(hours=6))
def forget() -> None:
    """Everything past its time."""
    upkeep.forget(SYSTEM)


@handles(PersonErased)
def forget_person(event: PersonErased) -> None:
    """An erased person follows nothing."""
    upkeep.forget_person(SYSTEM, person=event.person)


@handles(WayChosen)
def move_waiting(event: WayChosen) -> None:
    """What waits goes the way that the person chose."""
    calls.move_waiting(SYSTEM, person=event.person)
