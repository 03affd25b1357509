"""The tree of places, planted once when a county is set up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.tenancy.models import Place, PlaceKind
from wurt.core.tenancy.policies import MANAGE_PLACES


@dataclass(frozen=True, slots=True)
class PlaceSeed:
    """A place and the slug of its parent ("" for the county). Parents stand before their children."""

    slug: str
    kind: str
    name: str
    parent: str = ""
    ags: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""


@action("tenancy.plant_places")
def plant_places(actor: Actor, *, places: Sequence[PlaceSeed]) -> int:
    """Make the county and everything below it, in an empty installation. For commands only.

    Returns how many places were made. Raises RuleBroken ``tenancy.county_exists``, ``tenancy.place_order``.
    """
    authorize(actor, MANAGE_PLACES)
    if not actor.system:
        raise NotAllowed(code="tenancy.plant_places:role")
    if Place.objects.exists():
        raise RuleBroken("tenancy.county_exists", _("A county is set up in this database already."))
    made: dict[str, Place] = {}
    for seed in places:
        if seed.parent and seed.parent not in made:
            raise RuleBroken(
                "tenancy.place_order",
                _("The place “%(name)s” stands before the place it belongs to.") % {"name": seed.name},
            )
        made[seed.slug] = Place.objects.create(
            slug=seed.slug,
            kind=PlaceKind(seed.kind).value,
            name=seed.name,
            parent=made.get(seed.parent),
            ags=seed.ags,
            postcode=seed.postcode,
            latitude=seed.latitude,
            longitude=seed.longitude,
            source=seed.source,
        )
    root = next(place for place in made.values() if place.kind == PlaceKind.COUNTY)
    record(actor, root, after={"slug": root.slug, "places": len(made)})
    return len(made)
