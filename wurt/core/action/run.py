"""``@action``: the one way to write. Lock, authorise, check, write, record, tell: always in this order."""

import functools
import time
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import OperationalError, connection, models, transaction

from wurt.core.action import guard, once
from wurt.core.action.actor import Actor
from wurt.core.audit import trail
from wurt.core.db.contention import lost_a_lock
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound
from wurt.core.db.privacy import KEPT_OUT_OF_TRAIL, privacy_of
from wurt.core.outbox.worker import delivering

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

TRIES = 3
KEPT_OUT = "(not kept)"
LISTENERS: list[Callable[[str, str], None]] = []
"""Rooms that follow every recorded change, in its transaction: label and public id (or key) of the thing."""
STANDING: list[Callable[[Actor], None]] = []
"""Asked first in every action of somebody who acts for another person, in its transaction: raises once they
may no longer. What it locks stays locked until the write is committed, so that an end or a revocation comes
before the write or after it, never in between. Where nobody answers, nobody acts for another."""
WITNESSES: list[Callable[[Actor, str, models.Model], None]] = []
"""Told of every entry about an act for another person: the actor, the action and the thing, while it is still
there."""
LONG_TEXT = 200
"""Longer texts are prose, in which anybody may be named: the trail keeps only that they changed."""


class NestedAction(RuntimeError):
    """A bug: actions never call actions; share a private function instead."""


def action(
    name: str, *, makes: once.Making | None = None
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function ``f(actor, *, …)`` an action: outermost transaction, retry of lock time-outs,
    once-token.

    The answer must be a value that survives JSON (None, text, number, list, UUID), since a repeated form
    gets the first answer again. ``makes``: for actions behind forms that make something, so that the same
    content sent again, also from a fresh form, makes it once (``once.py``). Inside a delivery the worker's
    transaction is joined. What the function does besides writing rows may happen more than once and must not
    mind.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        def attempt(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            key = once.key_of(actor, name, args, kwargs, makes) if actor.once else ""
            with transaction.atomic(durable=not delivering()), guard.running(name) as run:
                _check_standing(actor)
                if key:
                    once.take(key, makes)
                answer = function(actor, *args, **kwargs)
                guard.check_done(run)
                if key:
                    once.keep(key, answer)
            return answer

        @functools.wraps(function)
        def perform(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            outer = guard.current()
            if outer is not None:
                raise NestedAction(f"{name} was called inside {outer.name}")
            for number in range(1, TRIES + 1):
                try:
                    return attempt(actor, *args, **kwargs)
                except once.Repeated as repeated:
                    once.note_repeat()
                    return cast(R, repeated.answer)
                except OperationalError as error:
                    if number == TRIES or delivering() or not lost_a_lock(error):
                        raise
                    time.sleep(0.05 * number)
            raise AssertionError("unreachable")

        perform.action_name = name  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[Actor, P], R], perform)

    return decorate


def _check_standing(actor: Actor) -> None:
    if actor.acting_for is None:
        return
    if not STANDING:
        raise NotAllowed(code="action.acting_for:assisted")
    for check in STANDING:
        check(actor)


def lock(rows: models.QuerySet[M], **by: Any) -> M:
    """Fetch one row and lock it until the action ends. Raises NotFound.

    On SQLite the transaction already holds the one write lock, so this costs nothing. Raises RuntimeError
    outside a transaction, where a lock would hold nothing.
    """
    _in_transaction()
    row = rows.select_for_update(of=("self",)).filter(**by).first()
    if row is None:
        raise NotFound(code=f"{rows.model._meta.label_lower}")
    return row


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a lock needs a transaction")


def lock_all(rows: models.QuerySet[M]) -> list[M]:
    """Lock several rows in the order of their keys, so that two actions can never wait for each other."""
    _in_transaction()
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def check_version(thing: Any, version: int | None, message: str = "") -> None:
    """Raise ChangedMeanwhile if the form was opened on an older version. None skips the check."""
    if version is not None and thing.version != version:
        raise ChangedMeanwhile(message)


def record(
    actor: Actor,
    thing: models.Model,
    *,
    action: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Append the action to the audit trail, in the same transaction. Call it before a delete, not after.

    ``before`` and ``after`` hold the values that differ. Values of fields classed personal or higher are
    left out (``KEPT_OUT``), and so is prose: the trail cannot forget. A related row is stored as its public
    id.
    """
    run = guard.current()
    if run is None:
        raise guard.WriteRefused("record() outside an action")
    object_id = getattr(thing, "public_id", None) or thing.pk
    if object_id is None:
        raise guard.WriteRefused(f"record() of a {thing._meta.label_lower} that is not stored")
    run.recorded = True
    trail.write(
        actor=actor.label,
        acting_for=str(actor.acting_for or ""),
        action=action or run.name,
        object_type=thing._meta.label_lower,
        object_id=str(object_id),
        before=_for_trail(thing, before or {}),
        after=_for_trail(thing, after or {}),
        request_id=actor.request_id,
    )
    if actor.acting_for is not None:
        for witness in WITNESSES:
            witness(actor, action or run.name, thing)
    for listener in LISTENERS:
        listener(thing._meta.label_lower, str(object_id))


def _for_trail(thing: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    privacy = privacy_of(thing._meta.label_lower)
    relations = {field.name for field in thing._meta.get_fields() if field.is_relation}
    relations |= {field.attname for field in thing._meta.concrete_fields if field.is_relation}

    def shown(key: str, value: Any) -> Any:
        if isinstance(value, models.Model):
            return str(getattr(value, "public_id", value.pk))
        if value is None or key in relations:
            return value
        if privacy is not None and privacy.of(key) in KEPT_OUT_OF_TRAIL:
            return KEPT_OUT
        return f"({len(value)} characters)" if isinstance(value, str) and len(value) > LONG_TEXT else value

    return {key: shown(key, value) for key, value in values.items()}


def changed(thing: models.Model, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the values on the thing; return (before, after) of those that differ. Saves nothing."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for key, value in values.items():
        old = getattr(thing, key)
        if old != value:
            before[key], after[key] = old, value
            setattr(thing, key, value)
    return before, after


def save(thing: models.Model, fields: Iterable[str]) -> None:
    """Save only the named fields and count the version up, if the thing has one. The row must be locked."""
    names = list(fields)
    if hasattr(thing, "version"):
        thing.version += 1
        names.append("version")
    thing.save(update_fields=names)
