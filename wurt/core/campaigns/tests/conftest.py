"""A county with the agenda's service, and one campaign."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.access.world import World, make_world
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.campaigns.actions.campaigns import create_campaign
from wurt.core.db.clock import at

NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
SYSTEM = Actor.for_system("test")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with at(NOON):
        yield


@pytest.fixture
def world(transactional_db: None) -> World:
    with writes_allowed("world"):
        return make_world()


@pytest.fixture
def campaign(world: World) -> UUID:
    return create_campaign(
        world.actor("coordinator"),
        title="Agenda für alle",
        about=("services.service", "agenda"),
        place="kreis-moorland",
        places=["amt-geest", "amt-marsch"],
        starts=date(2026, 3, 1),
        ends=date(2026, 4, 30),
        audience="Familien",
    )
