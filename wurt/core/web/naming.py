"""What the county is called, also while nobody can be asked."""

from collections.abc import Callable

from django.conf import settings

_name_sources: list[Callable[[], str]] = []
_last_name: list[str] = []
"""The name that the database told last."""


def ask_for_name(source: Callable[[], str]) -> None:
    """Register who knows the county's name (tenancy; the page frame itself knows no places)."""
    _name_sources[:] = [source]


def county_name() -> str:
    """Configured name, else the county's in the database, else the platform's."""
    configured = str(getattr(settings, "WURT_COUNTY_NAME", ""))
    if configured:
        return configured
    name = next((name for source in _name_sources if (name := source())), "Wurt")
    _last_name[:] = [name]
    return name


def last_known_name() -> str:
    """The same without a question to the database."""
    return str(getattr(settings, "WURT_COUNTY_NAME", "")) or next(iter(_last_name), "Wurt")
