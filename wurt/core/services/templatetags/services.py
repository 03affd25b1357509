"""``{% load services %}``: words of stages."""

from django import template

from wurt.core.services.forms import STATES
from wurt.core.services.stages import Stage

register = template.Library()


@register.filter
def stage_word(value: str) -> str:
    """The word of a stage; other text stays as it is."""
    return str(Stage(value).label) if value in Stage.values else value


@register.filter
def stage_kind(value: str) -> str:
    """The colour of its badge."""
    return {
        Stage.LIVE: "success",
        Stage.PILOT: "info",
        Stage.TEST: "info",
        Stage.PREPARATION: "warning",
    }.get(Stage(value), "danger" if value == Stage.ENDED else "info")


@register.filter
def handover_word(value: str) -> str:
    """How far a hand-over is, in words."""
    return str(STATES[value])
