"""Planners who press the button of a mail to followers, and workers that carry it out."""

import os
import time
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

from django.conf import settings
from django.db import OperationalError

from tests.chaos.notice_members import CHUNK
from tests.chaos.working import queue, work
from wurt.core.action.guard import writes_allowed
from wurt.core.campaigns.actions import followers
from wurt.core.campaigns.calling import CALL
from wurt.core.campaigns.models import Campaign, Channel
from wurt.core.db.clock import at, now, today
from wurt.core.db.errors import RuleBroken
from wurt.core.links.models import Link
from wurt.core.notices import handlers
from wurt.core.notices.actions import spread, upkeep
from wurt.core.notices.models import Dispatch, Follow, Notice, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.outbox.models import Delivery
from wurt.core.tenancy.models import Place

ON, OFF = 900, 300
"""Followers who switched campaigns on, and those who did not."""
TOPIC = ("services.service", "agenda")


def _begin(acknowledged: str) -> None:
    settings.EMAIL_BACKEND = "tests.chaos.notice_members.Log"
    settings.CHAOS_LOG = acknowledged
    spread.CHUNK = CHUNK


def prepare_call(acknowledged: str) -> None:
    """A released campaign, and its followers, at any hour of the day."""
    with writes_allowed("chaos"):
        for model in (Notice, Subscriber, Delivery, Campaign, Link):
            model.objects.all().delete()
        place, _made = Place.objects.get_or_create(slug="kreis", defaults={"kind": "county", "name": "Kreis"})
        about = {"about_kind": TOPIC[0], "about_key": TOPIC[1], "target": "/dienste/agenda/", "place": place}
        days = {"starts": today(), "ends": today() + timedelta(days=30), "released": now()}
        words = {"headline": "Lesen Sie mit", "body": "Jeden Monat neu."}
        campaign = Campaign.objects.create(title="Agenda", **about, **days, **words)
        link = Link.objects.create(
            code="bcdfgh", title="Mail", target=about["target"], place=place, valid_from=date(2024, 5, 1)
        )
        Channel.objects.create(campaign=campaign, kind="followers", link=link)
        rows = Subscriber.objects.bulk_create(
            Subscriber(
                email=f"{'an' if n < ON else 'aus'}{n}@example.org",
                quiet_from=0,
                quiet_until=0,
                choices={CALL: {"email": "now"}} if n < ON else {},
            )
            for n in range(ON + OFF)
        )
        Follow.objects.bulk_create(
            Follow(subscriber=row, kind=TOPIC[0], key=TOPIC[1], confirmed=now()) for row in rows
        )


def caller(acknowledged: str) -> None:
    """Presses the button until it is ordered, and works: what a kill interrupts is pressed and done again."""
    _begin(acknowledged)

    def press() -> None:
        campaign = Campaign.objects.get()
        if campaign.called is None:
            _press(campaign, acknowledged)

    work(handlers.send_due, press)


def _press(campaign: Campaign, acknowledged: str) -> None:
    with suppress(RuleBroken):  # another one was quicker
        followers.call_followers(toys.SYSTEM, campaign=campaign.public_id)


def careless_caller(acknowledged: str) -> None:
    """The control: one loop over the followers, begun anew after each kill, that notes the end."""
    _begin(acknowledged)
    while True:
        try:
            campaign = Campaign.objects.get()
            if campaign.called is not None:
                time.sleep(0.05)
                continue
            for email in Subscriber.objects.filter(choices__has_key=CALL).values_list("email", flat=True):
                line = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
                os.write(line, f"{email}\n".encode())
                os.close(line)
                time.sleep(0.002)
            with writes_allowed("control"):
                Campaign.objects.update(called=now())
        except OperationalError:
            time.sleep(0.02)


def found_call(acknowledged: str) -> dict[str, object]:
    """How far the mails got."""
    rows = dict(Dispatch.objects.values_list("subscriber__email", "state"))
    return {
        "called": Campaign.objects.get().called is not None,
        "notices": Notice.objects.count(),
        "rows": rows,
        "states": dict(Counter(rows.values())),
        **queue(),
    }


def find_lost_calls(acknowledged: str) -> int:
    """What the clock finds a quarter of an hour later; it mails nothing again."""
    _begin(acknowledged)
    with at(now() + upkeep.LOST_AFTER + timedelta(seconds=1)):
        found = upkeep.mark_lost(toys.SYSTEM)
        handlers.send_due()
    return found
