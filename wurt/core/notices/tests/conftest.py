"""The toys of this room, at noon of a day without quiet hours."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.notices.tests import toys
from wurt.core.tenancy.models import Place

NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
"""Tuesday, twelve o'clock in Berlin."""


@pytest.fixture(autouse=True)
def _toys() -> Iterator[None]:
    toys.register()
    yield
    toys.unregister()


@pytest.fixture
def noon() -> Iterator[datetime]:
    with at(NOON):
        yield NOON


@pytest.fixture(autouse=True)
def _no_rates(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db")
        cache.clear()


@pytest.fixture
def county(transactional_db: None) -> None:
    """What the trail names where a change concerns the whole house."""
    with writes_allowed("test"):
        Place.objects.create(slug="kreis", kind="county", name="Kreis")
