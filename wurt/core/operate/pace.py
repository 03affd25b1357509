"""How often one connection may ask what costs us much: searching, and the interface for programs.

Counted in the memory of each server process, per network address (IPv6: the /64 that one household has), by
a keyed hash with a key that lives as long as the process: nothing about visitors is written anywhere, and
reading a page writes nothing. With N processes a connection gets at most N times the pace. Writing forms have
counts of their own that all processes share (``core/spamguard``, allauth).
"""

import hashlib
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

MINUTE = 60.0
MOST_KNOWN = 50_000
"""So many connections are remembered; when more come, all are forgotten rather than the memory filled."""


def connection_of(request: HttpRequest) -> str:
    """The network address that asks. Of ``X-Forwarded-For`` only what the trusted proxies added is believed:
    the entry that the outermost of the ``WURT_PROXIES`` proxies wrote; whatever stands left of it is the
    visitor's own word."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.WURT_PROXIES
    if not proxies:
        return direct
    hops = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return hops[-proxies] if len(hops) >= proxies and hops[-proxies] else direct


def _household(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else address


@dataclass(slots=True)
class _Bucket:
    left: float
    filled: float


class Pace:
    """A token bucket per connection and name: ``amount`` at once, refilled within a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.key = secrets.token_bytes(32)
        self.buckets: dict[bytes, _Bucket] = {}

    def wait(self, name: str, address: str, amount: int) -> int:
        """Take one. 0: go on; else the seconds after which to come again."""
        who = hashlib.blake2b(f"{name} {_household(address)}".encode(), key=self.key, digest_size=12).digest()
        now = self.clock()
        if len(self.buckets) > MOST_KNOWN:
            self.buckets.clear()
        bucket = self.buckets.setdefault(who, _Bucket(amount, now))
        bucket.left = min(float(amount), bucket.left + (now - bucket.filled) * amount / MINUTE)
        bucket.filled = now
        if bucket.left < 1:
            return int((1 - bucket.left) * MINUTE / amount) + 1
        bucket.left -= 1
        return 0


class PaceMiddleware:
    """429 for a connection that asks faster than ``WURT_PACES`` allows: beginnings of view names, and how
    many answers a minute. Comes after the address is resolved and before anything is looked up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pace = Pace()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The answer to those who are too fast."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        for beginning, amount in settings.WURT_PACES.items():
            if name.startswith(beginning):
                seconds = self.pace.wait(beginning, connection_of(request), amount)
                return _too_fast(request, beginning, seconds) if seconds else None
        return None


def _too_fast(request: HttpRequest, beginning: str, seconds: int) -> HttpResponse:
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if ":api:" in beginning:
        text = '{"message": "Too many requests. See Retry-After."}'
        return HttpResponse(text, "application/json; charset=utf-8", status=429, headers=headers)
    response = render(request, "operate/too_fast.html", {"seconds": seconds}, status=429)
    for key, value in headers.items():
        response[key] = value
    return response
