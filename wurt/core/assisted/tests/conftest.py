"""A county with a caller, staff, a helper, and something to follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.access.world import World, make_world
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.assisted.actions.sessions import begin
from wurt.core.assisted.models import Assistance, Mandate
from wurt.core.assisted.standing import Standing, acting, find
from wurt.core.db.clock import now, today
from wurt.core.notices.tests import toys
from wurt.core.tenancy.models import Contact, Office, Person, Place, PlaceKind


@dataclass
class Town:
    """The world with Erna, who calls, and Otto, who has a login and a mandate from her."""

    world: World
    erna: Person
    fritz: Person
    place: Place

    def actor(self, role: str = "caseworker") -> Actor:
        return self.world.actor(role)

    def client(self, role: str = "caseworker") -> Client:
        return self.world.client(role)

    def begin(self, person: Person | None = None, role: str = "caseworker", **how: Any) -> Assistance:
        """Staff begins to act for Erna (or somebody else)."""
        values = {"channel": "phone", "checked": "known", "place": "kreis-moorland"} | how
        public_id = begin(self.actor(role), person=(person or self.erna).public_id, **values)
        return Assistance.objects.get(public_id=public_id)

    def acting(self, session: Assistance, role: str = "caseworker") -> Actor:
        """The actor of a request in that session."""
        standing = find(self.actor(role), session.public_id)
        assert isinstance(standing, Standing), standing
        return acting(standing)

    def mandate(self, **values: Any) -> Mandate:
        """Erna lets the resident act for her."""
        days = {"starts": today(), "ends": today() + timedelta(days=30)}
        with writes_allowed("test"):
            return Mandate.objects.create(
                giver=self.erna,
                helper=self.world.person("resident"),
                areas=["notices"],
                accepted=now(),
                **(days | values),
            )


@pytest.fixture(autouse=True)
def _toys() -> Iterator[None]:
    toys.register()
    yield
    toys.unregister()


@pytest.fixture
def town(transactional_db: None) -> Town:
    cache.clear()
    with writes_allowed("world"):
        world = make_world()
        place = Place.objects.create(
            slug="moordorf", kind=PlaceKind.MUNICIPALITY, name="Moordorf", parent=world.amt
        )
        Office.objects.create(
            place=world.county,
            name="Kreis Moorland, Bürgertelefon",
            street="Am Hafen 1",
            town="25000 Moorstadt",
            phone="04800 115",
            hours="Montag bis Freitag 8 bis 16 Uhr",
        )
        people = []
        for number, name in enumerate(("Erna Petersen", "Fritz Ödegård")):
            person = Person.objects.create(name=name)
            Contact.objects.create(
                person=person,
                place=place,
                address=f"Deich {number}\n25001 Moordorf",
                phone=f"04801 {number}2345",
                phone_digits=f"4801{number}2345",
                number=f"1234567{number}",
            )
            people.append(person)
    return Town(world, *people, place)
