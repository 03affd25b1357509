"""Eight coordinators set a stage for the same day; eight workers move the same hand-over."""

import time
from datetime import date, timedelta

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import now, today
from wurt.core.services.actions.handover import move_batch
from wurt.core.services.actions.stages import set_stage
from wurt.core.services.holdings import scope_of
from wurt.core.services.models import HandOver, HandOverItem, ServiceStage
from wurt.core.services.tests import toys
from wurt.core.tenancy.models import Organisation, Place

GAP = 0.03
SYSTEM = Actor.for_system("race")


def stage_same(number: int, *, day: str, fair: bool) -> None:
    """Set a stage from the same day on."""
    toys.register()
    starts = date.fromisoformat(day)
    if fair:
        set_stage(SYSTEM, service=toys.KEY, place="kreis", stage="pilot", starts=starts)
        return
    if not ServiceStage.objects.filter(service=toys.KEY, starts=starts).exists():
        time.sleep(GAP)
        with writes_allowed("control"):
            ServiceStage.objects.create(
                service=toys.KEY, place=Place.objects.get(slug="kreis"), stage="pilot", starts=starts
            )


def stages_on(number: int, *, day: str) -> int:
    """How many stages begin on a day."""
    return ServiceStage.objects.filter(service=toys.KEY, starts=date.fromisoformat(day)).count()


def moving_handover(number: int, *, cases: int) -> str:
    """A hand-over that has begun to move, with so many cases."""
    toys.register()
    place = Place.objects.get(slug="kreis")
    with writes_allowed("race"):
        HandOver.objects.all().delete()
        bodies = [
            Organisation.objects.get_or_create(slug=slug, defaults={"name": slug, "place": place})[0]
            for slug in ("alt", "neu")
        ]
        toys.cases(cases, place, bodies[0].pk)
        row = HandOver.objects.create(
            service=toys.KEY,
            place=place,
            giver=bodies[0],
            taker=bodies[1],
            effective=today() - timedelta(days=1),
            taker_signed=now(),
            started=now(),
        )
    return str(row.public_id)


def move_same(number: int, *, hand_over: str, fair: bool) -> int:
    """Move until nothing is left; how much this process moved."""
    toys.register()
    if fair:
        total = 0
        while moved := move_batch(SYSTEM, hand_over=hand_over, step=number * 100):
            total += moved
        return total
    row = HandOver.objects.get(public_id=hand_over)
    things = toys.CASES.listed(scope_of(row), 1000)
    time.sleep(GAP)
    with writes_allowed("control"):
        toys.CASES.move(scope_of(row), [held.key for held in things])
        HandOverItem.objects.bulk_create(
            [HandOverItem(hand_over=row, holding="toys.cases", key=held.key, label="") for held in things]
        )
    return len(things)


def moved_items(number: int, *, hand_over: str) -> tuple[int, bool]:
    """How many things the protocol holds, and whether the hand-over is finished."""
    row = HandOver.objects.get(public_id=hand_over)
    return row.items.count(), row.finished is not None
