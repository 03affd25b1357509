"""How many follow, as a figure: each once, unconfirmed ones not, few not told."""

from datetime import UTC, date, datetime

import pytest

from wurt.core.action.actor import Actor
from wurt.core.db.clock import at
from wurt.core.indicators.actions.compute import compute_month
from wurt.core.indicators.queries import series
from wurt.core.indicators.rules import Figure
from wurt.core.notices.models import Follow, Subscriber
from wurt.core.tenancy.models import Place, PlaceKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("writing")]
WORKER = Actor.for_system("worker")


def test_followers_count_once_when_they_confirmed() -> None:
    Place.objects.create(slug="kreis", kind=PlaceKind.COUNTY, name="Kreis")
    confirmed = datetime(2024, 5, 31, 21, 59, tzinfo=UTC)
    for number in range(7):
        reader = Subscriber.objects.create(email=f"r{number}@moorland.example")
        Follow.objects.create(subscriber=reader, kind="a", key="1", confirmed=confirmed)
        Follow.objects.create(subscriber=reader, kind="a", key="2", confirmed=confirmed)
    late = Subscriber.objects.create(email="spaet@moorland.example")
    Follow.objects.create(subscriber=late, kind="a", key="1", confirmed=datetime(2024, 5, 31, 22, tzinfo=UTC))
    silent = Subscriber.objects.create(email="still@moorland.example")
    Follow.objects.create(subscriber=silent, kind="a", key="1")
    with at(datetime(2024, 6, 2, tzinfo=UTC)):
        assert compute_month(WORKER, key="notices.followers", month=date(2024, 5, 1)) == 1
        assert compute_month(WORKER, key="notices.followers", month=date(2024, 4, 1)) == 0, "too long ago"
    found = series(WORKER, [("notices.followers", "")])["notices.followers", ""]
    assert [int(point.figure.value or 0) for point in found.points] == [7]


def test_few_followers_are_not_told() -> None:
    Place.objects.create(slug="kreis", kind=PlaceKind.COUNTY, name="Kreis")
    with at(datetime(2024, 6, 2, tzinfo=UTC)):
        compute_month(WORKER, key="notices.followers", month=date(2024, 5, 1))
    found = series(WORKER, [("notices.followers", "")])["notices.followers", ""]
    assert [point.figure for point in found.points] == [Figure(below=5)]
