"""What members of the herd that work on the queue have in common."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.db import OperationalError

from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery

LEASE = timedelta(seconds=3)
"""Short, so that what a killed worker held is free again soon."""


def work(due: Callable[[], object], first: Callable[[], object] = lambda: None) -> None:
    """A worker until it is killed: ``first`` before each delivery; when the queue is empty ``due``, what the
    clock would do."""
    while True:
        try:
            first()
            delivery = worker.claim(LEASE)
            if delivery is not None:
                worker.run(delivery)
            else:
                due()
                time.sleep(0.02)
        except OperationalError:
            time.sleep(0.02)


def queue() -> dict[str, object]:
    """How many deliveries are open, and how many were given up."""
    rows = Delivery.objects.filter(done__isnull=True)
    return {
        "open": rows.filter(dead__isnull=True).count(),
        "dead": rows.filter(dead__isnull=False).count(),
    }
