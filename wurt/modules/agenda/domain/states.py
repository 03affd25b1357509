"""The state of a project at a past moment, as far as its dates tell."""

from datetime import date

from wurt.modules.agenda.domain.snapshot import State


def state_at(state: State, start: date | None, ended_on: date | None, last: date) -> State:
    """What a project that is ``state`` today was on the day ``last``."""
    if state == "planned" or (start is not None and start > last):
        return "planned"
    if ended_on is not None and ended_on > last:
        return "running" if start else "planned"
    return state
