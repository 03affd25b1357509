"""What the members of the herd do, for ever."""

import time
from pathlib import Path

from django.db import OperationalError
from django.db.models import F

from tests.chaos.call_members import (  # noqa: F401 - found by name
    caller,
    careless_caller,
    find_lost_calls,
    found_call,
    prepare_call,
)
from tests.chaos.erasure_members import (  # noqa: F401 - found by name
    careless_eraser,
    eraser,
    found_erasing,
    left_of_erased,
    mail_the_rest,
    prepare_erasing,
)
from tests.chaos.herd import LEASE, Noted, fresh_term
from tests.chaos.indicator_members import (  # noqa: F401 - found by name
    careless_computer,
    computer,
    found_figures,
    prepare_figures,
)
from tests.chaos.moderation_members import (  # noqa: F401 - found by name
    decider,
    find_lost_letters,
    forgetful_decider,
    found_cases,
    prepare_cases,
    teller,
)
from tests.chaos.notice_members import (  # noqa: F401 - found by name
    careless_mailer,
    find_lost,
    found_notice,
    mailer,
    prepare_notice,
)
from tests.chaos.press_members import (  # noqa: F401 - found by name
    careless_releaser,
    find_lost_press,
    found_press,
    prepare_press,
    releaser,
)
from tests.chaos.push_members import (  # noqa: F401 - found by name
    careless_pusher,
    found_push,
    prepare_push,
    pusher,
    resume_push,
)
from tests.chaos.service_members import (  # noqa: F401 - found by name
    careless_mover,
    found_moving,
    mover,
    prepare_moving,
)
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.action.tests import toys
from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.registry import SCHEDULES, handles, publish
from wurt.core.pages.models import GlossaryTerm
from wurt.core.tenancy.models import Place

SYSTEM = Actor.for_system("chaos")
SCHEDULES.clear()


@handles(Noted)
def count_up(fact: Noted) -> None:
    """The effect that must happen exactly once: version 1 becomes 2."""
    _count_up(SYSTEM, term=fact.term)


@toys.action("chaos.count_up")
def _count_up(actor: Actor, *, term: str) -> None:
    row = toys.lock(GlossaryTerm.objects.all(), term=term)
    toys.authorize(actor, toys.EDIT, row)
    row.version = F("version") + 1
    row.save(update_fields=["version"])
    time.sleep(0.002)  # a window for the kill: written, not committed
    toys.record(actor, row)


@toys.action("chaos.note")
def _note(actor: Actor, *, term: str, tell: bool) -> None:
    place = Place.objects.get()
    row = GlossaryTerm(place=place, term=term, text="")
    toys.authorize(actor, toys.EDIT, row)
    row.save()
    toys.record(actor, row)
    time.sleep(0.002)
    if tell:
        publish(Noted(term=term))


def _write(acknowledged: str, *, in_one: bool) -> None:
    with Path(acknowledged).open("a") as told:
        while True:
            term = fresh_term()
            try:
                _note(SYSTEM, term=term, tell=in_one)
            except OperationalError:
                continue
            told.write(term + "\n")
            told.flush()
            if not in_one:
                # What a queue beside the database does: told after the commit. The gap is wide on purpose, so
                # that twenty kills surely hit it.
                time.sleep(0.03)
                Delivery.objects.create(
                    handler="tests.chaos.members.count_up", key=term, payload={"term": term}
                )
            else:
                time.sleep(0.02)


def writer(acknowledged: str) -> None:
    """Writes and tells in one transaction; notes each term once its action has returned."""
    _write(acknowledged, in_one=True)


def forgetful_writer(acknowledged: str) -> None:
    """The control: writes, commits, and then tells."""
    _write(acknowledged, in_one=False)


def worker_(acknowledged: str) -> None:
    """Claims with a short lease and runs."""
    while True:
        try:
            delivery = worker.claim(LEASE)
            if delivery is None:
                time.sleep(0.02)
            else:
                worker.run(delivery)
        except OperationalError:
            time.sleep(0.02)


def found(acknowledged: str) -> dict[str, object]:
    """The state of the database."""
    terms = dict(GlossaryTerm.objects.values_list("term", "version"))
    return {
        "terms": terms,
        "open": Delivery.objects.filter(done__isnull=True).count(),
        "dead": Delivery.objects.filter(dead__isnull=False).count(),
    }


def prepare(acknowledged: str) -> None:
    """A county without terms."""
    with writes_allowed("chaos"):
        GlossaryTerm.objects.all().delete()
        Delivery.objects.all().delete()
        if not Place.objects.exists():
            toys.county()
