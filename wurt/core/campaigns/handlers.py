"""What campaigns do when they are told something, and by the clock."""

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from wurt.core.action.actor import Actor
from wurt.core.campaigns.actions.press import claim_mail, find_lost, note_mail
from wurt.core.campaigns.calling import tell
from wurt.core.campaigns.events import CallDue, PressDue
from wurt.core.campaigns.mails import release_mail
from wurt.core.campaigns.models import MailState, PressMail
from wurt.core.db.clock import now
from wurt.core.outbox.registry import every, handles

logger = logging.getLogger("wurt.campaigns")

SYSTEM = Actor.for_system("worker")
LONGEST = timedelta(minutes=5)
"""Well below the lease of a delivery; what is left goes by the clock."""


@handles(PressDue, joined=False)
def send_release(event: PressDue) -> None:
    """The release of one campaign, at once."""
    _send(event.campaign, now() + LONGEST)


@handles(CallDue)
def tell_followers(event: CallDue) -> None:
    """From here on the notices room carries it: one row per follower, claimed before its mail goes out."""
    tell(SYSTEM, event.campaign, (event.topic[0], event.topic[1]), event.words)


@every(timedelta(minutes=5), joined=False)
def send_waiting() -> None:
    """What still waits: the mail server was away, the list is long, or the workers that had it were lost."""
    waiting = PressMail.objects.filter(state=MailState.WAITING).values_list("campaign__public_id", flat=True)
    for campaign in waiting.distinct().order_by("campaign__public_id"):
        _send(campaign, now() + LONGEST)


@every(timedelta(minutes=10))
def find_lost_mail() -> None:
    """Mails that a lost worker had claimed."""
    find_lost(SYSTEM)


def _send(campaign: UUID, until: datetime) -> None:
    """Claim, send, note, one mail after the other. A worker killed between sending and noting leaves one mail
    unclear; it is not sent again by itself, since nobody is to get a release twice."""
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("no mail server for a press release: %s", error)
        return  # nothing is claimed: it waits for the clock
    try:
        while now() < until and (pk := claim_mail(SYSTEM, campaign=campaign)):
            row = PressMail.objects.select_related("campaign", "contact").filter(pk=pk).first()
            # A contact may have been taken off the list a moment ago.
            if row is not None and not _send_one(row, connection):
                break
    finally:
        connection.close()


def _send_one(row: PressMail, connection: BaseEmailBackend) -> bool:
    """False if the line is not to be used any more."""
    try:
        connection.send_messages([release_mail(row)])
    except smtplib.SMTPRecipientsRefused as error:
        note_mail(SYSTEM, mail=row.pk, state=MailState.FAILED, error=str(error))
    except smtplib.SMTPResponseException as error:
        # Refused in words, so certainly not delivered; "later" (4xx) is tried again by the clock.
        later = error.smtp_code < 500
        state = MailState.WAITING if later else MailState.FAILED
        note_mail(SYSTEM, mail=row.pk, state=state, error=str(error))
        return not later
    except (OSError, smtplib.SMTPException) as error:
        # The line broke in the middle: it may have arrived, so it is not sent again by itself.
        note_mail(SYSTEM, mail=row.pk, state=MailState.UNCLEAR, error=str(error))
        return False
    else:
        note_mail(SYSTEM, mail=row.pk, state=MailState.SENT)
    return True
