"""What all views of the public agenda share: the actor, redirects of renamed projects."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.web.public import show
from wurt.modules.agenda.queries.public_project import moved_to
from wurt.modules.agenda.queries.public_published import Withdrawn

View = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def tell_withdrawn(view: View) -> View:
    """For addresses of a month: one that was withdrawn is gone (410), and the page says why."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as gone:
            response = show(request, "agenda/withdrawn.html", example=gone.example, gone=gone)
            response.status_code = 410
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            return response

    return answer


def follow_renames(view: View) -> View:
    """For addresses with a project's ``slug``: an old one leads on to the new one, for good."""

    @functools.wraps(view)
    def answer(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, slug=slug, **kwargs)
        except NotFound as missing:
            if missing.code != "agenda.project":
                raise
            now = moved_to(actor_of(request), slug)
            match = request.resolver_match
            assert match is not None
            address = reverse(match.view_name, kwargs={**match.kwargs, "slug": now})
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{address}?{query}" if query else address, permanent=True)

    return answer
