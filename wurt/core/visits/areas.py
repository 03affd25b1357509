"""Which part of the site a page belongs to, and which place it is about: modules say so once, at start.

::

    areas.register(Area("agenda", _("Digital agenda"), ("agenda",)))
    areas.register_place("agenda:project", place_of_project)   # arguments of the address -> slug or ""
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger("wurt.visits")

ALL, NONE, OTHER = "*", "-", "other"
EVERYWHERE, NOWHERE, WHOLE_SITE = _("all places"), _("pages without a place"), _("the whole site")
FRESH = 600.0
"""Seconds for which the place of a page is remembered."""
MOST = 4000


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the site. ``namespaces``: of its addresses."""

    key: str
    label: str | Promise
    namespaces: tuple[str, ...]


Finder = Callable[[Mapping[str, Any]], str]

_areas: dict[str, Area] = {}
_by_namespace: dict[str, str] = {}
_finders: dict[str, Finder] = {}
_places: dict[tuple[object, ...], tuple[float, str]] = {}


def register(*areas: Area) -> None:
    """Make areas known; the same again changes nothing."""
    for area in areas:
        _areas[area.key] = area
        _by_namespace.update(dict.fromkeys(area.namespaces, area.key))


def register_place(view_name: str, finder: Finder) -> None:
    """Say how to find the place that a page is about: its slug, "" for none."""
    _finders[view_name] = finder


def areas() -> tuple[Area, ...]:
    """All areas in the order of their registration, then what belongs to none."""
    return (*_areas.values(), Area(OTHER, _("other pages"), ()))


def figure_name(area: Area) -> str | Promise:
    """The name of the area's figure, in the language of whoever reads it."""
    return format_lazy(_("Sum of daily visitors: {area}"), area=area.label)


def area_of(view_name: str) -> str:
    """The area of an address by its name, such as ``agenda:project``."""
    return _by_namespace.get(view_name.partition(":")[0], OTHER)


def place_of(view_name: str, arguments: Mapping[str, Any]) -> str:
    """The place that the page is about; never where its reader is."""
    finder = _finders.get(view_name)
    if finder is None:
        return NONE
    key = (view_name, *sorted(arguments.items()))
    until, place = _places.get(key, (0.0, NONE))
    if time.monotonic() >= until:
        try:
            place = finder(arguments) or NONE
        except Exception:
            # A count is not worth a page.
            logger.warning("the place of %s was not found", view_name, exc_info=True)
            place = NONE
        if len(_places) >= MOST:
            _places.clear()
        _places[key] = (time.monotonic() + FRESH, place)
    return place
