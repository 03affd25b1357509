"""Workers that push a notice to many devices; the push service stands outside of the herd."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tests.chaos.working import queue, work
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at, now
from wurt.core.notices import handlers, pushing
from wurt.core.notices.actions import spread, upkeep
from wurt.core.notices.models import Dispatch, Notice, PushDevice, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.notices.tests.pushservice import Browser
from wurt.core.outbox.models import Delivery
from wurt.core.tenancy.models import Place

PUSHED = 400
DEVICES = 2
CHUNK = 25


def _begin(acknowledged: str) -> str:
    """The address of the push service stands beside the log."""
    origin = Path(f"{acknowledged}.origin").read_text()
    settings.WURT_OUTBOUND_INTERNAL = [f"notices.push={origin}"]
    spread.CHUNK = CHUNK
    toys.register()
    return origin


def prepare_push(acknowledged: str) -> None:
    """People with two devices each who want no mail, and one notice for all of them."""
    origin = _begin(acknowledged)
    browser = Browser("all")
    with writes_allowed("chaos"):
        for model in (Notice, Subscriber, Delivery):
            model.objects.all().delete()
        if not Place.objects.exists():
            Place.objects.create(slug="kreis", kind="county", name="Kreis")
        emails = [f"a{number}@example.org" for number in range(PUSHED)]
        choices = {"toys.news": {"email": "never"}}
        rows = toys.followers(emails, quiet_from=0, quiet_until=0, choices=choices)
        PushDevice.objects.bulk_create(
            PushDevice(
                subscriber=row,
                name=f"{number}",
                endpoint=f"{origin}/push/{row.pk}-{number}",
                digest=f"{row.pk}-{number}",
                p256dh=browser.p256dh,
                auth=browser.auth,
            )
            for row in rows
            for number in range(DEVICES)
        )
    toys.tell(f"n{now().timestamp()}")


def pusher(acknowledged: str) -> None:
    """A worker with a short lease; when the queue is empty it does what the clock would."""
    _begin(acknowledged)
    work(handlers.push_due)


def careless_pusher(acknowledged: str) -> None:
    """The control: claims, but does not note the device before it sends."""
    pushing._Delivery.begin = lambda self, device, rows: None  # type: ignore[method-assign]
    pusher(acknowledged)


def found_push(acknowledged: str) -> dict[str, object]:
    """How far the messages got, and for which devices one was begun."""
    names = {str(key): name for key, name in PushDevice.objects.values_list("public_id", "digest")}
    rows = list(Dispatch.objects.values_list("state", "told"))
    return {
        "states": dict(Counter(state for state, _told in rows)),
        "devices": list(names.values()),
        "begun": [names[key] for _state, told in rows for key in told or ()],
        **queue(),
    }


def resume_push(acknowledged: str) -> int:
    """What the clock does a quarter of an hour later: how many rows a lost worker had, and they go on."""
    _begin(acknowledged)
    with at(now() + upkeep.LOST_AFTER + timedelta(seconds=1)):
        lost = upkeep.mark_lost(toys.SYSTEM)
        handlers.push_due()
    return lost
