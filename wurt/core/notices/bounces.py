"""Mail that came back: delivery status notifications (RFC 3464), read with Python's own parser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.notices.actions.upkeep import note_bounce
from wurt.core.notices.mails import subscriber_of_message_id
from wurt.core.notices.models import Subscriber

_STATUS = re.compile(r"\s*([245])\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient of a report. ``permanent``: status 5.x.x. ``reason`` in the words of the mail server."""

    address: str
    permanent: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says; ``message_id`` is that of the mail that came back, "" if it is not in it."""

    message_id: str
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one failure led to. ``known``: the address is one of ours; ``stopped``: it gets no more mail."""

    failure: Failure
    known: bool
    stopped: bool


def read_bounce(raw: bytes) -> Bounce:
    """Recipients whose mail failed (``Action: failed``); none in a mail that is no report, or that only says
    that something is late or arrived."""
    message = message_from_bytes(raw, policy=policy.compat32)
    failures: list[Failure] = []
    message_id = ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            failures += _failures(part)
        elif kind == "message/rfc822" and isinstance(part.get_payload(), list):
            message_id = str(part.get_payload(0).get("Message-ID", ""))  # type: ignore[union-attr]
        elif kind == "text/rfc822-headers":
            headers = message_from_bytes(_bytes(part), policy=policy.compat32)
            message_id = str(headers.get("Message-ID", ""))
    return Bounce(message_id.strip(), tuple(failures))


def take_bounce(actor: Actor, raw: bytes) -> tuple[Outcome, ...]:
    """Read a report and note its failures. Our message id names the subscriber, signed; without it (some
    servers leave it out) the address does."""
    bounce = read_bounce(raw)
    named = subscriber_of_message_id(bounce.message_id)
    return tuple(_note(actor, failure, named) for failure in bounce.failures)


def _note(actor: Actor, failure: Failure, named: UUID | None) -> Outcome:
    rows = Subscriber.objects.filter(public_id=named) if named else Subscriber.objects.none()
    row = rows.first() or _by_address(failure.address)
    if row is None:
        return Outcome(failure, known=False, stopped=False)
    stopped = note_bounce(actor, subscriber=row.public_id, permanent=failure.permanent, reason=failure.reason)
    return Outcome(failure, known=True, stopped=stopped)


def _by_address(address: str) -> Subscriber | None:
    if not address:
        return None
    row = Subscriber.objects.filter(email=address.lower()).first()
    if row is None:
        people = User.objects.filter(email__iexact=address).values("person")
        row = Subscriber.objects.filter(person__in=people).first()
    return row


def _failures(part: Message) -> Iterator[Failure]:
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message):
            continue
        status = _STATUS.match(str(block.get("Status", "")))
        if str(block.get("Action", "")).strip().lower() != "failed" or status is None:
            continue
        address = _after_type(str(block.get("Original-Recipient") or block.get("Final-Recipient") or ""))
        reason = _after_type(str(block.get("Diagnostic-Code", ""))) or status.group().strip()
        yield Failure(address, status[1] == "5", " ".join(reason.split())[:300])


def _after_type(value: str) -> str:
    """``rfc822;ada@example.org`` without its type."""
    _kind, semicolon, rest = value.partition(";")
    return (rest if semicolon else value).strip().strip("<>")


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
