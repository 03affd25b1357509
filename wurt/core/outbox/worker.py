"""The worker: claim, run, mark done in the handler's own transaction.

Effects in our database happen exactly once; outside effects at least once. A killed worker loses nothing: its
lease runs out and the delivery is claimed again.
"""

import logging
import os
import random
import secrets
import socket
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, transaction

from wurt.core.db.clock import now
from wurt.core.outbox.models import Delivery, WorkerBeat
from wurt.core.outbox.registry import HANDLERS, SCHEDULES, Handler

logger = logging.getLogger("wurt.outbox")

LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 10
KEEP_DONE = timedelta(days=30)
BEAT = timedelta(seconds=20)
SILENT = timedelta(seconds=90)
"""A worker between two deliveries that gave no sign of life for so long is gone."""

_delivering: ContextVar[bool] = ContextVar("delivering", default=False)


def delivering() -> bool:
    """Is the current code run by the worker, inside the delivery's transaction?"""
    return _delivering.get()


@contextmanager
def _delivery_scope() -> Iterator[None]:
    token = _delivering.set(True)
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        _delivering.reset(token)


def claim(lease: timedelta = LEASE) -> Delivery | None:
    """Take the delivery that is due longest, by a conditional update on its due time."""
    moment = now()
    open_ = Delivery.objects.filter(done__isnull=True, dead__isnull=True, due__lte=moment)
    for delivery in open_.order_by("due", "pk")[:20]:
        if delivery.attempts >= MAX_ATTEMPTS:
            # Nobody wrote down a failure, so each time the worker itself was lost with it.
            _bury(delivery, "the worker stopped in the middle of it, every time")
            continue
        seen, delivery.due = delivery.due, moment + lease
        delivery.attempts += 1
        unclaimed = Delivery.objects.filter(pk=delivery.pk, done__isnull=True, dead__isnull=True, due=seen)
        if unclaimed.update(due=delivery.due, attempts=delivery.attempts):
            return delivery
    return None


def _bury(delivery: Delivery, error: str) -> None:
    logger.error("delivery %s of %s is dead: %s", delivery.pk, delivery.handler, error)
    open_ = Delivery.objects.filter(pk=delivery.pk, done__isnull=True, due=delivery.due)
    open_.update(dead=now(), error=error)


def run(delivery: Delivery) -> bool:
    """Run one claimed delivery. True if done; False if it failed and waits for its next try or is dead."""
    try:
        _carry_out(HANDLERS[delivery.handler], delivery)
    except Exception as error:  # noqa: BLE001 - a handler may fail in any way; the failure is kept and shown
        _failed(delivery, error)
        return False
    return True


def _carry_out(handler: Handler, delivery: Delivery) -> None:
    if not handler.joined:
        handler.run(delivery.payload)
        _mark_done(delivery)
        return
    with _delivery_scope():
        handler.run(delivery.payload)
        _mark_done(delivery)


def _mark_done(delivery: Delivery) -> None:
    # Conditional on our lease: if it ran out and somebody else took over, our effects are rolled back.
    mine = Delivery.objects.filter(pk=delivery.pk, done__isnull=True, due=delivery.due)
    if not mine.update(done=now(), error=""):
        raise RuntimeError("the lease ran out before the work was done")


def _failed(delivery: Delivery, error: Exception) -> None:
    text = "".join(traceback.format_exception(error))[-4000:]
    logger.warning("delivery %s of %s failed: %s", delivery.pk, delivery.handler, error)
    wait = timedelta(seconds=min(3600, 2**delivery.attempts) * random.uniform(0.8, 1.2))  # noqa: S311
    dead = now() if delivery.attempts >= MAX_ATTEMPTS else None
    Delivery.objects.filter(pk=delivery.pk, done__isnull=True, due=delivery.due).update(
        error=text, due=now() + wait, dead=dead
    )


def schedule() -> None:
    """Insert what is due by the clock. The unique key (handler, slot) makes several workers harmless."""
    moment = now()
    rows = []
    for plan in SCHEDULES:
        seconds = int(plan.every.total_seconds())
        slot = datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)
        rows.append(Delivery(handler=plan.handler, key=f"at {slot:%Y-%m-%dT%H:%M:%SZ}", due=slot))
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def purge() -> int:
    """Forget what was done long ago; returns how many. Dead deliveries stay until a person has seen them."""
    WorkerBeat.objects.filter(until__lt=now() - timedelta(days=1)).delete()
    return Delivery.objects.filter(done__lt=now() - KEEP_DONE).delete()[0]


def revive() -> int:
    """Let everything that was given up be tried again, from the start; returns how many."""
    return Delivery.objects.filter(dead__isnull=False, done__isnull=True).update(
        dead=None, attempts=0, due=now()
    )


def drain(limit: int = 1000) -> int:
    """Run at most ``limit`` that are due now; return how many succeeded. For tests and one-shot commands."""
    done = 0
    for _ in range(limit):
        delivery = claim()
        if delivery is None:
            break
        done += run(delivery)
    return done


class Heart:
    """A worker's signs of life. Slow work is announced, so that nobody takes a busy worker for a dead one."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:150]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.started = now()

    def beat(self, silent: timedelta = SILENT) -> None:
        """Say "I am here, and you hear of me again within ``silent``"."""
        moment = now()
        WorkerBeat.objects.update_or_create(
            name=self.name, defaults={"started": self.started, "seen": moment, "until": moment + silent}
        )

    def stop(self) -> None:
        """The worker ends in good order."""
        try:
            WorkerBeat.objects.filter(name=self.name).delete()
        except DatabaseTrouble as error:
            logger.warning("the worker could not say goodbye: %s", error)


def work(stop: threading.Event, *, idle: float = 1.0) -> None:
    """Run until ``stop`` is set. A database that is away for a while is waited for."""
    heart = Heart()
    next_beat = datetime.min.replace(tzinfo=UTC)
    while not stop.is_set():
        try:
            if now() >= next_beat:
                heart.beat()
                schedule()
                next_beat = now() + BEAT
            delivery = claim()
            if delivery is None:
                close_old_connections()
                stop.wait(idle)
            else:
                if _is_slow(delivery):
                    heart.beat(LEASE)
                    next_beat = now()
                run(delivery)
        except DatabaseTrouble as error:
            logger.warning("worker waits for the database: %s", error)
            close_old_connections()
            stop.wait(5)
    heart.stop()


def _is_slow(delivery: Delivery) -> bool:
    handler = HANDLERS.get(delivery.handler)
    return handler is not None and not handler.joined
