"""Eight moderators decide the same case; eight people notify the same thing."""

import time
from uuid import UUID, uuid4

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import now
from wurt.core.moderation.actions import decide
from wurt.core.moderation.models import Case, Decision
from wurt.core.moderation.tests import toys
from wurt.core.tenancy.models import Person, Place

GAP = 0.03


def _thing() -> str:
    toys.register()
    term = uuid4().hex[:20]
    toys.post(Place.objects.get(slug="kreis"), term=term)
    return term


def open_case(number: int) -> str:
    """A case that waits for a decision."""
    toys.report(_thing())
    return str(Case.objects.latest("pk").public_id)


def a_thing(number: int) -> str:
    """Something that nobody has notified yet."""
    return _thing()


def decide_same(number: int, *, case: str, fair: bool) -> str:
    """Each of eight moderators decides; which measure was it?"""
    toys.register()
    with writes_allowed("race"):
        person = Person.objects.create(name=f"M{number}")
    if fair:
        actor = Actor(person=person.pk, public_id=person.public_id, system="race", second_factor=True)
        return str(decide.decide(actor, case=UUID(case), ruling=toys.ruling()))
    row = Case.objects.get(public_id=case)
    if row.state != "open":
        return ""
    time.sleep(GAP)
    with writes_allowed("control"):
        Case.objects.filter(pk=row.pk).update(state="decided", decided_at=now())
    return "decided"


def notify_same(number: int, *, term: str, fair: bool) -> str:
    """Each of eight people notifies the same thing; the case it went to."""
    toys.register()
    if fair:
        toys.report(term, email=f"a{number}@example.org")
        return ""
    if not Case.objects.filter(title=term).exists():
        time.sleep(GAP)
        place = Place.objects.get(slug="kreis")
        with writes_allowed("control"):  # another key each time: the constraint itself would refuse
            Case.objects.create(kind=toys.KIND, key=uuid4().hex, title=term, place=place)
    return ""


def cases_of(number: int, *, term: str) -> tuple[int, int]:
    """How many cases there are about a thing, with how many notices."""
    rows = Case.objects.filter(title=term)
    return rows.count(), sum(row.reports.count() for row in rows)


def decisions_of(number: int, *, case: str) -> int:
    """How many decisions a case has."""
    return Decision.objects.filter(case__public_id=case).count()
