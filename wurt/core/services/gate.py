"""Shuts the addresses of a service while it is not open, and says when it comes and what to do instead."""

import functools
from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from wurt.core.action.actor import Actor
from wurt.core.services import queries
from wurt.core.services.registry import owner_of
from wurt.core.services.stages import Stage
from wurt.core.web.errors import not_found

View = Callable[..., HttpResponseBase]


class ServiceGateMiddleware:
    """Asks before a view runs whether the service that owns the address is open anywhere for this actor.

    A view that concerns one place asks again, with ``for_open_service`` or ``service_open``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """The page that explains, or None to go on."""
        match = request.resolver_match
        service = owner_of(request.path, match.view_name if match else "")
        if service is None or queries.service_open(_actor(request), service.key):
            return None
        return shut(request, service.key)


def for_open_service(key: str, place: Callable[..., int | None] | None = None) -> Callable[[View], View]:
    """Decorate a view: it runs only while the service is open at the place that ``place(request, …)``
    names by its id."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            where = place(request, *arguments, **named) if place else None
            if queries.service_open(_actor(request), key, where):
                return view(request, *arguments, **named)
            return shut(request, key, where)

        return answer

    return decorate


def shut(request: HttpRequest, key: str, place: int | None = None) -> HttpResponse:
    """The page of a service that is not open: 410 for one that ended, 404 for one that has not begun.

    Of a service that citizens do not hear of yet they see the usual page of an absent address.
    """
    actor = _actor(request)
    standing = queries.stands(actor, key, place)
    if not queries.is_listed(actor, key):
        return not_found(request, Http404())
    ended = standing.now.stage is Stage.ENDED
    response = render(
        request, "services/shut.html", {"standing": standing, "ended": ended}, status=410 if ended else 404
    )
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def open_in_menu(key: str) -> Callable[[HttpRequest], bool]:
    """For ``MenuEntry(permission=…)``: shown while the service is open for whoever looks."""
    return lambda request: queries.service_open(_actor(request), key)


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
