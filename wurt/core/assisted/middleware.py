"""Puts the acting actor on every request of the mode, and refuses what does not belong into it."""

import contextlib
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from wurt.core.accounts.actors import actor_for
from wurt.core.action.actor import Actor
from wurt.core.assisted.actions.sessions import end_session
from wurt.core.assisted.dead_ends import after_a_change
from wurt.core.assisted.models import End
from wurt.core.assisted.standing import IDLE, Standing, acting, find
from wurt.core.assisted.whose import standing_of
from wurt.core.db.errors import DomainError

KEY = "assisted"
"""In the session of the login: id of the session of acting, and when a page was asked for last."""
OWN_ACCOUNT = "/konto/"
SIGN_OUT = "account_logout"
UNBOUND = frozenset({SIGN_OUT, "assisted:end", "notices:unsubscribe"})
"""Forms that may come from any page: they end something, or a signed link in them says for whom."""


def enter(request: HttpRequest, assistance: UUID) -> None:
    """From the next request on, this browser acts for somebody."""
    request.session[KEY] = {"id": str(assistance), "seen": int(time.time())}


def leave(request: HttpRequest) -> None:
    """From the next request on, this browser acts for nobody."""
    request.session.pop(KEY, None)


class AssistedMiddleware:
    """Runs after the one that finds out who is signed in. Visitors cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(KEY):
            self._enter_mode(request)
        return self.get_response(request)

    def _enter_mode(self, request: HttpRequest) -> None:
        held = request.session[KEY]
        own = actor_for(request)
        idle = time.time() - held["seen"] > IDLE.total_seconds()
        found = End.IDLE if idle else find(own, UUID(held["id"]))
        if isinstance(found, End):
            self._over(request, own, UUID(held["id"]), found)
            return
        if time.time() - held["seen"] > 60:
            enter(request, found.public_id)
        request.assisted = found  # type: ignore[attr-defined]
        request.once_mark = found.mark  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: acting(found))  # type: ignore[attr-defined]

    def _over(self, request: HttpRequest, own: Actor, assistance: UUID, why: End) -> None:
        leave(request)
        with contextlib.suppress(DomainError):  # it may be gone, or not this login's
            end_session(own, assistance=assistance, why=why)
        messages.warning(request, _("You no longer act for somebody else: %(why)s.") % {"why": why.label})

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The answer instead of the view, where the mode forbids it."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        standing = standing_of(request)
        if request.method == "POST" and name not in UNBOUND and not self._belongs(request, standing):
            values = {"standing": standing, "ways": after_a_change(request)}
            return render(request, "assisted/other_person.html", values, status=409)
        if standing is None:
            return None
        if name == SIGN_OUT and request.method == "POST":
            end_session(standing.own, assistance=standing.public_id, why=End.SIGNED_OUT)
            leave(request)
        elif request.path.startswith(OWN_ACCOUNT) and name != SIGN_OUT:
            if name == "accounts:mine":
                return HttpResponseRedirect(reverse("assisted:desk"))
            return render(request, "assisted/own_account.html", {"standing": standing}, status=403)
        return None

    def _belongs(self, request: HttpRequest, standing: Standing | None) -> bool:
        """Was the form opened for the person acted for now (or for oneself, if that is nobody)?"""
        _token, _dot, mark = request.POST.get("once", "").partition(".")
        return (f".{mark}" if mark else "") == (standing.mark if standing else "")
