"""What every template knows about the site: ``{{ site }}``."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info

from wurt.core.web.banners import Banner, banners_for
from wurt.core.web.desk import desk_menu, is_short
from wurt.core.web.keep_form import carried
from wurt.core.web.menu import MenuItem, menu_for
from wurt.core.web.naming import ask_for_name as ask_for_name
from wurt.core.web.naming import county_name as county_name
from wurt.core.web.readings import Reading, everyday_text_of, readings_of
from wurt.core.web.theme import theme_version


def shortcuts_cookie() -> str:
    """The cookie that switches shortcuts off in a browser; behind https bound to this host alone."""
    return "__Host-wurt_shortcuts" if settings.HTTPS else "wurt_shortcuts"


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
        return desk_menu(self.request)

    @cached_property
    def desk_menu_is_short(self) -> bool:
        return is_short(self.desk_menu)

    @cached_property
    def footer_links(self) -> list[MenuItem]:
        return menu_for(self.request, "footer")

    @cached_property
    def tools(self) -> list[MenuItem]:
        """Links beside the account menu."""
        return menu_for(self.request, "tools")

    @cached_property
    def banners(self) -> list[Banner]:
        """What stands above the content of every page just now."""
        return banners_for(self.request)

    @cached_property
    def shortcuts(self) -> bool:
        """Do keys of the keyboard do something? Only for whoever is signed in and did not switch it off."""
        cookies: dict[str, str] = getattr(self.request, "COOKIES", {})
        return self.user is not None and cookies.get(shortcuts_cookie()) != "off"

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
        """Code, own name and address of each language offered; the address leads back to this page, from a
        page in Leichte Sprache to the same in everyday language."""
        here = urlencode({"next": everyday_text_of(self.request) or self.request.get_full_path()})
        return [
            (code, get_language_info(code)["name_local"], f"{reverse('web:language', args=[code])}?{here}")
            for code, _name in settings.LANGUAGES
        ]

    @cached_property
    def readings(self) -> list[Reading]:
        """Leichte Sprache and sign language, as far as the county has them."""
        return readings_of(self.request)

    @cached_property
    def sent(self) -> list[tuple[str, str]]:
        """What a form sent, so that another language loses nothing; empty on pages that a link opens."""
        return carried(self.request)


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": Site(request)}


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
