"""Maps the three domain errors and Django's own to pages that say what to do."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from wurt.core.db import request_id
from wurt.core.db.errors import DomainError, NotAllowed, NotFound, RuleBroken

logger = logging.getLogger("wurt.web")


class DomainErrorMiddleware:
    """NotFound → 404, NotAllowed → 403 (login if signed out, second factor if that is all that is missing),
    RuleBroken → 409 with its message. Views that can show a rule next to a field catch it themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for the three errors; everything else goes on to Django."""
        if isinstance(error, NotFound):
            return not_found(request, Http404())
        if isinstance(error, NotAllowed):
            return forbidden(request, error)
        if isinstance(error, RuleBroken):
            return render(request, "web/errors/rule.html", {"message": error.message}, status=409)
        return None


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
    return render(request, "web/errors/403.html", {"message": message}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is absent and for what may not be seen."""
    return render(request, "web/errors/404.html", {}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with an incident id that also stands in the log. Must not need the database."""
    incident = request_id.current() or request_id.fresh()
    logger.error("incident %s at %s", incident, request.path)
    return HttpResponse(loader.render_to_string("web/errors/500.html", {"incident": incident}), status=500)


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
