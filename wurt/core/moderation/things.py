"""What can be reported and moderated: rooms and modules register their kinds in ``AppConfig.ready``."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor


class Measure(TextChoices):
    """What a decision does. ``LEAVE`` is a decision too; ``CORRECT`` asks the county's editors to correct
    what cannot be taken away in part (a published month)."""

    LEAVE = "leave", _("leave as it is")
    LABEL = "label", _("mark with a remark")
    HIDE = "hide", _("hide")
    REMOVE = "remove", _("remove")
    RESTRICT = "restrict", _("restrict the author")
    CORRECT = "correct", _("ask for a correction")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing as the desk shows it. ``url``: its public path. ``place``: the place whose moderators look
    after it (id). ``author``: the person (id) who gets the statement of reasons; None if the county itself
    speaks. ``measures``: what is possible now, besides leaving it. ``german``: the title is the county's, not
    one that is translated."""

    kind: str
    key: str
    title: str
    excerpt: str
    url: str
    place: int
    measures: tuple[Measure, ...]
    author: int | None = None
    german: bool = True


def _nothing(actor: Actor, key: str, measure: Measure) -> None:
    """A kind that only knows corrections has nothing to carry out."""


@dataclass(frozen=True, slots=True)
class ThingKind:
    """``slug`` names the kind in addresses; ``part`` the thing. ``find`` knows what everybody may see, by the
    part of its address; ``fetch`` knows it by key, hidden things too.

    ``carry_out`` and ``restore`` are steps inside the desk's action: they write and ``record``, and open no
    action of their own. ``restore`` undoes a measure; for a thing that waits for approval it publishes it.
    """

    kind: str
    slug: str
    label: str | Promise
    find: Callable[[str], Thing | None]
    fetch: Callable[[str], Thing | None]
    carry_out: Callable[[Actor, str, Measure], None] = _nothing
    restore: Callable[[Actor, str, Measure], None] = _nothing


_kinds: dict[str, ThingKind] = {}


def register(*kinds: ThingKind) -> None:
    """Add kinds; registering one again replaces it, so that ``ready`` may run again."""
    _kinds.update({kind.kind: kind for kind in kinds})


def unregister(kind: str) -> None:
    """Forget a kind (for tests)."""
    _kinds.pop(kind, None)


def kinds() -> Collection[ThingKind]:
    """All kinds in the order of their registration."""
    return tuple(_kinds.values())


def kind_of(kind: str) -> ThingKind | None:
    """The kind, or None if nobody speaks for it any more."""
    return _kinds.get(kind)


def find(slug: str, part: str) -> tuple[ThingKind, Thing] | None:
    """A public thing by the two last parts of its address, as ``seite`` and ``kontakt``."""
    kind = next((kind for kind in _kinds.values() if kind.slug == slug), None)
    thing = kind.find(part) if kind else None
    return (kind, thing) if kind and thing else None


def fetch(kind: str, key: str) -> Thing | None:
    """A thing by kind and key; None if it is gone."""
    known = _kinds.get(kind)
    return known.fetch(key) if known else None
