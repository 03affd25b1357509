"""Workers that move a hand-over, and what they moved."""

import os
import time
from collections import Counter
from datetime import timedelta

from django.db import OperationalError

from tests.races.contests_services import moving_handover
from wurt.core.action.guard import writes_allowed
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.registry import publish
from wurt.core.pages.models import GlossaryTerm
from wurt.core.services.actions import handover
from wurt.core.services.events import BatchDue
from wurt.core.services.handlers import SYSTEM
from wurt.core.services.holdings import scope_of
from wurt.core.services.models import HandOver
from wurt.core.services.tests import toys
from wurt.core.tenancy.models import Place

CASES = 3000
LEASE = timedelta(seconds=2)


@action("chaos.begin")
def _begin(actor, *, hand_over: str) -> None:
    row = lock(HandOver.objects.all(), public_id=hand_over)
    authorize(actor, handover.TELL)
    record(actor, row)
    publish(BatchDue(row.public_id, 0), key=f"{hand_over} 0")


def prepare_moving(acknowledged: str) -> None:
    """Three thousand cases whose first batch is ordered."""
    with writes_allowed("chaos"):
        GlossaryTerm.objects.all().delete()
        Delivery.objects.all().delete()
        Place.objects.get_or_create(slug="kreis", defaults={"kind": "county", "name": "Kreis"})
    _begin(SYSTEM, hand_over=moving_handover(0, cases=CASES))


def mover(acknowledged: str) -> None:
    """A worker with a short lease and small batches; a line per batch tells the herd that it lives."""
    toys.register()
    handover.BATCH = 20
    while True:
        try:
            delivery = worker.claim(LEASE)
            if delivery is None:
                time.sleep(0.02)
                continue
            worker.run(delivery)
            line = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(line, b"batch\n")
            os.close(line)
        except OperationalError:
            time.sleep(0.02)


def careless_mover(acknowledged: str) -> None:
    """The control: moves in one step and writes the protocol in another."""
    toys.register()
    while True:
        try:
            row = HandOver.objects.get()
            things = toys.CASES.listed(scope_of(row), 20)
            with writes_allowed("control"):
                toys.CASES.move(scope_of(row), [held.key for held in things])
                time.sleep(0.05)  # most kills hit here, on the quickest machine too
                handover.HandOverItem.objects.bulk_create(
                    [
                        handover.HandOverItem(hand_over=row, holding="toys.cases", key=held.key, label="")
                        for held in things
                    ],
                    ignore_conflicts=True,
                )
            line = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(line, b"batch\n")
            os.close(line)
        except OperationalError:
            time.sleep(0.02)


def found_moving(acknowledged: str) -> dict[str, object]:
    """How far it got: cases by their new hands, what stands in the protocol, what waits."""
    row = HandOver.objects.get()
    keys = Counter(row.items.values_list("key", flat=True))
    return {
        "moved": GlossaryTerm.objects.filter(text=str(row.taker_id)).count(),
        "left": GlossaryTerm.objects.filter(text=str(row.giver_id)).count(),
        "items": len(keys),
        "finished": row.finished is not None,
        "open": Delivery.objects.filter(done__isnull=True, dead__isnull=True).count(),
        "dead": Delivery.objects.filter(dead__isnull=False).count(),
    }
