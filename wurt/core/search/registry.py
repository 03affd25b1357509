"""What can be found: modules register their kinds in ``AppConfig.ready``.

Example::

    register(Source(kind="agenda.project", label=_("Projects"), documents=…, public=…, watches={…}))
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from wurt.core.search.engine.analysis import Text

__all__ = ["Document", "Facet", "Source", "Text", "forget", "register", "source_of", "sources"]

Keys = Collection[str]


@dataclass(frozen=True, slots=True)
class Facet:
    """Something to choose results by: what stands in the address, and its name."""

    value: str = ""
    name: str = ""


NONE = Facet()


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    ``key`` is unique within its kind and stays. ``texts`` are searched, the plain ones are also shown as
    passages; the title is searched by itself. ``url`` is an address of this site.
    """

    key: str
    title: str
    url: str
    texts: tuple[Text, ...] = ()
    field: Facet = NONE
    place: Facet = NONE
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing that can be found.

    ``documents(keys)``: those of the keys that everybody may see (None: all of them), as they are now.
    ``public(keys)``: which of the keys everybody may see now; asked for every page of results.
    ``watches``: which rows they are made from, by label ("agenda.project"): the public id (or key) of a row
    whose change was recorded to the keys that it may change, None for all of this kind.
    """

    kind: str
    label: str | Promise
    documents: Callable[[Keys | None], Iterable[Document]]
    public: Callable[[Keys], set[str]]
    watches: Mapping[str, Callable[[str], Keys | None]] = field(default_factory=dict)
    order: int = 100


_sources: dict[str, Source] = {}


def register(*found: Source) -> None:
    """Add kinds; a kind registered again is replaced, so that ``ready`` may run twice."""
    for source in found:
        _sources[source.kind] = source


def sources() -> tuple[Source, ...]:
    """All kinds in order."""
    return tuple(sorted(_sources.values(), key=lambda source: (source.order, source.kind)))


def source_of(kind: str) -> Source | None:
    """The source of a kind, None for one that nobody registered (any more)."""
    return _sources.get(kind)


def forget(kind: str) -> None:
    """Take a kind out again (for tests and commands that bring their own texts)."""
    _sources.pop(kind, None)
