"""The seam between modules and the queue: ``publish`` a fact, ``@handles`` it, or run ``@every`` so often."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import connection

from wurt.core.db.clock import now
from wurt.core.outbox.facts import packed, unpacked
from wurt.core.outbox.models import Delivery


class Event(Protocol):
    """A past-tense fact: a frozen dataclass with a versioned name such as ``agenda.month_published.v1``.

    Its fields are what ``facts.py`` knows to carry.
    """

    name: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Handler:
    """What a delivery runs. ``joined``: in one transaction with the mark "done", see :func:`handles`."""

    run: Callable[[dict[str, Any]], None]
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """A handler that runs once per slot of ``every``."""

    handler: str
    every: timedelta


LONGEST_SLOT = timedelta(days=14)
"""Shorter than done deliveries are kept, else a purge would make a slot run twice."""

HANDLERS: dict[str, Handler] = {}
SUBSCRIBERS: dict[str, list[str]] = {}
SCHEDULES: list[Schedule] = []


def _path(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def handles(event: type[E], *, joined: bool = True) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Subscribe a function to an event.

    ``joined`` (the rule): the function runs in one transaction with the mark "done"; what it does in our
    database happens exactly once. ``joined=False`` for slow work and for effects outside (mail, reading a
    long file): no transaction is open while it works, so nobody waits for it; its actions commit by
    themselves, and it may run again after a crash, so it must look first whether its work is already done.
    """

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        path = _path(function)

        def run(payload: dict[str, Any]) -> None:
            function(unpacked(event, payload))

        HANDLERS[path] = Handler(run, joined)
        subscribers = SUBSCRIBERS.setdefault(event.name, [])
        if path not in subscribers:
            subscribers.append(path)
        return function

    return register


def every(interval: timedelta, *, joined: bool = True) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function once per interval (slots of UTC), whoever's worker comes first. ``joined`` as above."""
    if not timedelta(seconds=1) <= interval <= LONGEST_SLOT:
        raise ValueError(f"an interval lies between a second and {LONGEST_SLOT.days} days")

    def register(function: Callable[[], None]) -> Callable[[], None]:
        path = _path(function)
        if path not in HANDLERS:
            SCHEDULES.append(Schedule(path, interval))
        HANDLERS[path] = Handler(lambda payload: function(), joined)
        return function

    return register


def publish(event: Event, *, key: str = "") -> None:
    """Write one delivery per subscriber, in the current transaction. The same ``key`` is delivered once.

    Raises RuntimeError outside a transaction: a fact must become true together with what it tells. Raises
    TypeError if a field would not come back as it is (``facts.py``).
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"publish({event.name}) needs a transaction")
    payload = packed(event)
    key = key or uuid.uuid4().hex
    Delivery.objects.bulk_create(
        [
            Delivery(handler=handler, payload=payload, key=key, due=now())
            for handler in SUBSCRIBERS.get(event.name, [])
        ],
        ignore_conflicts=True,
    )
