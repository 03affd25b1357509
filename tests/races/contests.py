"""What the processes do in a race.

``fair`` is the product's own code; else the lock or condition is missing, and a short sleep stands where the
others slip in.
"""

import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection

from tests.races.contests_assisted import (  # noqa: F401 - found by name
    act_while_revoked,
    begin_same,
    begun,
    mandates_in_use,
    written,
)
from tests.races.contests_imports import accepted_import, applied, apply_same  # noqa: F401 - found by name
from tests.races.contests_indicators import compute, figures, no_figures  # noqa: F401 - found by name
from tests.races.contests_links import open_same, opened, printed  # noqa: F401 - found by name
from tests.races.contests_moderation import (  # noqa: F401 - found by name
    a_thing,
    cases_of,
    decide_same,
    decisions_of,
    notify_same,
    open_case,
)
from tests.races.contests_notices import (  # noqa: F401 - found by name
    asked,
    call_open,
    call_same,
    confirm_same,
    follow_same,
    follows_of,
    mail_same,
    mailed,
    push_same,
    spread_notice,
    spread_push,
)
from tests.races.contests_search import (  # noqa: F401 - found by name
    empty_index,
    index_same,
    index_words,
    indexed,
)
from tests.races.contests_services import (  # noqa: F401 - found by name
    move_same,
    moved_items,
    moving_handover,
    stage_same,
    stages_on,
)
from tests.races.contests_spamguard import count_tries, spend_same  # noqa: F401 - found by name
from wurt.core.action.actor import Actor, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.action.models import OnceToken
from wurt.core.action.tests import toys
from wurt.core.audit.models import AuditEntry, AuditSeal
from wurt.core.audit.trail import SETTLE, seal, verify
from wurt.core.db.clock import at, now
from wurt.core.outbox import worker
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.registry import HANDLERS, SCHEDULES, Handler, Schedule
from wurt.core.pages.models import GlossaryTerm
from wurt.core.tenancy.actions import grant_role
from wurt.core.tenancy.models import Grant, Person, Place
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.models import Month, MonthVersion
from wurt.modules.agenda.tests import factories

GAP = 0.03
"""Seconds between looking and writing where nothing guards: enough for seven others to look too."""

SYSTEM = Actor.for_system("race")
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def prepare(number: int) -> dict[str, object]:
    """A fresh county with one person and one term; what was there before is removed."""
    with writes_allowed("race"):
        place = Place.objects.filter(slug="kreis").first() or factories.county()
        for model in (Grant, GlossaryTerm, Delivery, OnceToken):  # a new county has told of itself, too
            model.objects.all().delete()
        person = Person.objects.create(name="P")
        term = GlossaryTerm.objects.create(place=place, term="Amt", text="")
    return {
        "place": place.pk,
        "person": str(person.public_id),
        "term": term.pk,
        "entries": AuditEntry.objects.count(),
    }


def same_form(number: int, *, token: str, place: int, fair: bool) -> int:
    """The same form arrives eight times."""
    if fair:
        return toys.add_term(_with(token), place=place, term="Kreis")
    if OnceToken.objects.filter(key=token).exists():
        return OnceToken.objects.filter(key=token).first().answer["value"]
    time.sleep(GAP)
    with writes_allowed("control"):
        row = GlossaryTerm.objects.create(place_id=place, term=f"Kreis {uuid4()}", text="")
        OnceToken.objects.get_or_create(key=token, defaults={"answer": {"value": row.pk}})
    return row.pk


def make_same(number: int, *, place: int, term: str, fair: bool) -> int:
    """Eight fresh forms of one browser, all with the same content."""
    if fair:
        return toys.make_term(Actor(once=f"t{number}", browser="b"), place=place, term=term)
    row = GlossaryTerm.objects.filter(term__startswith=term).first()
    if row is None:
        time.sleep(GAP)
        with writes_allowed("control"):
            row = GlossaryTerm.objects.create(place_id=place, term=f"{term} {uuid4()}", text="")
    return row.pk


def forget_terms(number: int, *, term: str) -> int:
    """What was made is deleted; how many that were."""
    with writes_allowed("race"):
        return GlossaryTerm.objects.filter(term__startswith=term).delete()[0]


def _with(token: str) -> Actor:
    return Actor(system="race", name="race", second_factor=True, once=token)


def add_up(number: int, *, pk: int, times: int, fair: bool) -> None:
    """Each process adds its strokes to the same text."""
    for _ in range(times):
        if fair:
            _add_stroke(SYSTEM, pk=pk)
        else:
            text = GlossaryTerm.objects.values_list("text", flat=True).get(pk=pk)
            time.sleep(GAP / 3)
            with writes_allowed("control"):
                GlossaryTerm.objects.filter(pk=pk).update(text=text + "|")


@toys.action("race.add_stroke")
def _add_stroke(actor: Actor, *, pk: int) -> None:
    row = toys.lock(GlossaryTerm.objects.all(), pk=pk)
    toys.authorize(actor, toys.EDIT, row)
    row.text += "|"
    row.save(update_fields=["text"])
    toys.record(actor, row)


def save_form(number: int, *, pk: int, fair: bool) -> None:
    """Eight people opened the same version of a page and save."""
    if fair:
        toys.change_term(SYSTEM, pk=pk, version=1, text=f"by {number}")
        return
    row = GlossaryTerm.objects.get(pk=pk)
    toys.check_version(row, 1)
    time.sleep(GAP)
    with writes_allowed("control"):
        row.text, row.version = f"by {number}", 2
        row.save()


def grant_same(number: int, *, person: str, fair: bool) -> str:
    """Eight administrators give the same role to the same person."""
    if fair:
        until = date.today() + timedelta(days=30)
        given = grant_role(SYSTEM, person=UUID(person), role=Role.COORDINATOR, place="kreis", until=until)
        return str(given)
    who, place = Person.objects.get(public_id=person), Place.objects.get(slug="kreis")
    if not Grant.objects.filter(person=who, role="coordinator", place=place).exists():
        time.sleep(GAP)
        with writes_allowed("control"):
            Grant.objects.create(person=who, role="coordinator", place=place)
    return ""


def draft_month(number: int, *, month: str) -> None:
    """A month with one report, ready to be published."""
    first = date.fromisoformat(month)
    factories.month(first)
    factories.report(first, factories.project(f"Project of {month}"))


def publish_same(number: int, *, month: str, fair: bool) -> int:
    """Eight editors publish the same month."""
    first = date.fromisoformat(month)
    if fair:
        return publish_month(SYSTEM, month=first)
    row = Month.objects.get(month=first)
    version = row.versions.count() + 1
    time.sleep(GAP)
    with writes_allowed("control"):
        MonthVersion.objects.create(month=row, number=version, facts="{}", digest="")
    return version


def versions_of(number: int, *, month: str) -> list[tuple[int, int]]:
    """Number of each version of a month, with how many reports it froze."""
    found = MonthVersion.objects.filter(month__month=date.fromisoformat(month)).order_by("number")
    return [(version.number, version.reports.count()) for version in found]


def fill_queue(number: int, *, count: int) -> None:
    """Put deliveries into the queue."""
    Delivery.objects.bulk_create([Delivery(handler="race", key=str(key)) for key in range(count)])


def empty_queue(number: int, *, fair: bool) -> list[int]:
    """Claim until nothing is left; the claimed ids."""
    mine = []
    while True:
        if fair:
            delivery = worker.claim()
        else:
            delivery = Delivery.objects.filter(due__lte=now(), done=None).order_by("due", "pk").first()
            if delivery:
                time.sleep(GAP / 10)
                Delivery.objects.filter(pk=delivery.pk).update(due=now() + worker.LEASE)
        if delivery is None:
            return mine
        mine.append(delivery.pk)


def work_queue(number: int) -> int:
    """Run deliveries whose handler writes a row; how many this process did."""
    HANDLERS["race"] = Handler(lambda payload: _write_row())
    return worker.drain()


def _write_row() -> None:
    with writes_allowed("race"), connection.cursor() as cursor:
        cursor.execute("UPDATE pages_glossaryterm SET version = version + 1 WHERE term = 'Amt'")


def ring(number: int, *, fair: bool) -> None:
    """Eight workers ask the clock at the same moment."""
    SCHEDULES[:] = [Schedule("race.chime", timedelta(hours=1))]
    with at(NOON):
        if fair:
            worker.schedule()
        elif not Delivery.objects.filter(handler="race.chime").exists():
            time.sleep(GAP)
            Delivery.objects.create(handler="race.chime", key=f"at {uuid4()}")


def seal_all(number: int) -> bool:
    """Eight sealers close the trail; did this one?"""
    with at(now() + SETTLE * 2):
        return seal() is not None


def look(number: int) -> dict[str, object]:
    """What the database holds after a race."""
    return {
        "terms": GlossaryTerm.objects.count(),
        "text": GlossaryTerm.objects.values_list("text", flat=True).get(term="Amt"),
        "version": GlossaryTerm.objects.values_list("version", flat=True).get(term="Amt"),
        "grants": Grant.objects.count(),
        "deliveries": Delivery.objects.count(),
        "done": Delivery.objects.filter(done__isnull=False).count(),
        "entries": AuditEntry.objects.count(),
        "seals": AuditSeal.objects.count(),
        "faults": verify().faults,
    }
