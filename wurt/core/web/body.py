"""What a form may send: read once, early; what is too large or cannot be read is answered by a page.

Django reads a form when somebody first asks for it, and that is in the middle of the middleware, where no
page can be made yet. So it is read here, and what is wrong with it is told once everything is there that a
page needs. What came too much is read to its end and thrown away, as far as that is reasonable: a browser
that still sends does not listen.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from wurt.core.web.errors import bad_request

MEGABYTE = 1024 * 1024
FILES_AT_ONCE = 4
"""Files of one form may together have so many times the size of the largest one."""
_PIECE = 256 * 1024
_PATIENCE = 30.0
_MOST_THROWN_AWAY = 1024 * MEGABYTE
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def most_at_once() -> int:
    """Bytes that one form with files may send."""
    return FILES_AT_ONCE * int(settings.WURT_UPLOAD_BYTES) + int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class BodyMiddleware:
    """413 for what is too large, 400 for what cannot be read. Stands before whatever asks for the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return self.get_response(request)
        problem = _problem(request)
        if problem is not None:
            request._mark_post_parse_error()  # type: ignore[attr-defined]  # as Django does; nobody reads it again
            request.body_problem = problem  # type: ignore[attr-defined]
        response = self.get_response(request)
        if problem is not None:
            _throw_away(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The answer instead of the view's; before the proof of origin, which stands in the form."""
        problem = getattr(request, "body_problem", None)
        if problem is None:
            return None
        if isinstance(problem, _TOO_MUCH):
            return too_large(request, problem)
        return bad_request(request, problem)


def _problem(request: HttpRequest) -> Exception | None:
    if request.content_type == "multipart/form-data" and _length(request) > most_at_once():
        return RequestDataTooBig()
    try:
        request.POST  # noqa: B018 - reading is the point
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError) as error:
        return error
    return None


def _length(request: HttpRequest) -> int:
    value = request.META.get("CONTENT_LENGTH") or "0"
    return int(value) if value.isascii() and value.isdecimal() else 0


def too_large(request: HttpRequest, problem: Exception) -> HttpResponse:
    """413 with what is allowed."""
    has_files = request.content_type == "multipart/form-data"
    context = {"message": _allowed(request, problem, has_files=has_files), "has_files": has_files}
    return render(request, "web/errors/413.html", context, status=413)


def _allowed(request: HttpRequest, problem: Exception, *, has_files: bool) -> str:
    if isinstance(problem, TooManyFilesSent):
        return _("You sent too many files: at most %(limit)d at once are possible.") % {
            "limit": settings.DATA_UPLOAD_MAX_NUMBER_FILES
        }
    if isinstance(problem, TooManyFieldsSent):
        return _("The form has too many fields: at most %(limit)d are possible.") % {
            "limit": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        }
    if has_files and _length(request) > most_at_once():
        return _(
            "You sent %(size)d MB. A single file may have at most %(each)d MB, all files of one form "
            "together %(all)d MB."
        ) % {
            "size": _length(request) // MEGABYTE,
            "each": settings.WURT_UPLOAD_BYTES // MEGABYTE,
            "all": most_at_once() // MEGABYTE,
        }
    return _("What you typed is too long: the texts of one form may have at most %(limit)d MB.") % {
        "limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
    }


def _throw_away(request: HttpRequest) -> None:
    """Read what still comes, for a while."""
    end, left = time.monotonic() + _PATIENCE, _MOST_THROWN_AWAY
    try:
        while left > 0 and time.monotonic() < end and (piece := request.read(_PIECE)):
            left -= len(piece)
    except (UnreadablePostError, ValueError):  # hung up, or closed by a reader
        return
