"""Workers that mail a press release to everybody on the press list."""

import time
from collections import Counter
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import OperationalError

from tests.chaos.working import work
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.campaigns import handlers, mails
from wurt.core.campaigns.actions import press
from wurt.core.campaigns.models import Campaign, PressContact, PressMail
from wurt.core.db.clock import at, now
from wurt.core.outbox.models import Delivery
from wurt.core.tenancy.models import Place

CONTACTS = 400
SYSTEM = Actor.for_system("chaos")


def _begin(acknowledged: str) -> None:
    """The mail server is the log of ``notice_members``. The paper is the same for all: one is enough."""
    settings.EMAIL_BACKEND = "tests.chaos.notice_members.Log"
    settings.CHAOS_LOG = acknowledged
    mails.paper_file = lambda *given, **more: b"%PDF-"  # type: ignore[assignment]


def prepare_press(acknowledged: str) -> None:
    """A campaign with a release, ordered for everybody on the list."""
    _begin(acknowledged)
    with writes_allowed("chaos"):
        for model in (Campaign, PressContact, Delivery):
            model.objects.all().delete()
        place, _made = Place.objects.get_or_create(slug="kreis", defaults={"kind": "county", "name": "Kreis"})
        campaign = Campaign.objects.create(
            title="Rufbus",
            about_kind="services.service",
            about_key="agenda",
            target="/dienste/agenda/",
            place=place,
            starts=date(2026, 3, 1),
            ends=date(2026, 4, 30),
            press_title="Der Rufbus startet",
            press_body="Der Bus kommt auf Bestellung.",
        )
        PressContact.objects.bulk_create(
            PressContact(medium=f"Blatt {n}", email=f"blatt{n}@example.org") for n in range(CONTACTS)
        )
    assert press.send_press(SYSTEM, campaign=campaign.public_id) == CONTACTS


def releaser(acknowledged: str) -> None:
    """A worker with a short lease; when the queue is empty it does what the clock would."""
    _begin(acknowledged)
    work(handlers.send_waiting)


def careless_releaser(acknowledged: str) -> None:
    """The control: mails some, then notes that they went out."""
    _begin(acknowledged)
    while True:
        try:
            rows = list(PressMail.objects.select_related("campaign", "contact").filter(state="waiting")[:10])
            get_connection().send_messages([mails.release_mail(row) for row in rows])
            with writes_allowed("control"):
                PressMail.objects.filter(pk__in=[row.pk for row in rows]).update(state="sent")
            time.sleep(0.02)
        except OperationalError:
            time.sleep(0.02)


def found_press(acknowledged: str) -> dict[str, object]:
    """How far the mails got."""
    rows = dict(PressMail.objects.values_list("contact__email", "state"))
    return {
        "rows": rows,
        "states": dict(Counter(rows.values())),
        "dead": Delivery.objects.filter(dead__isnull=False).count(),
    }


def find_lost_press(acknowledged: str) -> int:
    """What the clock finds a quarter of an hour later, and goes on with."""
    _begin(acknowledged)
    with at(now() + press.LOST_AFTER + timedelta(seconds=1)):
        lost = press.find_lost(SYSTEM)
        handlers.send_waiting()
    return lost
