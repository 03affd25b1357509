"""My page (``/konto/``) as a registry: rooms and modules add sections in ``AppConfig.ready``.

Example::

    register(Section("agenda-led", _("Projects that you lead"), "agenda/my_projects.html", led, order=25))

The template is shown under the title, with what ``values`` answered as ``mine``. Order: who you are 10,
roles 20, what was booked or sent 30 (``SENT``), what modules add 21 to 49, second factor 50, sessions 60,
data 90.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from wurt.core.action.actor import Actor


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page.

    ``values``: asked with the signed-in actor; what the template shows as ``mine``. None leaves the section
    out. ``order``: ascending, ties by key.
    """

    key: str
    title: str | Promise
    template: str
    values: Callable[[Actor], Mapping[str, Any] | None]
    order: int = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with its values."""

    key: str
    title: str
    template: str
    mine: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """Something the person booked or sent: what it is, how far it is, where to look."""

    label: str
    state: str
    at: datetime
    url: str


SENT: list[Callable[[Actor], Sequence[Sent]]] = []
"""Modules add a question here: what did this person book or send? Their newest few are enough."""
SHOWN = 10


def sent_by(actor: Actor) -> list[Sent]:
    """What the person booked or sent, newest first, of all modules."""
    found = [one for source in SENT for one in source(actor)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


_sections: dict[str, Section] = {}


def register(*sections: Section) -> None:
    """Add sections; the same key again replaces, so that ``ready`` may run twice."""
    for section in sections:
        _sections[section.key] = section


def sections_for(request: HttpRequest) -> list[Shown]:
    """The sections that have something to show to whoever is signed in, in order."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = []
    for section in sorted(_sections.values(), key=lambda section: (section.order, section.key)):
        mine = section.values(actor)
        if mine is not None:
            found.append(Shown(section.key, str(section.title), section.template, mine))
    return found
