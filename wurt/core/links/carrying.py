"""A link's code goes with the visitor from page to page in the address: no cookie, no session, no script.

Whoever comes by ``/k/CODE/`` lands on ``/page/?k=CODE``. As long as the code stands in the address, pages of
this site hand it on in their own links and forms. Whoever types another address leaves it behind.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from wurt.core.links.codes import typed

PARAMETER = "k"
LARGEST = 2_000_000
"""Bytes of a page that are looked through; there is no larger one made for reading."""
_NOT_CARRIED = ("/verwaltung/", "/static/", "/k/")
# Only links to pages: files have a name with a dot and end without a slash.
_LINK = re.compile(rb'(<a\s[^>]*?href=")(/|/(?!/)[^"?#]*/)(\?[^"#]*)?(#[^"]*)?(")')
_FORM = re.compile(rb'<form\b(?![^>]*\saction="(?!/(?!/)))[^>]*>')


def carried(request: HttpRequest) -> str:
    """The code that this visitor came by, "" if none. It says nothing about who they are."""
    return typed(str(request.POST.get(PARAMETER) or request.GET.get(PARAMETER) or ""))


def with_code(path: str, code: str) -> str:
    """The address of a page of ours with the code in its query."""
    parts = urlsplit(path)
    query = f"{parts.query}&{PARAMETER}={code}" if parts.query else f"{PARAMETER}={code}"
    return urlunsplit(parts._replace(query=query))


class CarryMiddleware:
    """Hands the code on in links, forms and redirects of a page that was asked for with one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if PARAMETER not in request.META.get("QUERY_STRING", "") and request.method != "POST":
            return response
        code = "" if request.path.startswith(_NOT_CARRIED) else carried(request)
        if not code or not isinstance(response, HttpResponse):
            return response
        if "Location" in response:
            target = response["Location"]
            if target.startswith("/") and not target.startswith(("//", *_NOT_CARRIED)):
                response["Location"] = _once(target, code)
        elif response.get("Content-Type", "").startswith("text/html") and len(response.content) <= LARGEST:
            response.content = handed_on(response.content, code)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response


def _once(target: str, code: str) -> str:
    query = urlsplit(target).query
    return target if f"{PARAMETER}={code}" in query.split("&") else with_code(target, code)


def handed_on(page: bytes, code: str) -> bytes:
    """The page with the code in its links to pages of the site and in its forms."""
    mark = f"{PARAMETER}={code}".encode()

    def link(match: re.Match[bytes]) -> bytes:
        start, path, query, fragment, end = match.groups(default=b"")
        if path.startswith(tuple(part.encode() for part in _NOT_CARRIED)) or mark in query:
            return match.group()
        return start + path + (query + b"&amp;" + mark if query else b"?" + mark) + fragment + end

    def form(match: re.Match[bytes]) -> bytes:
        if any(b'action="' + part.encode() in match.group() for part in _NOT_CARRIED):
            return match.group()
        return match.group() + f'<input type="hidden" name="{PARAMETER}" value="{code}">'.encode()

    return _FORM.sub(form, _LINK.sub(link, page))
