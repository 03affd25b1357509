"""A service of its own for tests, and cases of it that can be handed over.

The cases are words of the glossary: the word is the file number, the text the id of the organisation that
works on it. So no table is needed that only tests would have.
"""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from wurt.core.action.guard import writes_allowed
from wurt.core.pages.models import GlossaryTerm
from wurt.core.services import holdings
from wurt.core.services.holdings import Held, Holding, Kind, Scope
from wurt.core.services.registry import Service, declare, withdraw
from wurt.core.tenancy.models import Place

KEY = "rufbus"
BUS = Service(
    KEY,
    "Rufbus",
    "Ein Bus, der kommt, wenn man ihn bestellt.",
    owns=("/suche/",),
    instead="Rufen Sie an: 0481 97-0.",
)


def _held(scope: Scope) -> QuerySet[GlossaryTerm]:
    return GlossaryTerm.objects.filter(
        term__startswith="Fall ", text=str(scope.giver), place__in=scope.places
    )


def _listed(scope: Scope, limit: int) -> Sequence[Held]:
    return [Held(str(row.pk), row.term) for row in _held(scope).order_by("pk")[:limit]]


def _move(scope: Scope, keys: Collection[str]) -> Collection[str]:
    rows = _held(scope).filter(pk__in=[int(key) for key in keys])
    moved = [str(pk) for pk in rows.values_list("pk", flat=True)]
    rows.update(text=str(scope.taker))
    return moved


CASES = Holding("toys.cases", KEY, Kind.CASE, "Beschwerden", lambda s: _held(s).count(), _listed, _move)


def cases(count: int, place: Place, organisation: int) -> None:
    """So many cases that an organisation works on."""
    with writes_allowed("test"):
        GlossaryTerm.objects.bulk_create(
            [
                GlossaryTerm(place=place, term=f"Fall {place.pk}-{number}", text=str(organisation))
                for number in range(count)
            ]
        )


def register() -> None:
    """Declare it; it owns the page of the search, which every test can ask for."""
    declare(BUS)
    holdings.register(CASES)


def unregister() -> None:
    """The tests of others see the real services only."""
    withdraw(KEY)
    holdings.forget(CASES.key)
