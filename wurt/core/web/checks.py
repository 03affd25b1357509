"""System checks of the page frame."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register
from django.urls import NoReverseMatch, reverse

from wurt.core.web import menu


@register()
def menu_entries_resolve(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every registered menu entry has an address and, if it names one, a parent."""
    found: list[CheckMessage] = []
    known = {entry.identity for entry in menu.registered()}
    for entry in menu.registered():
        if entry.parent is not None and entry.parent not in known:
            found.append(
                Warning(
                    f"Menu entry {entry.url_name!r} has an unknown parent {entry.parent!r}.", id="web.W002"
                )
            )
        if not entry.url_name:
            continue
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            found.append(
                Warning(f"Menu entry {entry.url_name!r} has no address and is not shown.", id="web.W001")
            )
    return found
