"""Active accounts are counted exactly, with one row per person and month and no trail."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.indicators.periods import Period
from wurt.core.privacy.actions import erase_person
from wurt.core.visits import accounts, queries
from wurt.core.visits.figures import accounts as figure
from wurt.core.visits.models import ActiveAccount, ActiveMonth

pytestmark = pytest.mark.django_db(transaction=True)
MAY, JUNE = datetime(2026, 5, 31, 12, tzinfo=UTC), datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path):
    accounts._noted.clear()
    with override_settings(WURT_COUNTING=True, VAR_DIR=tmp_path):
        yield


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def come(world: World, *roles: str) -> None:
    for role in roles:
        client = world.client(role)
        for address in ("/glossar/", "/konto/", "/"):
            client.get(address)


def test_each_person_counts_once_a_month(world: World) -> None:
    with at(MAY):
        come(world, "anonymous", "resident", "coordinator", "resident")
    with at(JUNE):
        come(world, "resident")
    rows = list(ActiveAccount.objects.order_by("month", "pk").values_list("person", "month"))
    people = [world.person("resident").pk, world.person("coordinator").pk]
    assert rows == [
        (people[0], date(2026, 5, 1)),
        (people[1], date(2026, 5, 1)),
        (people[0], date(2026, 6, 1)),
    ]
    assert {field.name for field in ActiveAccount._meta.get_fields()} == {"id", "person", "month"}


def test_a_month_is_closed_once_with_its_number(world: World) -> None:
    with at(MAY):
        come(world, "resident", "coordinator", "lead")
        assert accounts.close_months() == 0
        assert figure(Period(date(2026, 5, 1)), None) == 3
    with at(JUNE):
        assert accounts.close_months() == 1
        assert accounts.close_months() == 0
        assert ActiveMonth.objects.values_list("month", "accounts").get() == (date(2026, 5, 1), 3)
        assert figure(Period(date(2026, 5, 1)), None) == 3
        assert queries.active_accounts(world.actor("anonymous"), date(2026, 5, 1)) is None


def test_an_erased_person_is_gone_and_counts_all_the_same(world: World) -> None:
    with at(MAY):
        come(world, "resident", "coordinator", "lead")
        erase_person(world.actor("county_admin"), person=world.person("resident").public_id)
        assert ActiveAccount.objects.filter(person=world.person("resident")).count() == 0
        assert figure(Period(date(2026, 5, 1)), None) == 3
    with at(JUNE):
        accounts.close_months()
    assert ActiveMonth.objects.get().accounts == 3
