"""The toy kind, a county, two moderators and an author."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.moderation.tests import toys
from wurt.core.pages.models import GlossaryTerm
from wurt.core.tenancy.models import Person, Place

NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _toys() -> Iterator[None]:
    toys.register()
    yield
    toys.unregister()


@dataclass
class Desk:
    county: Place
    amt: Place
    ada: Actor
    bob: Actor
    admin: Actor
    author: Person
    post: GlossaryTerm


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    with at(NOON):
        with writes_allowed("test"):
            county = Place.objects.create(slug="kreis", kind="county", name="Kreis")
            amt = Place.objects.create(slug="amt", kind="amt", name="Amt", parent=county)
            author = Person.objects.create(name="Carl Autor")
            User.objects.create_user("carl@moorland.example", None, person=author)
        admin = toys.moderator(county, "Admin", "county_admin")
        ada, bob = toys.moderator(county, "Ada"), toys.moderator(county, "Bob")
        yield Desk(county, amt, ada, bob, admin, author, toys.post(amt, author=author.pk))
