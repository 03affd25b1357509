"""Where a short link may lead: to a public page of this site, nowhere else (no open redirect, CWE-601)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

NOT_A_TARGET = ("/verwaltung/", "/k/", "/static/", "/accounts/")
_SPOILT = set("\\\t\r\n\x00") | {chr(number) for number in range(0x20)}


def own_path(text: str) -> str:
    """The path (with query and fragment) of a target that may be used, else "".

    Takes ``/projekte/dorffunk/`` and the full address of the same page as it stands in the browser.
    """
    target = text.strip()
    if target.startswith(f"{settings.WURT_URL}/"):
        target = target.removeprefix(settings.WURT_URL)
    if not target.startswith("/") or target.startswith("//") or _SPOILT & set(target):
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith("//") or "/../" in f"{parts.path}/":
        return ""
    return target if _is_public(parts.path) else ""


def _is_public(path: str) -> bool:
    if path.startswith(NOT_A_TARGET):
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
