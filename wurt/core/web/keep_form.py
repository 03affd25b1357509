"""Another language in the middle of a form: what was sent stays, nothing is done.

A page that answers a POST (a form with errors) cannot be left by a link without losing what was typed. There
the language switch is a small form that holds what was sent and sends it once more, with the language.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from wurt.core.web.views.language import remember

FIELD = "wechsel-sprache"
"""The name of the button; its value is the language."""
MOST = 50_000
"""Letters of a form that is carried along; a longer one keeps the ordinary links."""
_NEVER = {"csrfmiddlewaretoken", FIELD, "code", "proof"}


class KeepFormMiddleware:
    """Answers a form that was sent for another language in that language, and remembers it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code = wanted(request)
        if not code:
            return self.get_response(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        remember(response, code)
        response.headers["Content-Language"] = code
        return response


def wanted(request: HttpRequest) -> str:
    """The language that a form was sent for; "" if it was sent to do something."""
    if request.method != "POST":
        return ""
    code = request.POST.get(FIELD, "")
    return code if code in dict(settings.LANGUAGES) else ""


def keep(request: HttpRequest) -> None:
    """The page that is being made shows a form with errors, and does nothing when :func:`wanted`."""
    request.form_kept = True  # type: ignore[attr-defined]


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What to send again, without secrets; empty where a link does, and on pages that do not promise that
    sending again does nothing (:func:`keep`)."""
    if not getattr(request, "form_kept", False):
        return []
    pairs = [
        (name, value)
        for name in request.POST
        if name not in _NEVER and "password" not in name
        for value in request.POST.getlist(name)
    ]
    return pairs if sum(len(name) + len(value) for name, value in pairs) <= MOST else []
