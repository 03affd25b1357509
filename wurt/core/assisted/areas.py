"""What can be done for somebody else: rooms and modules register it in ``AppConfig.ready``.

Example::

    register_area(Area("tickets", _("Tickets"), _("Book and cancel rides.")))
    register(AssistedAction("shuttle.book", "tickets", _("Book a ride"), "shuttle:book",
        sentences={"shuttle.book_ride": lambda ride: _("A seat is booked on …")}))

An area is what a permission names (``Permission.assisted``) and what a mandate may hold. The sentence is
asked in the action, with the thing just recorded, and becomes a line of the confirmation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise

from wurt.core.audit.words import action_word

Text = str | Promise
Sentence = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Area:
    """``delegable``: a mandate may hold it. What changes mandates is not: nobody passes a mandate on."""

    key: str
    label: Text
    meaning: Text
    delegable: bool = True


@dataclass(frozen=True, slots=True)
class AssistedAction:
    """A line of the start page: ``url_name`` leads to the page on which it is done. ``sentences``: by action
    of the trail, what the confirmation says, in plain words to the person ("You …")."""

    key: str
    area: str
    label: Text
    url_name: str
    meaning: Text = ""
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    order: int = 100


_areas: dict[str, Area] = {}
_actions: dict[str, AssistedAction] = {}


def register_area(*areas: Area) -> None:
    """Add areas; the same key again replaces, so that ``ready`` may run twice."""
    _areas.update({area.key: area for area in areas})


def register(*actions: AssistedAction) -> None:
    """Add what can be done; the same key again replaces."""
    _actions.update({action.key: action for action in actions})


def areas(*, delegable: bool = False) -> tuple[Area, ...]:
    """All areas in the order of their registration, or those that a mandate may hold."""
    return tuple(area for area in _areas.values() if area.delegable or not delegable)


def area_names(keys: list[str]) -> tuple[str, ...]:
    """Labels of areas; those that nobody registers any more are left out."""
    return tuple(str(_areas[key].label) for key in keys if key in _areas)


def actions_in(allowed: frozenset[str]) -> tuple[AssistedAction, ...]:
    """What the start page lists for somebody with these areas, in order."""
    found = [action for action in _actions.values() if action.area in allowed]
    return tuple(sorted(found, key=lambda action: (action.order, action.key)))


def sentence(action: str, thing: models.Model) -> str:
    """The line of the confirmation, in German as all letters are; else the action's name in the trail."""
    with translation.override("de"):
        for known in _actions.values():
            if action in known.sentences:
                return known.sentences[action](thing)
        return action_word(action)
