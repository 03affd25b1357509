"""What somebody can do who was refused: rooms that know a way on add it to the pages of 403, 405 and 409."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Way:
    """A button. With ``fields`` it is a form that sends them by POST."""

    label: str
    url: str
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WaysOn:
    """``hints`` take the place of the general ones, ``ways`` that of the button to the home page."""

    hints: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


Source = Callable[[HttpRequest, int], WaysOn | None]
_sources: list[Source] = []


def register_ways(source: Source) -> None:
    """Add a source, which answers for one request and status, or with None; once, so that ``ready`` may run
    again."""
    if source not in _sources:
        _sources.append(source)


def ways_for(request: HttpRequest, status: int) -> WaysOn:
    """The answer of the first room that knows a way on; empty if none does."""
    answers = (source(request, status) for source in _sources)
    return next((answer for answer in answers if answer is not None), WaysOn())
