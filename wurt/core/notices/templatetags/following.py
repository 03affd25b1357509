"""``{% load following %}{% follow_box "projekt" slug %}``: does whoever reads follow it, and the button."""

from typing import Any

from django import template
from django.template.context import Context

from wurt.core.db.errors import NotFound
from wurt.core.notices.queries import topic_page

register = template.Library()


@register.inclusion_tag("notices/follow_box.html", takes_context=True)
def follow_box(context: Context, slug: str, part: str) -> dict[str, Any]:
    """Visitors get the way to the form; who is signed in sees whether they follow, or, while acting for
    somebody, whether that person does."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    try:
        state = topic_page(actor, slug, part) if actor is not None and actor.signed_in else None
    except NotFound:
        state = None
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "slug": slug,
        "part": part,
        "state": state,
        "standing": getattr(request, "assisted", None),
    }
