"""What belongs to a service and changes hands with it: rooms and modules register theirs at start.

Example::

    register(Holding("shuttle.cases", "rufbus", Kind.CASE, _("Open complaints"), count, listed, move))
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.services.models import HandOver
from wurt.core.tenancy.tree import below


class Kind(TextChoices):
    """What sort of thing changes hands."""

    CASE = "case", _("open cases")
    CONTACT = "contact", _("contacts")
    DEADLINE = "deadline", _("deadlines")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which things are meant: of a service, at the place and below it, in the hands of ``giver``; they go to
    ``taker`` (both ids of organisations)."""

    service: str
    places: frozenset[int]
    giver: int
    taker: int


@dataclass(frozen=True, slots=True)
class Held:
    """One thing. ``label`` stands in the protocol for good: a file number or a title, never a person."""

    key: str
    label: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Things of one kind. ``service``: whose they are, empty: of any service.

    ``count(scope)`` and ``listed(scope, limit)`` tell what the giver still holds, ``move(scope, keys)`` puts
    it into the hands of the taker and answers the keys that it moved. ``move`` runs inside the action of the
    hand-over: it writes rows and does nothing else. What was moved must not be listed any more.
    """

    key: str
    service: str
    kind: Kind
    label: str | Promise
    count: Callable[[Scope], int]
    listed: Callable[[Scope, int], Sequence[Held]]
    move: Callable[[Scope, Collection[str]], Collection[str]]


_holdings: dict[str, Holding] = {}


def register(*found: Holding) -> None:
    """Add holdings; registering one again replaces it, so that ``ready`` may run again."""
    for holding in found:
        _holdings[holding.key] = holding


def forget(key: str) -> None:
    """Take a registration back (for tests)."""
    _holdings.pop(key, None)


def holdings_of(service: str) -> tuple[Holding, ...]:
    """What changes hands with a service, in the order of registration."""
    return tuple(one for one in _holdings.values() if one.service in ("", service))


def label_of(key: str) -> str:
    """The name of a holding; its key if nobody registers it any more."""
    return str(_holdings[key].label) if key in _holdings else key


def scope_of(row: HandOver) -> Scope:
    """Which things a hand-over means."""
    return Scope(row.service, below({row.place_id})[row.place_id], row.giver_id, row.taker_id)
