"""A mandate is revoked while seven windows of the helper write; eight forms begin to act at once."""

import time
from datetime import timedelta
from uuid import UUID

from wurt.core.action import run
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.actions.mandates import end_mandate
from wurt.core.assisted.actions.sessions import begin_with_mandate
from wurt.core.assisted.models import Act, Assistance, Channel, Check, Mandate
from wurt.core.assisted.standing import Standing, acting, find
from wurt.core.db.clock import now, today
from wurt.core.db.errors import DomainError
from wurt.core.notices.actions.follow import follow_as_person
from wurt.core.notices.tests import toys
from wurt.core.tenancy.models import Person

GAP = 0.03
ROUNDS = 12


def mandates_in_use(number: int, *, several: int = 1) -> list[str]:
    """Mandates of different people for one helper, none in use yet."""
    with writes_allowed("race"):
        Assistance.objects.all().delete()
        helper = Person.objects.create(name="Otto Helfer")
        rows = [
            Mandate.objects.create(
                giver=Person.objects.create(name=f"Erna {one}"),
                helper=helper,
                areas=["notices"],
                starts=today() - timedelta(days=1),
                ends=today() + timedelta(days=9),
                accepted=now(),
            )
            for one in range(several)
        ]
    return [str(row.public_id) for row in rows]


def _actor(person: Person) -> Actor:
    return Actor(person=person.pk, public_id=person.public_id, name=person.name)


def begun(number: int, *, mandate: str) -> str:
    """The helper begins to act."""
    row = Mandate.objects.select_related("helper").get(public_id=mandate)
    assert row.helper is not None
    return str(begin_with_mandate(_actor(row.helper), mandate=row.public_id))


def act_while_revoked(number: int, *, mandate: str, session: str, fair: bool) -> int:
    """One revokes and counts what is written at that moment; the others write until they are refused."""
    toys.register()
    row = Mandate.objects.select_related("giver", "helper").get(public_id=mandate)
    assert row.helper is not None
    if number == 0:
        for _look in range(200):
            if written(number, session=session):
                break
            time.sleep(GAP / 3)
        end_mandate(_actor(row.giver), mandate=row.public_id)
        return written(number, session=session)
    helper, kept = _actor(row.helper), list(run.STANDING)
    if not fair:
        run.STANDING[:] = [lambda actor: None]
    try:
        return sum(_act(helper, UUID(session), fair) for _round in range(ROUNDS))
    finally:
        run.STANDING[:] = kept


def _act(helper: Actor, session: UUID, fair: bool) -> int:
    found = find(helper, session)
    if not isinstance(found, Standing):
        return 0
    time.sleep(0 if fair else GAP)
    try:
        follow_as_person(acting(found), kind="toys.thing", key="1")
    except DomainError:
        return 0
    return 1


def written(number: int, *, session: str) -> int:
    """How many acts the session holds."""
    return Act.objects.filter(assistance__public_id=session).count()


def begin_same(number: int, *, mandates: list[str], fair: bool) -> int:
    """Eight windows begin to act, each for somebody else. Answers how many sessions this one opened."""
    row = Mandate.objects.select_related("giver", "helper").get(public_id=mandates[number])
    assert row.helper is not None
    if fair:
        try:
            begin_with_mandate(_actor(row.helper), mandate=row.public_id)
        except DomainError:
            return 0
        return 1
    if Assistance.objects.filter(operator=row.helper, ended__isnull=True).exists():
        return 0
    time.sleep(GAP)
    with writes_allowed("control"):
        Assistance.objects.create(
            operator=row.helper,
            principal=row.giver,
            mandate=row,
            channel=Channel.HELPER,
            checked=Check.MANDATE,
        )
    return 1
