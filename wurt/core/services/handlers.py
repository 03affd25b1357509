"""What services do when they are told something, and by the clock."""

from datetime import timedelta

from wurt.core.action.actor import Actor
from wurt.core.outbox.registry import every, handles
from wurt.core.services.actions.handover import begin_handovers, move_batch
from wurt.core.services.actions.stages import tell_begun
from wurt.core.services.events import BatchDue, StageBegan
from wurt.core.services.notices import tell_stage

SYSTEM = Actor.for_system("worker")


@handles(StageBegan)
def tell_followers(event: StageBegan) -> None:
    """Whoever follows the service hears of its new stage, once."""
    tell_stage(SYSTEM, event.stage)


@every(timedelta(hours=1))
def tell_what_began() -> None:
    """Stages that were planned for a day that has come."""
    tell_begun(SYSTEM)


@handles(BatchDue)
def move_next(event: BatchDue) -> None:
    """One batch of a hand-over, and the order for the next, in one transaction."""
    move_batch(SYSTEM, hand_over=event.hand_over, step=event.step)


@every(timedelta(hours=1))
def begin_what_is_due() -> None:
    """Hand-overs whose day has come."""
    begin_handovers(SYSTEM)
