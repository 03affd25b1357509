"""Sends what is due: every row is claimed, by a conditional update that commits, before its mail goes out.

So two workers never send the same mail, and a worker that is killed leaves at most one mail of which nobody
knows whether it arrived. That one is not sent again by itself (``actions/upkeep.py``): nobody is told twice.
"""

import smtplib
from datetime import datetime
from email.errors import MessageError
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.db.clock import now
from wurt.core.notices.actions.upkeep import note_bounce
from wurt.core.notices.claiming import GIVE_UP, wait, whole_groups
from wurt.core.notices.claiming import again as _again
from wurt.core.notices.claiming import claim as _claim
from wurt.core.notices.claiming import of as _of
from wurt.core.notices.kinds import Channel
from wurt.core.notices.mails import Frames, notice_mail
from wurt.core.notices.models import Dispatch, State, Subscriber
from wurt.core.notices.rendering import Renderer, joined
from wurt.core.notices.timing import after_quiet

BATCH = 200


class MailServerAway(Exception):
    """No connection to the mail server; nothing was sent."""


def due_mail() -> QuerySet[Dispatch]:
    """Mail that can go out now."""
    return Dispatch.objects.filter(channel=Channel.EMAIL, state=State.WAITING, due__lte=now())


def send(rows: QuerySet[Dispatch], until: datetime) -> int:
    """Send the due mail among ``rows`` until none is left or the time is over; how many mails went out.

    All that is due for one subscriber goes in one mail. A mail server that is away puts off what is due;
    a bad address concerns only itself.
    """
    sender = _Sender()
    try:
        while now() < until:
            batch = list(rows.select_related("notice", "subscriber").order_by("subscriber_id", "pk")[:BATCH])
            if not batch:
                break
            sender.send_batch(whole_groups(batch, BATCH))
    except MailServerAway as error:
        _put_off(rows, str(error))
    finally:
        sender.close()
    return sender.sent


def _put_off(rows: QuerySet[Dispatch], error: str) -> None:
    first = rows.order_by("-attempts").values_list("attempts", flat=True).first()
    if first is None:
        return
    rows.filter(attempts__gte=GIVE_UP).update(state=State.FAILED, error=error[:300])
    rows.update(due=now() + wait(first + 1), attempts=F("attempts") + 1, error=error[:300])


class _Sender:
    """One connection, one memory of rendered pieces."""

    def __init__(self) -> None:
        self.sent = 0
        self.renderer, self.frames = Renderer(), Frames()
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.connection = get_connection()
        self.open = False
        self.unnoted: QuerySet[Dispatch] | None = None

    def close(self) -> None:
        """A line on which something went wrong is not used again."""
        if self.open:
            self.open = False
            self.connection.close()

    def connect(self) -> None:
        """Raises MailServerAway."""
        if not self.open:
            try:
                self.connection.open()
            except (OSError, smtplib.SMTPException) as error:
                raise MailServerAway(f"{type(error).__name__}: {error}") from error
            self.open = True

    def send_batch(self, batch: list[Dispatch]) -> None:
        people = [one.subscriber.person_id for one in batch if one.subscriber.person_id]
        users = User.objects.filter(person_id__in=people, is_active=True)
        addresses = {person: email for person, email in users.values_list("person_id", "email") if person}
        try:
            self.send_groups(batch, addresses)
        finally:
            self.note_sent()

    def send_groups(self, batch: list[Dispatch], addresses: dict[int, str]) -> None:
        for _key, group in groupby(batch, key=lambda one: one.subscriber_id):
            rows = list(group)
            subscriber = rows[0].subscriber
            self.send_to(subscriber, subscriber.email or addresses.get(subscriber.person_id or 0, ""), rows)

    def send_to(self, subscriber: Subscriber, to: str, rows: list[Dispatch]) -> None:
        moment = now()
        open_at = after_quiet(moment, subscriber.quiet_from, subscriber.quiet_until, self.zone)
        if open_at > moment:
            # It was due before, but the queue was long: the night is quiet all the same.
            _of(rows, state=State.WAITING).update(due=open_at)
            return
        if subscriber.stopped or not to:
            _of(rows, state=State.WAITING).update(state=State.FAILED, error="no address that takes mail")
            return
        self.connect()
        with (
            transaction.atomic()
        ):  # one commit for both: half the work of a big notice is waiting for the disk
            self.note_sent()
            claim, mine = _claim(rows, moment)
        if not mine:
            return
        message = self.message(subscriber, to, mine)
        if message is None:
            _of(mine, claim=claim).update(state=State.FAILED, error="no module has words for it")
            return
        self.deliver(message, subscriber, mine, claim)

    def message(self, subscriber: Subscriber, to: str, rows: list[Dispatch]) -> EmailMultiAlternatives | None:
        with translation.override(subscriber.language):
            found = [self.renderer.piece(row, subscriber.language) for row in rows]
            pieces = [piece for piece in found if piece is not None]
            if not pieces:
                return None
            why = self.renderer.why(rows)
            piece, number = joined(pieces), rows[0].pk
            return notice_mail(subscriber, to, piece, why=why, number=number, frames=self.frames)

    def deliver(
        self, message: EmailMultiAlternatives, subscriber: Subscriber, rows: list[Dispatch], claim: UUID
    ) -> None:
        mine = _of(rows, claim=claim, state=State.SENDING)
        try:
            self.connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            self.close()
            code, words = next(iter(error.recipients.values()))
            self.refused(mine, subscriber, rows[0].attempts, code, words)
        except smtplib.SMTPServerDisconnected as error:
            self.lost(mine, error)
        except smtplib.SMTPResponseException as error:
            # Sender or content was refused: not the address's fault, and certainly not delivered.
            self.close()
            _again(mine, rows[0].attempts, f"{error.smtp_code} {_words(error.smtp_error)}")
        except (OSError, smtplib.SMTPException) as error:
            self.lost(mine, error)
        except (ValueError, MessageError) as error:
            mine.update(state=State.FAILED, error=f"{type(error).__name__}: {error}"[:300])
        else:
            self.unnoted = mine
            self.sent += 1

    def note_sent(self) -> None:
        """The mail before went out. If the worker is killed before this, it is that one that is unclear."""
        if self.unnoted is not None:
            self.unnoted.update(state=State.SENT, sent=now(), error="")
            self.unnoted = None

    def refused(
        self, mine: QuerySet[Dispatch], subscriber: Subscriber, attempts: int, code: int, words: bytes | str
    ) -> None:
        """The server does not take mail for this address: for good (5xx) or for now."""
        reason = f"{code} {_words(words)}"
        if code < 500:
            _again(mine, attempts, reason)
            return
        mine.update(state=State.FAILED, error=reason[:300])
        system = Actor.for_system("worker")
        note_bounce(system, subscriber=subscriber.public_id, permanent=True, reason=reason)

    def lost(self, mine: QuerySet[Dispatch], error: Exception) -> None:
        """The line broke in the middle: the mail may have arrived, so it is not sent again by itself."""
        mine.update(state=State.UNCLEAR, error=f"{type(error).__name__}: {error}"[:300])
        self.close()


def _words(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text
