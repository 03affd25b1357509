"""Choosing the language: a link, so that public pages set no cookie and can be kept by proxies."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wurt.core.web.errors import back_to

YEAR = 365 * 24 * 60 * 60


@never_cache
@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language in a cookie and go back to the page in ``next``. Raises Http404 for others."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = back_to(request, "/")
    remember(response, code)
    return response


def remember(response: HttpResponseBase, code: str) -> None:
    """Keep the language in the cookie that Django reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
