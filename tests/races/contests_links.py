"""Eight people open the same short link at the same moment."""

import time
from datetime import date

from wurt.core.action.guard import writes_allowed
from wurt.core.links import results
from wurt.core.links.models import Link, Tally
from wurt.core.tenancy.models import Place

GAP = 0.03


def printed(number: int) -> dict[str, object]:
    """A fresh link that nobody opened yet."""
    with writes_allowed("race"):
        place = Place.objects.filter(slug="kreis").first()
        place = place or Place.objects.create(slug="kreis", kind="county", name="Kreis")
        Link.objects.all().delete()
        link = Link.objects.create(
            code="bcd234", title="Flyer", target="/", place=place, valid_from=date(2026, 1, 1)
        )
    return {"link": link.pk}


def open_same(number: int, *, link: int, fair: bool) -> None:
    """Each process opens it five times."""
    for _ in range(5):
        if fair:
            results.count_opening(link)
            continue
        # Read, and written a moment later: the others slip in between.
        with writes_allowed("race"):
            row, _made = Tally.objects.get_or_create(link_id=link, day=date(2026, 1, 1), kind=results.OPENED)
            time.sleep(GAP)
            row.count += 1
            row.save()


def opened(number: int) -> int:
    """How many openings were counted."""
    return sum(Tally.objects.values_list("count", flat=True))
