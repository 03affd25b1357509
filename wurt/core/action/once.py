"""Once-tokens: the same form sent twice is carried out once and both times gets the first answer.

The token of a form holds for one actor, one action and one content: a person who goes back, changes the
text and sends again means a new act, and a page with several buttons may use one token for all of them.

Who goes back in the browser often gets a fresh form with a token of its own. So an action that makes
something (:class:`Making`) does not look at the token: the same content from the same person, or the same
browser of a visitor, is the same act as long as tokens are kept and what was made is still there.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from wurt.core.action.actor import Actor
from wurt.core.action.models import OnceToken
from wurt.core.db.clock import now

KEEP = timedelta(days=2)
"""Longer than a session may lie unused, so that no open form can outlive its token."""

_PLAIN = (str, int, float, bool, type(None))


class Repeated(Exception):
    """The form was carried out before; ``answer`` is what it was told then."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


@dataclasses.dataclass(frozen=True, slots=True)
class Making:
    """What an action makes: ``made`` is the query of what still counts, its answer the value of ``by`` there.
    ``apart``: arguments that are no content, such as whether a proof of work came with the form."""

    made: Callable[[], models.QuerySet[Any]]
    by: str = "public_id"
    apart: frozenset[str] = frozenset()

    def is_there(self, answer: Any) -> bool:
        """Does what the first form made still count? If it is gone, the same content is a new act."""
        return self.made().filter(**{self.by: answer}).exists()


@dataclasses.dataclass(slots=True)
class Seen:
    """``repeated``: did an action answer with what it was told before?"""

    repeated: bool = False


_seen: ContextVar[Seen | None] = ContextVar("once_seen", default=None)


@contextmanager
def watching() -> Iterator[Seen]:
    """For pages that tell people that they had sent this already."""
    seen = Seen()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def note_repeat() -> None:
    """An action gave the first answer again."""
    seen = _seen.get()
    if seen is not None:
        seen.repeated = True


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


def key_of(
    actor: Actor, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], making: Making | None = None
) -> str:
    """The key of one form's act; hexadecimal, 64 characters."""
    token = actor.once
    if making is not None and (actor.signed_in or actor.browser):
        token = f"made by {actor.browser}"
        kwargs = {key: value for key, value in kwargs.items() if key not in making.apart}
    content = [actor.label, name, token, _canonical(args), _canonical(kwargs)]
    if actor.acting_for is not None:
        content.append(str(actor.acting_for))
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def take(key: str, making: Making | None = None) -> None:
    """Claim the key in the current transaction, or raise Repeated with the first answer.

    A second process waits here until the first one has ended: the unique key is the lock. If what the first
    form made is gone, its key is taken over.
    """
    try:
        with transaction.atomic():
            OnceToken.objects.create(key=key)
    except IntegrityError:
        row = OnceToken.objects.select_for_update().get(key=key)
        answer = _unpacked(row.answer)
        if making is None or making.is_there(answer):
            raise Repeated(answer) from None
        OnceToken.objects.filter(pk=row.pk).update(answer=None, created=now())


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
