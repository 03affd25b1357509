"""Telling one recipient what they are owed, by mail or by letter, once.

``tell`` is a step inside an action of any room; the queue sends. A mail is claimed by a conditional update
that commits before it goes out, as all mail here (docs/adr/0010): a kill leaves at most one *unclear*.
"""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, QuerySet
from django.utils import translation

from wurt.core.accounts.models import User
from wurt.core.db.clock import now
from wurt.core.notices.actions.upkeep import LOST_AFTER
from wurt.core.notices.claiming import GIVE_UP, wait
from wurt.core.notices.events import DirectDue
from wurt.core.notices.kinds import Channel, kind_of
from wurt.core.notices.mails import plain_mail
from wurt.core.notices.models import Direct, State
from wurt.core.notices.rendering import piece_of
from wurt.core.outbox.registry import publish


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell: a person with a login, an e-mail address, or name and postal address (its lines)."""

    person: int | None = None
    email: str = ""
    name: str = ""
    address: str = ""
    language: str = "de"


def tell(recipient: Recipient, *, kind: str, key: str, data: dict[str, Any]) -> bool:
    """Order one notice, once for this ``kind`` and ``key``; call it inside an action. False if it was ordered
    before or there is no way to the recipient. An address of mail given for this case goes before the one of
    the login, a letter comes where there is neither. Raises LookupError for a kind that is not registered."""
    if kind_of(kind) is None:
        raise LookupError(kind)
    email = recipient.email or _login_of(recipient.person)
    channel = Channel.EMAIL if email else Channel.LETTER
    if not email and not recipient.address:
        return False
    row, made = Direct.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "data": data,
            "channel": channel,
            "person_id": recipient.person,
            "email": email,
            "name": recipient.name,
            "address": "" if email else recipient.address,
            "language": recipient.language,
            "due": now(),
            "created": now(),
        },
    )
    if made and email:
        publish(DirectDue(direct=row.public_id), key=str(row.public_id))
    return made


def due_mail() -> QuerySet[Direct]:
    """Mail that can go out now."""
    return Direct.objects.filter(channel=Channel.EMAIL, state=State.WAITING, due__lte=now())


def send(rows: QuerySet[Direct], until: datetime) -> int:
    """Send the due mail among ``rows``; how many went out. A bad address concerns itself alone."""
    sent = 0
    for row in rows.order_by("pk"):
        if now() >= until:
            break
        sent += _send(row)
    return sent


def mark_lost() -> int:
    """Mails that a lost worker had claimed: whether they arrived is not known, staff decides."""
    lost = Direct.objects.filter(state=State.SENDING, claimed__lt=now() - LOST_AFTER)
    return lost.update(state=State.UNCLEAR, error="the worker was lost while it sent")


def _send(row: Direct) -> bool:
    mine = Direct.objects.filter(pk=row.pk)
    if not mine.filter(state=State.WAITING).update(
        state=State.SENDING, claimed=now(), attempts=F("attempts") + 1
    ):
        return False
    message = _message(row)
    if message is None:
        mine.update(state=State.FAILED, error="no module has words for it")
        return False
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _again(mine, row.attempts, error)
        return False
    try:
        connection.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        _refused(mine, row.attempts, error)
        return False
    except (OSError, smtplib.SMTPException) as error:
        # The line broke in the middle: it may have arrived, so it is not sent again by itself.
        mine.update(state=State.UNCLEAR, error=_words(error))
        return False
    finally:
        connection.close()
    mine.update(state=State.SENT, sent=now(), error="")
    return True


def _message(row: Direct) -> EmailMultiAlternatives | None:
    with translation.override(row.language):
        piece = piece_of(row.kind, row.data, [])
        return plain_mail(piece, row.email) if piece else None


def _refused(mine: QuerySet[Direct], attempts: int, error: smtplib.SMTPException) -> None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        if code >= 500:
            mine.update(state=State.FAILED, error=_words(error))
            return
    _again(mine, attempts, error)


def _again(mine: QuerySet[Direct], attempts: int, error: Exception) -> None:
    if attempts + 1 >= GIVE_UP:
        mine.update(state=State.FAILED, error=_words(error))
    else:
        mine.update(state=State.WAITING, due=now() + wait(attempts + 1), claimed=None, error=_words(error))


def _words(error: Exception) -> str:
    # The answer of a mail server repeats the address; the kind of trouble is enough here.
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def _login_of(person: int | None) -> str:
    users = User.objects.filter(person_id=person, is_active=True) if person else User.objects.none()
    return users.values_list("email", flat=True).first() or ""
