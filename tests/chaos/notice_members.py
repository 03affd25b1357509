"""Workers that mail a notice to many, and the log of the mail server they mail to."""

import os
import time
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError

from tests.chaos.working import LEASE, queue, work
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at, now
from wurt.core.notices import handlers, sending
from wurt.core.notices.actions import spread, upkeep
from wurt.core.notices.models import Dispatch, Notice, State, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery
from wurt.core.tenancy.models import Place

FOLLOWERS = 1500
CHUNK = 50


class Log(BaseEmailBackend):
    """A mail server: one line per mail it took. The pause after it is the window for the kill."""

    def send_messages(self, messages):
        for message in messages:
            message.message()  # all of it is made, as for a real line
            line = os.open(settings.CHAOS_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(line, f"{message.to[0]}\n".encode())
            os.close(line)
            time.sleep(0.002)
        return len(messages)


def _begin(acknowledged: str) -> None:
    settings.EMAIL_BACKEND = "tests.chaos.notice_members.Log"
    settings.CHAOS_LOG = acknowledged
    spread.CHUNK = CHUNK
    toys.register()


def prepare_notice(acknowledged: str) -> None:
    """Many followers and one notice for all of them, at any hour of the day."""
    _begin(acknowledged)
    with writes_allowed("chaos"):
        for model in (Notice, Subscriber, Delivery):
            model.objects.all().delete()
        if not Place.objects.exists():
            Place.objects.create(slug="kreis", kind="county", name="Kreis")
        emails = [f"a{number}@example.org" for number in range(FOLLOWERS)]
        toys.followers(emails, quiet_from=0, quiet_until=0)
    toys.tell(f"n{now().timestamp()}")


def mailer(acknowledged: str) -> None:
    """A worker with a short lease; when the queue is empty it does what the clock would."""
    _begin(acknowledged)
    work(handlers.send_due)


def careless_mailer(acknowledged: str) -> None:
    """The control: mails a batch, then notes that it went out."""
    _begin(acknowledged)
    sending._claim = lambda rows, moment: (None, rows)
    sender = sending._Sender()
    sender.deliver = lambda message, subscriber, rows, claim: sender.connection.send_messages([message])
    while True:
        try:
            delivery = worker.claim(LEASE)
            if delivery is not None and not delivery.handler.endswith("send_chunk"):
                worker.run(delivery)
                continue
            if delivery is not None:
                Delivery.objects.filter(pk=delivery.pk).update(done=now())
            batch = list(sending.due_mail().select_related("notice", "subscriber").order_by("?")[:20])
            sender.send_batch(batch)
            Dispatch.objects.filter(pk__in=[row.pk for row in batch]).update(state=State.SENT)
        except OperationalError:
            time.sleep(0.02)


def found_notice(acknowledged: str) -> dict[str, object]:
    """How far the mails got."""
    rows = dict(Dispatch.objects.values_list("subscriber__email", "state"))
    return {
        "rows": rows,
        "states": dict(Counter(rows.values())),
        **queue(),
    }


def find_lost(acknowledged: str) -> int:
    """What the clock finds a quarter of an hour later."""
    with at(now() + upkeep.LOST_AFTER + timedelta(seconds=1)):
        return upkeep.mark_lost(toys.SYSTEM)
