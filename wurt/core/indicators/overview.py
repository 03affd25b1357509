"""The list of all figures with its filters."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from wurt.core.action.actor import Actor
from wurt.core.indicators.queries import Series, Use, infos, places_of, series, uses
from wurt.core.indicators.words import figure_text, trend_text
from wurt.core.web.text import german


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for; "" is all. ``project`` is "kind slug" of who shows the figure."""

    room: str = ""
    place: str = ""
    user: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filter":
        """From the query of an address, in German words."""
        return cls(*(query.get(name, "").replace("\x00", "")[:160] for name in ("bereich", "ort", "projekt")))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is set."""
        named = (("bereich", self.room), ("ort", self.place), ("projekt", self.user))
        return [(name, value) for name, value in named if value]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in the list."""

    series: Series
    text: str
    trend: str
    users: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class FilterField:
    """A select of the filter bar."""

    name: str
    label: str
    chosen: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The list and what it can be filtered by."""

    filter: Filter
    lines: tuple[Line, ...]
    rooms: tuple[Choice, ...]
    places: tuple[Choice, ...]
    users: tuple[Choice, ...]


def overview(actor: Actor, chosen: Filter) -> Overview:
    """All figures that pass the filter. Five queries, however many there are."""
    about = infos(actor)
    users = uses(actor)
    shown = {use.key for use in users if use.slug == chosen.user}
    wanted = [
        (item.key, chosen.place)
        for item in about
        if (not chosen.room or item.room == chosen.room) and (not chosen.user or item.key in shown)
    ]
    found = series(actor, wanted, about)
    lines = [_line(one, users) for one in found.values() if one.points or not chosen.place]
    return Overview(
        filter=chosen,
        lines=tuple(lines),
        rooms=tuple({item.room: Choice(item.room, item.group) for item in about}.values()),
        places=tuple(Choice(*pair) for pair in places_of(actor)),
        users=tuple({use.slug: Choice(use.slug, use.title) for use in users if use.slug}.values()),
    )


def _line(one: Series, users: tuple[Use, ...]) -> Line:
    latest = one.latest
    return Line(
        one,
        figure_text(latest.figure, german(one.info.unit)) if latest else "",
        trend_text(one),
        tuple(use for use in users if use.key == one.info.key),
    )
