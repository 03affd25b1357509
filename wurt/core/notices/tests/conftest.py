"""The toys of this room, at noon of a day without quiet hours."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.notices import kinds
from wurt.core.notices.tests import toys
from wurt.core.tenancy.models import Place

NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
"""Tuesday, twelve o'clock in Berlin."""


@pytest.fixture(autouse=True)
def _toys() -> Iterator[None]:
    """The toys and the agenda; what other rooms offer is their tests' business."""
    others = {key: kind for key, kind in kinds._kinds.items() if key != "agenda.month"}
    for key in others:
        del kinds._kinds[key]
    toys.register()
    yield
    toys.unregister()
    kinds._kinds.update(others)


@pytest.fixture
def noon() -> Iterator[datetime]:
    with at(NOON):
        yield NOON


@pytest.fixture
def county(transactional_db: None) -> None:
    """What the trail names where a change concerns the whole house."""
    with writes_allowed("test"):
        Place.objects.create(slug="kreis", kind="county", name="Kreis")
