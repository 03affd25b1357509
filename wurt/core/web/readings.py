"""Other readings of these pages than a language: Leichte Sprache and sign language, beside the languages.

A view whose page has the same in Leichte Sprache says so by :func:`has_easy`, the page that holds it by
:func:`is_easy`. Where there is none, whoever knows the county's own pages (:func:`ask_for_readings`) says
where the entry of the language switch leads.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry of the language switch; its label is German in every language. ``current``: this is it."""

    label: str
    url: str
    current: bool = False


_sources: list[Callable[[HttpRequest], list[Reading]]] = []


def has_easy(request: HttpRequest, url: str) -> None:
    """The page that is being made has its text in Leichte Sprache at ``url``."""
    request.easy_text = url  # type: ignore[attr-defined]


def is_easy(request: HttpRequest, everyday: str) -> None:
    """The page that is being made is in Leichte Sprache; ``everyday``: the same in everyday language."""
    request.everyday_text = everyday  # type: ignore[attr-defined]


def easy_text_of(request: HttpRequest) -> str:
    """Where this page's text in Leichte Sprache stands; empty if it has none."""
    return str(getattr(request, "easy_text", ""))


def everyday_text_of(request: HttpRequest) -> str:
    """Where the same as this page stands in everyday language; empty if this page is no easy one."""
    return str(getattr(request, "everyday_text", ""))


def ask_for_readings(source: Callable[[HttpRequest], list[Reading]]) -> None:
    """Register who knows the county's pages in Leichte Sprache and sign language."""
    _sources[:] = [source]


def readings_of(request: HttpRequest) -> list[Reading]:
    """The entries beside the languages, on this page."""
    return [reading for source in _sources for reading in source(request)]
