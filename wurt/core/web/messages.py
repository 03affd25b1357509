"""Messages to the person at the screen ("saved"): in a cookie until the next page, else in the session."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


def cookie_name() -> str:
    """The cookie's name; behind https browsers bind it to this host alone."""
    return "__Host-messages" if settings.HTTPS else "messages"


class _Cookie(CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        return cookie_name()


class Storage(FallbackStorage):
    """As Django's own, with a cookie name that browsers protect."""

    storage_classes = (_Cookie, SessionStorage)
