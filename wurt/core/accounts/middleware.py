"""Puts ``request.actor`` on every request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from wurt.core.accounts.actors import lazy_actor
from wurt.core.accounts.models import User
from wurt.core.accounts.oidc.kinds import kinds
from wurt.core.accounts.sessions import elsewhere


def _elsewhere(request: HttpRequest) -> int:
    user = request.user
    return elsewhere(user, request.session.session_key or "") if isinstance(user, User) else 0


class ActorMiddleware:
    """``request.actor`` is lazy: a public page that never asks costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = lazy_actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """allauth's pages bring a ``site`` of their own, which would hide the one that the page frame
        shows."""
        if response.context_data is not None and "LOGIN_BY_CODE_ENABLED" in response.context_data:
            del response.context_data["site"]
            response.context_data["signup_open"] = settings.WURT_SIGNUP
            response.context_data["sign_in_ways"] = kinds()
            response.context_data["sessions_elsewhere"] = lambda: _elsewhere(request)
        return response
