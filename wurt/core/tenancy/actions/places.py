"""Places: official facts filled in from a list."""

from dataclasses import dataclass

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, lock, record
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Place
from wurt.core.tenancy.policies import MANAGE_PLACES


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What an official list says about one of our places; None or empty: the list does not say."""

    slug: str
    ags: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


@action("tenancy.fill_places")
def fill_places(actor: Actor, *, facts: list[PlaceFacts], source: str) -> int:
    """Fill what is empty; what is there stays. Returns how many places changed."""
    root = county()
    authorize(actor, MANAGE_PLACES, root)
    record(actor, root, after={"source": source, "read": len(facts)})
    count = 0
    for fact in facts:
        place = lock(Place.objects.all(), slug=fact.slug)
        new = {"ags": fact.ags, "postcode": fact.postcode}
        values: dict[str, object] = {
            key: value for key, value in new.items() if value and not getattr(place, key)
        }
        if fact.latitude is not None and fact.longitude is not None and place.latitude is None:
            values |= {"latitude": fact.latitude, "longitude": fact.longitude}
        before, after = changed(place, values)
        if after:
            place.save(update_fields=list(after))
            record(actor, place, before=before, after=after | {"source": source})
            count += 1
    return count
