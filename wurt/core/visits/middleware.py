"""Tells the counter of every page that a person opens. It sets no cookie and asks the browser for nothing."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_network

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wurt.core.visits.accounts import note_active
from wurt.core.visits.areas import area_of, place_of
from wurt.core.visits.counter import packed
from wurt.core.visits.machines import by_a_person
from wurt.core.visits.wire import Sender

NOT_COUNTED = ("/verwaltung/", "/styleguide/", "/demo/")
"""The desk of staff, and what only makers see."""
SHOWN = (200, 304)


class CountMiddleware:
    """Counts after the page is made. If nobody listens, the page goes out all the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.WURT_COUNTING:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.sender = Sender(settings.VAR_DIR)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and is_visit(request, response):
            self.sender.send(
                packed(
                    network(client_address(request)),
                    request.META.get("HTTP_USER_AGENT", ""),
                    request.META.get("HTTP_HOST", ""),
                    place_of(match.view_name, match.kwargs),
                    area_of(match.view_name),
                )
            )
        if settings.SESSION_COOKIE_NAME in request.COOKIES and response.status_code < 500:
            note_active(request)
        return response


def is_visit(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Did a person see a page: not a file, a piece of one, an error, or the desk?"""
    if response.status_code not in SHOWN or request.path.startswith(NOT_COUNTED):
        return False
    kind = response.headers.get("Content-Type", "text/html")  # 304 has none
    if not kind.startswith("text/html") or not by_a_person(request):
        return False
    meta = request.META
    wanted = meta.get("HTTP_SEC_FETCH_DEST")  # every browser since 2023 (Fetch Metadata)
    if wanted is not None:
        return bool(wanted == "document") and not objects(request)
    return "text/html" in meta.get("HTTP_ACCEPT", "") and not objects(request)


def objects(request: HttpRequest) -> bool:
    """Does the browser say that its owner does not want to be counted (Global Privacy Control, DNT)?"""
    return request.META.get("HTTP_SEC_GPC") == "1" or request.META.get("HTTP_DNT") == "1"


def client_address(request: HttpRequest) -> str:
    """The address of the visitor's network connection, past the trusted proxies."""
    proxies = settings.WURT_PROXIES
    if proxies:
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(passed) >= proxies:
            return str(passed[-proxies]).strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network(address: str) -> str:
    """An IPv6 address without its last 64 bits, which a device changes every day (RFC 8981)."""
    if ":" not in address:
        return address
    try:
        return str(ip_network((IPv6Address(address.partition("%")[0]), 64), strict=False))
    except ValueError:
        return address
