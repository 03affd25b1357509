"""What can be followed: modules register their kinds of topics in ``AppConfig.ready``."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Pair = tuple[str, str]
"""Kind and key of a topic, as a follow stores them."""


@dataclass(frozen=True, slots=True)
class Topic:
    """``key`` stays when the thing is renamed; ``url`` is the path of its page, ``part`` the last part of the
    address at which it is followed (empty: it is in no list). ``german``: the title is the county's, not one
    that is translated."""

    kind: str
    key: str
    title: str
    url: str
    part: str = ""
    german: bool = True

    @property
    def pair(self) -> Pair:
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class TopicKind:
    """``slug`` names the kind in addresses. ``find`` knows a topic by the last part of its address, ``named``
    by keys, ``choices`` all that can be followed now. All three know only what everybody may see."""

    kind: str
    slug: str
    label: str | Promise
    find: Callable[[str], Topic | None]
    named: Callable[[Collection[str]], Mapping[str, Topic]]
    choices: Callable[[], Sequence[Topic]]


_kinds: dict[str, TopicKind] = {}


def register(*kinds: TopicKind) -> None:
    """Add kinds; registering one again replaces it, so that ``ready`` may run again."""
    _kinds.update({kind.kind: kind for kind in kinds})


def kinds() -> tuple[TopicKind, ...]:
    """All kinds in the order of their registration."""
    return tuple(_kinds.values())


def find(slug: str, part: str) -> Topic | None:
    """The topic at an address such as ``projekt/dorffunk``."""
    kind = next((kind for kind in _kinds.values() if kind.slug == slug), None)
    return kind.find(part) if kind else None


def named(pairs: Iterable[Pair]) -> dict[Pair, Topic]:
    """Topics by kind and key, one question per kind; what is gone or hidden is missing."""
    keys: dict[str, set[str]] = {}
    for kind, key in pairs:
        keys.setdefault(kind, set()).add(key)
    return {
        topic.pair: topic
        for kind, wanted in keys.items()
        if kind in _kinds
        for topic in _kinds[kind].named(wanted).values()
    }
