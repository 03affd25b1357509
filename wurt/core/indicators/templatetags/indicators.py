"""``{% load indicators %}``: figures as people read them."""

from django import template

from wurt.core.indicators import words
from wurt.core.indicators.rules import Figure

register = template.Library()


@register.filter
def figure(value: Figure | None, unit: object = "") -> str:
    """As "1.234", "fewer than 5"; with the unit behind it if one is given."""
    return words.figure_text(value, unit)
