"""Moderators who decide one case after the other, and workers that tell both sides."""

import os
import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import OperationalError, transaction

from tests.chaos.working import LEASE, queue
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at, now
from wurt.core.db.errors import DomainError
from wurt.core.moderation.actions import decide
from wurt.core.moderation.events import CaseDecided
from wurt.core.moderation.models import Case, Decision, Origin, Party, Report, Role, State
from wurt.core.moderation.tests import toys
from wurt.core.notices import direct, handlers
from wurt.core.notices.actions import upkeep
from wurt.core.notices.models import Direct
from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.registry import publish
from wurt.core.pages.models import GlossaryTerm
from wurt.core.tenancy.models import Person, Place

CASES = 60 + 20 * int(os.environ.get("WURT_KILLS", "20"))
LONGEST = timedelta(minutes=5)


def _begin(acknowledged: str) -> None:
    settings.EMAIL_BACKEND = "tests.chaos.notice_members.Log"
    settings.CHAOS_LOG = f"{acknowledged}.mail"
    toys.register()


def prepare_cases(acknowledged: str) -> None:
    """Cases that wait, each with somebody who notified it and an author. Those of earlier runs stay, since
    the database keeps them; each run has a mark in the titles and addresses of its own."""
    Path(f"{acknowledged}.mail").write_text("")
    mark = uuid4().hex[:8]
    Path(f"{acknowledged}.mark").write_text(mark)
    with writes_allowed("chaos"):
        for model in (Direct, Delivery):
            model.objects.all().delete()
        place, _made = Place.objects.get_or_create(slug="kreis", defaults={"kind": "county", "name": "Kreis"})
        Person.objects.create(name=f"M {mark}")
        numbers = range(CASES)
        authors = Person.objects.bulk_create(Person(name=f"Carl {n}") for n in numbers)
        User.objects.bulk_create(
            User(email=f"author-{mark}-{n}@example.org", person=one) for n, one in enumerate(authors)
        )
        posts = GlossaryTerm.objects.bulk_create(
            GlossaryTerm(place=place, term=f"{mark} {n}", text="Text") for n in numbers
        )
        cases = Case.objects.bulk_create(
            Case(
                kind=toys.KIND,
                key=str(post.pk),
                title=post.term,
                url="/x/",
                place=place,
                author=author,
                origin=Origin.NOTICE,
                due=now(),
            )
            for post, author in zip(posts, authors, strict=True)
        )
        reports = Report.objects.bulk_create(
            Report(case=case, category="personal", explanation="x", where="/x/", good_faith=True, proven=True)
            for case in cases
        )
        Party.objects.bulk_create(
            party
            for n, (case, report) in enumerate(zip(cases, reports, strict=True))
            for party in (
                Party(case=case, role=Role.AUTHOR, person=authors[n]),
                Party(case=case, role=Role.NOTIFIER, report=report, email=f"notifier-{mark}-{n}@example.org"),
            )
        )


def _deciding(acknowledged: str, after) -> None:
    """Decide anybody's case; two meet now and then, and one of them is refused."""
    _begin(acknowledged)
    mark = Path(f"{acknowledged}.mark").read_text()
    person = Person.objects.get(name=f"M {mark}")
    actor = Actor(person=person.pk, public_id=person.public_id, system="chaos", second_factor=True)
    waiting = Case.objects.filter(title__startswith=mark, state=State.OPEN)
    while True:
        try:
            found = list(waiting.values_list("public_id", flat=True)[:20])
            if not found:
                time.sleep(0.05)
                continue
            made = decide.decide(actor, case=random.choice(found), ruling=toys.ruling())
        except (OperationalError, DomainError):
            continue
        line = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(line, f"{made}\n".encode())
        os.close(line)
        after(made)


def decider(acknowledged: str) -> None:
    """Notes each decision once its action has returned."""
    _deciding(acknowledged, lambda made: time.sleep(0.02))


def forgetful_decider(acknowledged: str) -> None:
    """The control: decides, commits, and then orders that both sides are told."""
    decide.publish = lambda fact, key: None  # type: ignore[assignment]

    def tell_then(made) -> None:
        time.sleep(0.05)  # most kills hit here, on the quickest machine too
        with writes_allowed("control"), transaction.atomic():
            publish(CaseDecided(decision=made), key=str(made))

    _deciding(acknowledged, tell_then)


def teller(acknowledged: str) -> None:
    """A worker with a short lease; when the queue is empty it does what the clock would."""
    _begin(acknowledged)
    while True:
        try:
            delivery = worker.claim(LEASE)
            if delivery is not None:
                worker.run(delivery)
            else:
                direct.send(direct.due_mail(), now() + LONGEST)
                time.sleep(0.02)
        except OperationalError:
            time.sleep(0.02)


def found_cases(acknowledged: str) -> dict[str, object]:
    """What is decided, carried out and told; people as role and number of the case."""
    mark = Path(f"{acknowledged}.mark").read_text()
    rows = Decision.objects.filter(case__title__startswith=mark)
    hidden = GlossaryTerm.objects.filter(term__startswith=mark, text__startswith="(hidden)")
    told = Direct.objects.values_list("kind", "email", "state")
    return {
        "decided": dict(rows.values_list("public_id", "case__title")),
        "closed": sorted(
            Case.objects.filter(title__startswith=mark, state=State.DECIDED).values_list("title", flat=True)
        ),
        "hidden": sorted(hidden.values_list("term", flat=True)),
        "told": Counter((kind, email) for kind, email, _state in told),
        "states": dict(Counter(state for _kind, _email, state in told)),
        "sent": [email for _kind, email, state in told if state == "sent"],
        **queue(),
    }


def find_lost_letters(acknowledged: str) -> int:
    """What the clock finds a quarter of an hour later: mails of which nobody knows whether they arrived."""
    _begin(acknowledged)
    with at(now() + upkeep.LOST_AFTER + timedelta(seconds=1)):
        handlers.find_lost_mail()
        direct.send(direct.due_mail(), now() + LONGEST)
    return Direct.objects.filter(state="unclear").count()
