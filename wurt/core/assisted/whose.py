"""For whom a request came, and who sits at the screen."""

from typing import cast

from django.http import HttpRequest

from wurt.core.action.actor import Actor
from wurt.core.assisted.standing import Standing


def standing_of(request: HttpRequest) -> Standing | None:
    """The session of acting in which this request came."""
    return cast(Standing | None, getattr(request, "assisted", None))


def own_actor(request: HttpRequest) -> Actor:
    """Whoever sits at the screen, for pages that are theirs even while they act for somebody."""
    standing = standing_of(request)
    return standing.own if standing else cast(Actor, request.actor)  # type: ignore[attr-defined]
