"""Pages that show the same to everybody: kept by browsers, marked where their records are invented."""

import functools
import hashlib
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

import wurt
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import today
from wurt.core.web.kept import SHELF, may_be_kept, page_of_answer
from wurt.core.web.messages import cookie_name

View = Callable[..., HttpResponseBase]


def _personal(request: HttpRequest) -> bool:
    """Does the answer hold anything of this visitor (account menu, a message)? Then nobody keeps it."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or cookie_name() in request.COOKIES


def _stamp(request: HttpRequest) -> tuple[str, datetime] | None:
    """What a page depends on: last write, day, language, release, and the proof of origin of its forms.

    Every action leaves an audit entry in its own transaction, so nothing shown changes without a new one.
    """
    if _personal(request) or settings.DEBUG:
        return None
    stamp: tuple[str, datetime] | None = getattr(request, "stamp", None)
    if stamp is None:
        change = AuditEntry.objects.order_by("-pk").values_list("pk", "at").first()
        day = timezone.make_aware(datetime.combine(today(), time()))
        depends = (
            change,
            day,
            getattr(request, "LANGUAGE_CODE", ""),
            wurt.__version__,
            request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        )
        mark = hashlib.sha256(repr(depends).encode()).hexdigest()[:32]
        stamp = (f'W/"{mark}"', max(change[1], day) if change else day)
        request.stamp, request.last_entry = stamp, change  # type: ignore[attr-defined]
    return stamp


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    stamp = _stamp(request)
    return stamp[0] if stamp else None


def _modified(request: HttpRequest, *args: Any, **kwargs: Any) -> datetime | None:
    stamp = _stamp(request)
    return stamp[1] if stamp else None


def public_page(seconds: int = 0, *, keep: bool = False) -> Callable[[View], View]:
    """GET and HEAD only; ETag and Last-Modified for anonymous visitors; fresh for ``seconds``.

    ``keep``: the finished page stays in memory for the next visitors (``kept.py``). Only for pages that show
    nothing but what actions wrote.
    """

    def decorate(view: View) -> View:
        checked = require_safe(condition(etag_func=_etag, last_modified_func=_modified)(view))

        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            key = _key_of(request) if keep else None
            kept = SHELF.get(key) if key and not _conditional(request) else None
            if kept is not None:
                return kept.answer()
            response = made(request, *args, **kwargs)
            if key and (page := page_of_answer(response, request)) is not None:
                SHELF.put(key, page, settings.WURT_KEPT_PAGES_BYTES)
            return response

        def made(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase = checked(request, *args, **kwargs)
            if "Cache-Control" not in response:
                if _personal(request):
                    patch_cache_control(response, private=True, no_store=True)
                else:
                    patch_cache_control(response, public=True, max_age=seconds)
                    if not seconds:
                        patch_cache_control(response, must_revalidate=True)
            return response

        return answer

    return decorate


def _key_of(request: HttpRequest) -> tuple[str, str] | None:
    """Address and stamp of a page that may be kept."""
    stamp = _stamp(request) if may_be_kept(request) else None
    return (request.get_full_path(), stamp[0]) if stamp and request.last_entry else None  # type: ignore[attr-defined]


def _conditional(request: HttpRequest) -> bool:
    """Does the browser have the page and only asks whether it still holds? Then the answer is 304."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def page_of(request: HttpRequest) -> int:
    """The page of a list that the address asks for (``seite``), from 1; what makes no sense is the first."""
    value = request.GET.get("seite", "")
    return max(1, int(value)) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


def show(request: HttpRequest, template: str, *, example: bool, **context: Any) -> HttpResponse:
    """Render a page; ``example`` puts the mark of invented records on it and keeps robots away."""
    request.example = example  # type: ignore[attr-defined]
    response = render(request, template, context)
    if example:
        response["X-Robots-Tag"] = "noindex"
    return response


def download(content: bytes, kind: str, name: str, *, example: bool, inline: bool = False) -> HttpResponse:
    """A file made on request. Its name carries the mark of invented records."""
    stem, _dot, end = name.rpartition(".")
    file = f"{stem}-beispieldaten.{end}" if example else name
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{file}"'
    if example:
        response["X-Robots-Tag"] = "noindex"
    return response
