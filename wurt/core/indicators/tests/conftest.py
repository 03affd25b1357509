"""A small county and an indicator whose answers a test sets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from wurt.core.action.guard import writes_allowed
from wurt.core.indicators.periods import Period
from wurt.core.indicators.registry import Indicator, forget, register
from wurt.core.tenancy.models import Place, PlaceKind

KEY = "toys.balls"


@dataclass
class Toy:
    """What is counted: by month and by slug of the place, "" for all."""

    county: Place
    places: dict[str, Place]
    answers: dict[tuple[str, str], Decimal | int | None] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def compute(self, period: Period, place: Place | None) -> Decimal | int | None:
        """The answer that the test set."""
        slug = place.slug if place else ""
        self.asked.append((period.key, slug))
        return self.answers.get((period.key, slug))

    def declare(self, **more: object) -> Indicator:
        """Register the indicator anew."""
        plain: dict[str, object] = {"name": "Bälle", "unit": "Bälle", "meaning": "Wie viele Bälle es gibt."}
        made = Indicator(key=KEY, compute=self.compute, **{**plain, **more})  # type: ignore[arg-type]
        register(made)
        return made


@pytest.fixture
def toy(db: None) -> Iterator[Toy]:
    with writes_allowed("test"):
        county = Place.objects.create(slug="kreis", kind=PlaceKind.COUNTY, name="Kreis Moorland")
        places = {
            slug: Place.objects.create(
                slug=slug, kind=PlaceKind.MUNICIPALITY, name=slug.capitalize(), parent=county
            )
            for slug in ("deich", "moor", "watt")
        }
    made = Toy(county, places)
    made.declare()
    yield made
    forget(KEY)
