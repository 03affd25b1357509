"""What every template knows about the site: ``{{ site }}``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info

from wurt.core.web.menu import MenuItem, menu_for
from wurt.core.web.theme import theme_version


@dataclass
class Site:
    """Read lazily: a page that shows no menu pays for none."""

    request: HttpRequest

    @cached_property
    def county_name(self) -> str:
        return county_name()

    @cached_property
    def name(self) -> str:
        """The name of the platform beside the county's, e.g. "Digitale Agenda"."""
        return str(getattr(settings, "WURT_SITE_NAME", "Wurt"))

    @cached_property
    def mark(self) -> str:
        """Address of the county's own mark; empty: ours."""
        return _url("web:mark") if getattr(settings, "WURT_MARK", "") else ""

    @cached_property
    def theme_version(self) -> str:
        """Changes with the accent; empty while the county has none of its own."""
        return theme_version()

    @cached_property
    def menu(self) -> list[MenuItem]:
        return menu_for(self.request, "public")

    @cached_property
    def desk_menu(self) -> list[MenuItem]:
        return menu_for(self.request, "staff")

    @cached_property
    def footer_links(self) -> list[MenuItem]:
        return menu_for(self.request, "footer")

    @cached_property
    def tools(self) -> list[MenuItem]:
        """Links beside the account menu."""
        return menu_for(self.request, "tools")

    @cached_property
    def is_example(self) -> bool:
        """Is this the demo, or did the view mark what it shows as invented (``request.example``)?"""
        return bool(getattr(self.request, "example", False) or getattr(settings, "WURT_DEMO", False))

    @cached_property
    def user(self) -> Any:
        """The person at the screen, or None where nobody is logged in."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def search_url(self) -> str:
        """Where the box in the head of every page leads."""
        return _url("search:page")

    @cached_property
    def login_url(self) -> str:
        return _url("account_login")

    @cached_property
    def logout_url(self) -> str:
        return _url("account_logout")

    @cached_property
    def languages(self) -> list[tuple[str, str, str]]:
        """Code, own name and address of each language offered; the address leads back to this page."""
        here = urlencode({"next": self.request.get_full_path()})
        return [
            (code, get_language_info(code)["name_local"], f"{reverse('web:language', args=[code])}?{here}")
            for code, _name in settings.LANGUAGES
        ]


_name_sources: list[Callable[[], str]] = []


def ask_for_name(source: Callable[[], str]) -> None:
    """Register who knows the county's name (tenancy; the page frame itself knows no places)."""
    _name_sources[:] = [source]


def county_name() -> str:
    """Configured name, else the county's in the database, else the platform's."""
    configured = str(getattr(settings, "WURT_COUNTY_NAME", ""))
    return configured or next((name for source in _name_sources if (name := source())), "Wurt")


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": Site(request)}


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
