"""Once-tokens: the same form sent twice is carried out once and both times gets the first answer.

The token of a form holds for one actor, one action and one content: a person who goes back, changes the
text and sends again means a new act, and a page with several buttons may use one token for all of them.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from wurt.core.action.actor import Actor
from wurt.core.action.models import OnceToken
from wurt.core.db.clock import now

KEEP = timedelta(days=2)
"""Longer than any session, so that no open form can outlive its token."""

_PLAIN = (str, int, float, bool, type(None))


class Repeated(Exception):
    """The form was carried out before; ``answer`` is what it was told then."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


def _canonical(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, [_canonical(getattr(value, f.name)) for f in dataclasses.fields(value)]]
    if isinstance(value, Mapping):
        return sorted(([str(key), _canonical(item)] for key, item in value.items()), key=json.dumps)
    if isinstance(value, list | tuple):
        return [_canonical(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_canonical(item) for item in value), key=json.dumps)
    if isinstance(value, bytes | bytearray | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, models.Model):
        return [value._meta.label_lower, str(value.pk)]
    text = str(value)
    # A default text is a memory address, another one each time.
    return type(value).__name__ if f"at {hex(id(value))}" in text else text


def key_of(actor: Actor, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """The key of one form's act; hexadecimal, 64 characters."""
    content = [actor.label, name, actor.once, _canonical(args), _canonical(kwargs)]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def take(key: str) -> None:
    """Claim the key in the current transaction, or raise Repeated with the first answer.

    A second process waits here until the first one has ended: the unique key is the lock.
    """
    try:
        with transaction.atomic():
            OnceToken.objects.create(key=key)
    except IntegrityError:
        raise Repeated(_unpacked(OnceToken.objects.get(key=key).answer)) from None


def keep(key: str, answer: Any) -> None:
    """Keep the answer for a repeated form. Raises TypeError if it does not survive JSON."""
    OnceToken.objects.filter(key=key).update(answer=_packed(answer))


def _packed(answer: Any) -> dict[str, Any]:
    if isinstance(answer, UUID):
        return {"uuid": str(answer)}
    if json.loads(json.dumps(answer)) != answer:
        raise TypeError(f"the answer {answer!r} of an action must survive JSON")
    return {"value": answer}


def _unpacked(stored: dict[str, Any] | None) -> Any:
    if stored is None:
        return None
    return UUID(stored["uuid"]) if "uuid" in stored else stored["value"]


def purge() -> int:
    """Forget tokens older than KEEP; returns how many."""
    return OnceToken.objects.filter(created__lt=now() - KEEP).delete()[0]
