"""Maps the three domain errors and Django's own to pages that say what to do."""

import logging
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import Error as DatabaseTrouble
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from wurt.core.db import request_id
from wurt.core.db.contention import is_away
from wurt.core.db.errors import DomainError, NotAllowed, NotFound, RuleBroken
from wurt.core.db.schema import is_empty
from wurt.core.web.naming import last_known_name
from wurt.core.web.theme import theme_version
from wurt.core.web.ways import ways_for

logger = logging.getLogger("wurt.web")

RETRY_AFTER = 30
"""Seconds after which a page may be asked for again while the database is away."""


class DomainErrorMiddleware:
    """NotFound → 404, NotAllowed → 403 (login if signed out, second factor if that is all that is missing),
    RuleBroken → 409 with its message, a link to what only takes forms → 405. Views that can show a rule next
    to a field catch it themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and isinstance(response, HttpResponseNotAllowed) and not response.content:
            return _only_forms(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for the three errors; everything else goes on to Django."""
        if isinstance(error, NotFound):
            return not_found(request, Http404())
        if isinstance(error, NotAllowed):
            return forbidden(request, error)
        if isinstance(error, RuleBroken):
            return rule_broken(request, error)
        return None


def _only_forms(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    """The answer to a GET of an address of forms, with words in place of an empty page."""
    values = {"ways": ways_for(request, refused.status_code)}
    response = render(request, "web/errors/405.html", values, status=refused.status_code)
    response["Allow"] = refused["Allow"]
    return response


def rule_broken(request: HttpRequest, error: RuleBroken) -> HttpResponse:
    """409: the rule's message, and what to do."""
    values = {"message": error.message, "ways": ways_for(request, 409)}
    return render(request, "web/errors/rule.html", values, status=409)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "web/errors/400.html", {}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, or the way to log in or to set up the second factor when that is what is missing."""
    code = getattr(exception, "code", "")
    if not request.user.is_authenticated and request.method == "GET":
        return HttpResponseRedirect(
            f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        )
    if code.endswith(":second_factor"):
        messages.warning(
            request, _("Please sign in with your second factor first; it protects the county's data.")
        )
        target = request.get_full_path() if request.method == "GET" else ""
        return HttpResponseRedirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': target})}")
    if not request.user.is_authenticated:
        return _logged_out(request)
    message = exception.message if isinstance(exception, DomainError) else ""
    values = {"message": message, "ways": ways_for(request, 403)}
    return render(request, "web/errors/403.html", values, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is absent and for what may not be seen."""
    return render(request, "web/errors/404.html", {}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with an incident id that also stands in the log, or 503 while the database is away. Must not need
    the database."""
    incident = request_id.current() or request_id.fresh()
    error = sys.exception()
    if is_away(error):
        return _away(request, incident, str(error).strip())
    if isinstance(error, DatabaseTrouble) and is_empty():
        return _away(request, incident, "nothing is set up in it; run `wurt init` or `wurt restore`")
    logger.error("incident %s at %s", incident, request.path)
    return HttpResponse(loader.render_to_string("web/errors/500.html", {"incident": incident}), status=500)


def _away(request: HttpRequest, incident: str, why: str) -> HttpResponse:
    """503: the database is away, all else is there."""
    logger.error("the database is away, incident %s: %s", incident, why)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if request.resolver_match and ":api:" in request.resolver_match.view_name:
        text = '{"message": "The database is away. See Retry-After."}'
        response = HttpResponse(text, "application/json; charset=utf-8", status=503, headers=headers)
    else:
        with translation.override(translation.get_language_from_request(request)):
            page = loader.render_to_string(
                "web/errors/503.html",
                {
                    "site": {
                        "county_name": last_known_name(),
                        "name": getattr(settings, "WURT_SITE_NAME", "Wurt"),
                        "mark": reverse("web:mark") if settings.WURT_MARK else "",
                        "theme_version": theme_version(),
                    },
                    "incident": incident,
                    "sent": request.method == "POST",
                },
            )
            headers["Content-Language"] = translation.get_language() or ""
        response = HttpResponse(page, status=503, headers=headers)
    response._has_been_logged = True  # type: ignore[attr-defined]  # one line says it; no traceback for each
    return response


_open_prefixes: list[str] = []


def open_to_all(*prefixes: str) -> None:
    """Register addresses with forms that need no login: there a missing proof of origin is not told as a
    session that ended."""
    _open_prefixes.extend(prefix for prefix in prefixes if prefix not in _open_prefixes)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's proof of origin is missing or old: explain, lose nothing (the browser's back button keeps
    the text). Without a login that is most often the reason, so it is said first.
    """
    user = getattr(request, "user", None)
    is_open = request.path in _open_to_all() or request.path.startswith(tuple(_open_prefixes))
    if (user is None or not user.is_authenticated) and not is_open:
        return _logged_out(request)
    return render(request, "web/errors/csrf.html", {}, status=403)


def _open_to_all() -> set[str]:
    """Forms that nobody needs a login for; there "you are logged out" would explain nothing."""
    return {reverse("account_login"), reverse("account_reset_password")}


def _logged_out(request: HttpRequest) -> HttpResponse:
    """403 for a form that was sent after the session ended: the way to the login and back to the form."""
    login = f"{reverse('account_login')}?{urlencode({'next': _form_page(request)})}"
    return render(request, "web/errors/logged_out.html", {"login": login}, status=403)


def _form_page(request: HttpRequest) -> str:
    """Path of the page with the form: where the browser says it came from, else where it was sent to."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
    return request.path


def back_to(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """Redirect to a local ``next`` address, else to the fallback."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(target)
    return HttpResponseRedirect(fallback)
