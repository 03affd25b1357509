"""Security headers. Names and shape follow Django 6.0 (``SECURE_CSP``, ``CSP``), so that an upgrade only
swaps the middleware."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class CSP(StrEnum):
    """Sources of a directive, as in ``django.utils.csp`` of Django 6.0."""

    SELF = "'self'"
    NONE = "'none'"


# Icons of the design system are data: masks, hence img-src data:. Nothing inline, nothing from elsewhere.
DEFAULT_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), "
    "browsing-topics=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Sets the headers on every response that has not set them itself, static files and redirects included.

    What is answered to somebody with a session is kept by no cache and no browser (ASVS 5.0, V14.3.2), unless
    the view says that it is the same for everybody (``Cache-Control: public``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = build_policy(getattr(settings, "SECURE_CSP", DEFAULT_CSP))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if self.policy:
            response.headers.setdefault("Content-Security-Policy", self.policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        name = settings.SESSION_COOKIE_NAME
        public = response.headers.get("Cache-Control", "").startswith("public")
        # A cookie of somebody's session must never lie in a cache that others share, whatever the view says.
        if name in response.cookies or (name in request.COOKIES and not public):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def build_policy(directives: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(" ".join([name, *map(str, sources)]) for name, sources in directives.items())
