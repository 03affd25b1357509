"""What stands above the content of every page while something special is going on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Banner:
    """A template and what it sees as ``banner``."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


Source = Callable[[HttpRequest], Banner | None]
_sources: list[Source] = []


def register_banner(source: Source) -> None:
    """Add a source, which answers with the banner of one request or None; once, so that ``ready`` may run
    again."""
    if source not in _sources:
        _sources.append(source)


def banners_for(request: HttpRequest) -> list[Banner]:
    """The banners of a request, in the order of their registration."""
    return [banner for source in _sources if (banner := source(request)) is not None]
