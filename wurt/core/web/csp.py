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
PERMISSIONS_POLICY = "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"


class SecurityHeadersMiddleware:
    """Sets the headers on every response that has not set them itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = build_policy(getattr(settings, "SECURE_CSP", DEFAULT_CSP))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if self.policy:
            response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response


def build_policy(directives: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(" ".join([name, *map(str, sources)]) for name, sources in directives.items())
