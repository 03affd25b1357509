"""What the desk does when it is told something, and by the clock."""

from datetime import timedelta

from wurt.core.action.actor import Actor
from wurt.core.moderation.actions import telling, upkeep
from wurt.core.moderation.events import CaseDecided, ComplaintReceived, MisuseStated, ReportReceived
from wurt.core.outbox.registry import every, handles

SYSTEM = Actor.for_system("worker")


@handles(ReportReceived)
def confirm_receipt(event: ReportReceived) -> None:
    """Art. 16 (4): without undue delay."""
    telling.tell_received(SYSTEM, report=event.report)


@handles(CaseDecided)
def tell_decision(event: CaseDecided) -> None:
    """Art. 16 (5), 17 and 20 (5): everybody in the case, in one transaction with the mark "done"."""
    telling.tell_decision(SYSTEM, decision=event.decision)


@handles(ComplaintReceived)
def confirm_complaint(event: ComplaintReceived) -> None:
    """Who complained knows that it arrived."""
    telling.tell_complaint(SYSTEM, complaint=event.complaint)


@handles(MisuseStated)
def tell_misuse(event: MisuseStated) -> None:
    """Art. 23 (4): warned before, told with reasons."""
    telling.tell_misuse(SYSTEM, misuse=event.misuse, suspended=event.suspended)


@every(timedelta(hours=1))
def end_measures() -> None:
    """Measures whose last day is over."""
    upkeep.lift_expired(SYSTEM)


@every(timedelta(hours=6))
def close_cases() -> None:
    """Cases about which nobody can complain any more."""
    upkeep.close_expired(SYSTEM)
