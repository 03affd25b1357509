"""A county, actors and small actions on glossary terms: enough to try the kernel on real tables."""

from uuid import UUID, uuid4

from wurt.core.action.actor import Actor, GrantFact, Role
from wurt.core.action.once import Making
from wurt.core.action.permission import Permission, authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.errors import RuleBroken
from wurt.core.pages.models import GlossaryTerm
from wurt.core.tenancy.models import Place, PlaceKind

EDIT = Permission("toys.edit", roles=frozenset({Role.COUNTY_ADMIN}))
MAKE = Permission("toys.make", public=True)


def county() -> Place:
    """A stored county; call where writes are allowed."""
    return Place.objects.create(slug="musterland", kind=PlaceKind.COUNTY, name="Musterland")


def admin_of(place: Place, *, once: str = "", second_factor: bool = True) -> Actor:
    """An administrator of the place."""
    grant = GrantFact(role=Role.COUNTY_ADMIN, places=frozenset({place.pk}))
    return Actor(person=1, public_id=UUID(int=1), grants=(grant,), second_factor=second_factor, once=once)


@action("toys.add_term")
def add_term(actor: Actor, *, place: int, term: str) -> int:
    """Add a term; returns its id."""
    at = lock(Place.objects.all(), pk=place)
    authorize(actor, EDIT, _at(at))
    if not term:
        raise RuleBroken("toys.empty", "Write a word.")
    row = GlossaryTerm.objects.create(place=at, term=term, text="")
    record(actor, row, after={"term": term})
    return row.pk


@action("toys.change_term")
def change_term(actor: Actor, *, pk: int, version: int, text: str) -> None:
    """Change the text of a term, if nobody else did meanwhile."""
    row = lock(GlossaryTerm.objects.all(), pk=pk)
    authorize(actor, EDIT, row)
    check_version(row, version, "Somebody else changed it.")
    before, after = changed(row, {"text": text})
    save(row, after)
    record(actor, row, before=before, after=after)


@action("toys.make_term", makes=Making(GlossaryTerm.objects.all, by="pk", apart=frozenset({"luck"})))
def make_term(actor: Actor, *, place: int, term: str, luck: int = 0) -> int:
    """Anybody makes a term, each time another one; returns its id."""
    authorize(actor, MAKE)
    row = GlossaryTerm.objects.create(place_id=place, term=f"{term} {uuid4()}", text="")
    record(actor, row)
    return row.pk


@action("toys.new_uuid")
def new_uuid(actor: Actor) -> UUID:
    """Answer with a fresh id, so that a repeated answer shows."""
    return uuid4()


def _at(place: Place) -> GlossaryTerm:
    return GlossaryTerm(place=place)
