"""Two administrators take each other's role away in the same moment: one of them must stay.

The control does the same check and the same delete without the action's transaction and lock, and both
succeed: so
the green test below means something.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.db.errors import RuleBroken
from wurt.core.tenancy.actions import revoke_role
from wurt.core.tenancy.authority import administrators, check_administrator_stays
from wurt.core.tenancy.models import Grant

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
ADMINS = ("county_admin", "county_admin_without_factor")


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def at_once(*acts: Callable[[], None]) -> list[str]:
    """Run the acts in threads of their own; the code of each refusal, or "done"."""
    results: list[str] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
            results.append("done")
        except RuleBroken as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(results)


def grants(world: World) -> list[Grant]:
    return [Grant.objects.get(person=world.person(role)) for role in ADMINS]


def test_control_without_the_lock_nobody_stays(world: World) -> None:
    both_checked = threading.Barrier(2, timeout=30)

    def careless(grant: Grant) -> Callable[[], None]:
        def act() -> None:
            check_administrator_stays(without_grant=grant.pk)
            both_checked.wait()
            with writes_allowed("control"):
                grant.delete()

        return act

    assert at_once(*(careless(grant) for grant in grants(world))) == ["done", "done"]
    assert administrators().count() == 0


@pytest.mark.parametrize("attempt", range(5))
def test_with_the_lock_one_administrator_stays(world: World, attempt: int) -> None:
    actor = world.actor("county_admin")
    together = threading.Barrier(2, timeout=30)

    def revoke(grant: Grant) -> Callable[[], None]:
        def act() -> None:
            together.wait()
            revoke_role(actor, grant=grant.public_id)

        return act

    acts = [revoke(grant) for grant in grants(world)]
    assert at_once(*acts) == ["done", "tenancy.last_administrator"]
    assert administrators().count() == 1
