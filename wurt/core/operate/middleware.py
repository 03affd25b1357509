"""The outermost layers: every request gets an id and is counted; probes and maintenance come before pages."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.urls import resolve
from django.utils import timezone, translation

from wurt.core.action.actor import Actor, Role
from wurt.core.db import request_id
from wurt.core.operate import maintenance, metrics

logger = logging.getLogger("wurt.access")
lookers = logging.getLogger("wurt.maintenance")

PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked by machines on the inside, by address and not by name: they need no host, session or language."""


class RequestIdMiddleware:
    """``X-Request-ID`` in (from a trusted proxy only) and out; one line and one count per request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusts_proxy = bool(settings.WURT_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "") if self.trusts_proxy else ""
        identity = request_id.accepted(given)
        with request_id.requested(identity):
            start = time.perf_counter()
            response = self.get_response(request)
            seconds = time.perf_counter() - start
            response.headers["X-Request-ID"] = identity
            view = request.resolver_match.view_name if request.resolver_match else ""
            metrics.count(request.method or "", view, response.status_code, seconds)
            logger.info(
                "%s %s %s",
                request.method,
                view or "-",
                response.status_code,
                extra={
                    "fields": {
                        "method": request.method,
                        "view": view,
                        "status": response.status_code,
                        "ms": round(seconds * 1000, 1),
                    }
                },
            )
        return response


class MaintenanceMiddleware:
    """Answers the probes, and 503 for everything else while maintenance is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in PROBES:
            match = request.resolver_match = resolve(request.path)
            answer: HttpResponseBase = match.func(request)
            return answer
        state = maintenance.current()
        if state is None or may_ask(request, state):
            return self.get_response(request)
        return unavailable(request, state)


def may_ask(request: HttpRequest, state: maintenance.Maintenance) -> bool:
    """Is it worth asking who this is? Only a session that reads, and only if the operator lets people look
    in; everybody else gets the page without a database."""
    return (
        state.look_in
        and request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME in request.COOKIES
    )


class LookInMiddleware:
    """During maintenance lets administrators with their second factor read, each answer noted in the log.

    Stands behind the middleware that knows the actor. Whatever goes wrong with the database meanwhile shows
    the maintenance page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        state = maintenance.current()
        if state is None:
            return self.get_response(request)
        try:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            administers = any(one.role == Role.COUNTY_ADMIN for one in actor.grants)
        except DatabaseTrouble:
            return unavailable(request, state)
        if not (state.look_in and actor.second_factor and administers):
            return unavailable(request, state)
        lookers.warning("maintenance: %s looks in", actor.public_id)
        response = self.get_response(request)
        return unavailable(request, state) if response.status_code >= 500 else response


def unavailable(request: HttpRequest, state: maintenance.Maintenance) -> HttpResponse:
    """503 with a page that needs no database."""
    with translation.override(translation.get_language_from_request(request)):
        until = timezone.localtime(state.until) if state.until and not state.overdue else None
        page = loader.render_to_string(
            "operate/maintenance.html",
            {
                "text": state.text,
                "until": until,
                "today": until is not None and until.date() == timezone.localdate(),
            },
        )
        language = translation.get_language() or ""
    response = HttpResponse(page, status=503, headers={"Content-Language": language})
    response["Retry-After"] = str(state.retry_after)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # meant so: no error in the log
    return response
