"""The toy service and a small county, on a fixed day."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.services.tests import toys

NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _toys() -> Iterator[None]:
    toys.register()
    yield
    toys.unregister()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with at(NOON):
        yield


@pytest.fixture
def world(transactional_db: None) -> World:
    with writes_allowed("world"):
        return make_world()
