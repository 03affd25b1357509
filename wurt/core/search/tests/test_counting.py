"""Searches are counted as two numbers a day; words and people are kept nowhere."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.test import Client

from tests.access.world import World
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.indicators.actions.compute import compute_month
from wurt.core.indicators.queries import series
from wurt.core.outbox.worker import drain
from wurt.core.pages import actions
from wurt.core.search.models import SearchDay
from wurt.core.search.tests.test_index import VALUES, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = datetime(2024, 5, 14, 22, 30, tzinfo=UTC)


def test_a_day_has_two_numbers_and_no_words(world: World) -> None:  # noqa: F811
    actions.create_page(world.actor("county_admin"), slug="strand", published=True, **VALUES)
    drain()
    client = Client()
    with at(NIGHT):
        for query in (
            "q=Strandkorb",
            "q=Zwiebelfisch",
            "q=Zwiebelfisch",
            "q=",
            "q=Strandkorb&art=pages.page",
            "q=Strandkorb&seite=2",
        ):
            assert client.get(f"/suche/?{query}").status_code == 200
    # Half past ten in UTC is half past midnight here.
    assert list(SearchDay.objects.values_list("day", "searches", "empty")) == [(date(2024, 5, 15), 3, 2)]
    stored = "".join(
        str(row).casefold()
        for table in apps.get_app_config("search").get_models()
        for row in table._default_manager.values_list()
    )
    assert "zwiebelfisch" not in stored


def test_days_become_months(world: World) -> None:  # noqa: F811
    with writes_allowed("test"):
        for day, number in ((date(2024, 4, 30), 5), (date(2024, 5, 1), 7), (date(2024, 5, 31), 1)):
            SearchDay.objects.create(day=day, searches=10 * number, empty=number)
    worker = Actor.for_system("worker")
    with at(datetime(2024, 6, 2, tzinfo=UTC)):
        for key in ("search.searches", "search.without_result"):
            assert compute_month(worker, key=key, month=date(2024, 5, 1)) == 1
            assert compute_month(worker, key=key, month=date(2024, 3, 1)) == 0, "nothing counted is not 0"
    found = series(worker, [("search.searches", ""), ("search.without_result", "")])
    assert [int(one.points[0].figure.value or 0) for one in found.values()] == [80, 8]
