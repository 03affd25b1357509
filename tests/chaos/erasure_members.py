"""People who follow something are erased, by several at once, while notices wait for them."""

import os
import random
import time

from django.db import OperationalError

from tests.chaos.notice_members import _begin
from tests.chaos.working import LEASE, queue
from wurt.core.accounts import erasing
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import now
from wurt.core.notices import handlers
from wurt.core.notices.erasing import erase_followers
from wurt.core.notices.models import Direct, Dispatch, Follow, Notice, Subscriber
from wurt.core.notices.tests import toys
from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery
from wurt.core.privacy.actions import erase_person
from wurt.core.privacy.find import find
from wurt.core.privacy.models import Erasure
from wurt.core.tenancy.models import Person, Place

PEOPLE = 20 + 2 * int(os.environ.get("WURT_KILLS", "20"))
BYSTANDERS = 20
SYSTEM = Actor.for_system("chaos")


def prepare_erasing(acknowledged: str) -> None:
    """People with a login who follow something, also by another address of theirs; a notice waits for each,
    and so does a receipt. Beside them people who stay."""
    with writes_allowed("chaos"):
        for model in (Notice, Direct, Subscriber, Delivery, Erasure, User, Person):
            model.objects.all().delete()
        if not Place.objects.exists():
            Place.objects.create(slug="kreis", kind="county", name="Kreis")
        people = Person.objects.bulk_create(Person(name=f"Erika Muster{n:05}") for n in range(PEOPLE))
        User.objects.bulk_create(
            User(email=f"muster{n:05}@example.org", person=one) for n, one in enumerate(people)
        )
        stay = [Subscriber(email=f"bleibt{n}@example.org") for n in range(BYSTANDERS)]
        rows = Subscriber.objects.bulk_create([*(Subscriber(person=one) for one in people), *stay])
        for row in rows:
            row.quiet_from = row.quiet_until = 0
        Subscriber.objects.bulk_update(rows, ["quiet_from", "quiet_until"])
        Follow.objects.bulk_create(
            Follow(subscriber=row, kind="toys.thing", key="1", confirmed=now()) for row in rows
        )
        notice = Notice.objects.create(
            kind="toys.news",
            key=f"n{now().timestamp()}",
            data=toys.DATA,
            topics=[["toys.thing", "1"]],
        )
        Dispatch.objects.bulk_create(
            Dispatch(notice=notice, subscriber=row, channel="email", topics=[["toys.thing", "1"]])
            for row in rows
        )
        Direct.objects.bulk_create(
            Direct(kind="toys.receipt", key=str(one.pk), channel="email", email=f"MUSTER{n:05}@example.org")
            for n, one in enumerate(people)
        )


def _one() -> Person | None:
    """Somebody who is still named, anybody: two erasers meet now and then."""
    named = list(Person.objects.filter(erased__isnull=True)[:50])
    return random.choice(named) if named else None


def _erasing(acknowledged: str, erase) -> None:
    """Erase one after the other and carry out what the queue brings; a line for each that is done."""
    while True:
        try:
            if (delivery := worker.claim(LEASE)) is not None:
                worker.run(delivery)
                continue
            person = _one()
            if person is None:
                time.sleep(0.05)
                continue
            erase(person)
            line = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(line, f"{person.public_id}\n".encode())
            os.close(line)
        except OperationalError:
            time.sleep(0.02)


def eraser(acknowledged: str) -> None:
    """What an administrator's button and the daily deletion do."""
    _erasing(acknowledged, lambda person: erase_person(SYSTEM, person=person.public_id))


def careless_eraser(acknowledged: str) -> None:
    """The control: each part of an erasure commits by itself."""

    def erase(person: Person) -> None:
        with writes_allowed("control"):
            erase_followers(person, erasing.addresses(person))
            time.sleep(0.2)  # most kills hit here, on the quickest machine too
            erasing.forget(person)

    _erasing(acknowledged, erase)


def _parts(person: Person, number: int) -> list[bool]:
    """Is it there: the name, the login, the follows, the notice that waits, the receipt that waits?"""
    mine = Subscriber.objects.filter(person=person)
    return [
        bool(person.name),
        User.objects.filter(person=person).exists(),
        Follow.objects.filter(subscriber__in=mine).exists(),
        Dispatch.objects.filter(subscriber__in=mine).exists(),
        Direct.objects.filter(email__iexact=f"muster{number:05}@example.org").exists(),
    ]


def found_erasing(acknowledged: str) -> dict[str, object]:
    """Who is erased, who is half erased, what the receipts say, and what the queue holds."""
    erased, halves = [], []
    for number, person in enumerate(Person.objects.order_by("pk")):
        parts = _parts(person, number)
        if any(parts) != all(parts) or any(parts) != (person.erased is None):
            halves.append(str(person.public_id))
        elif person.erased:
            erased.append(str(person.public_id))
    return {
        "erased": erased,
        "halves": halves,
        "receipts": [(str(row.person), row.rows, row.remains) for row in Erasure.objects.all()],
        **queue(),
    }


def left_of_erased(acknowledged: str) -> list[str]:
    """What ``wurt privacy find`` finds of twenty who are erased."""
    numbers = range(0, PEOPLE, max(1, PEOPLE // 20))
    words = [word for n in numbers for word in (f"Erika Muster{n:05}", f"muster{n:05}@example.org")]
    return [str(place) for place in find(words)]


def mail_the_rest(acknowledged: str) -> int:
    """What still waits goes out; each address is a line. How many."""
    _begin(acknowledged)
    handlers.send_due()
    return Dispatch.objects.filter(state="sent").count()
