"""Every read of assisted mode. The actor comes first; answers are values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.assisted.models import Act, Assistance, Channel, Check, Letter, LetterKind, Way
from wurt.core.assisted.policies import ASSIST, CHANGE_CONTACT, GIVE_MANDATE, MANAGE_OFFICES, OWN_SESSION
from wurt.core.assisted.standing import why_over
from wurt.core.audit.words import action_word
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.tenancy.models import Contact, Office, Person, Place, PlaceKind
from wurt.core.tenancy.offices import Sender, Senders, sender_of

PAGE_SIZE = 25
NOBODY = Sender("")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody found: what is needed to ask back, no more."""

    public_id: UUID
    name: str
    place: str
    address: str
    phone: str
    number: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """``version`` is None while there is no contact."""

    number: str = ""
    address: str = ""
    place: str = ""
    place_name: str = ""
    phone: str = ""
    told_by: str = "letter"
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session of the one who acted. ``lines``: sentences for the person; empty once it is confirmed."""

    public_id: UUID
    name: str
    address: str
    phone: str
    since: datetime
    ended: datetime | None
    end: str
    channel: str
    lines: tuple[str, ...]
    acts: int
    way: str
    way_name: str
    by_mandate: bool
    told_by: str
    is_open: bool
    office: Sender


@dataclass(frozen=True, slots=True)
class DoneLine:
    """One thing done in the person's name: when, what, by whom."""

    at: datetime
    what: str
    who: str
    how: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    public_id: UUID
    name: str
    place: str
    kind: str
    created: datetime


@dataclass(frozen=True, slots=True)
class LettersView:
    """``upto``: the newest that waits, 0 if none does."""

    waiting: tuple[LetterLine, ...]
    upto: int


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What one letter is made of."""

    name: str
    address: str
    number: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OfficeView:
    place: str
    place_name: str
    name: str = ""
    street: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    version: int | None = None


def may_assist(actor: Actor) -> bool:
    """Does the desk open for the actor? Asked for the menu, so it costs no query."""
    return can(actor, ASSIST)


def may_manage_offices(actor: Actor) -> bool:
    return can(actor, MANAGE_OFFICES)


def check_desk(actor: Actor) -> None:
    """Raise NotAllowed for whoever may act for nobody."""
    authorize(actor, ASSIST)


def people(actor: Actor, ids: Iterable[str]) -> tuple[PersonLine, ...]:
    """The people that a search found, by name."""
    authorize(actor, ASSIST)
    rows = Person.objects.filter(public_id__in=list(ids)).select_related("contact__place")
    return tuple(_line(row) for row in rows.order_by("name", "pk") if _in_reach(actor, row))


def person(actor: Actor, public_id: UUID) -> PersonLine:
    """Somebody whom the actor may act for. Raises NotFound."""
    authorize(actor, ASSIST)
    row = Person.objects.filter(public_id=public_id, erased__isnull=True).select_related(
        "contact__place"
    ).first()  # fmt: skip
    if row is None or not _in_reach(actor, row) or row.pk == actor.person:
        raise NotFound(code="tenancy.person")
    return _line(row)


def _in_reach(actor: Actor, row: Person) -> bool:
    contact: Contact | None = getattr(row, "contact", None)
    return contact is None or contact.place_id in actor.places_with(ASSIST.roles)


def _line(row: Person) -> PersonLine:
    contact: Contact | None = getattr(row, "contact", None)
    if contact is None:
        return PersonLine(row.public_id, str(row), "", "", "", "")
    return PersonLine(
        row.public_id, str(row), contact.place.name, contact.address, contact.phone, contact.number
    )


def place_choices(actor: Actor, *, homes: bool = False) -> list[tuple[str, str]]:
    """(slug, name) of the places where the actor acts for others; ``homes``: towns and municipalities."""
    rows = Place.objects.filter(scope_q(actor, ASSIST))
    if homes:
        rows = rows.filter(kind__in=[PlaceKind.TOWN, PlaceKind.MUNICIPALITY])
    order = {PlaceKind.COUNTY: 0, PlaceKind.AMT: 1, PlaceKind.TOWN: 2, PlaceKind.MUNICIPALITY: 3}
    ordered = sorted(rows, key=lambda row: (0 if homes else order[PlaceKind(row.kind)], row.name))
    return [(row.slug, row.name) for row in ordered]


def all_homes(actor: Actor) -> list[tuple[str, str]]:
    """(slug, name) of all towns and municipalities, for an address."""
    rows = Place.objects.filter(kind__in=[PlaceKind.TOWN, PlaceKind.MUNICIPALITY]).order_by("name")
    return list(rows.values_list("slug", "name"))


def check_mandates(actor: Actor) -> None:
    """Raise NotAllowed for whoever may give no mandate for the person."""
    authorize(actor, GIVE_MANDATE, _me(actor))


def _me(actor: Actor) -> Person:
    row = Person.objects.filter(pk=actor.person or 0).first()
    if row is None:
        raise NotAllowed(code="assisted.own:role")
    return row


def my_contact(actor: Actor) -> ContactView:
    """The contact of the person (acted for). Raises NotAllowed for visitors."""
    person = _me(actor)
    authorize(actor, CHANGE_CONTACT, person)
    row = Contact.objects.select_related("place").filter(person=person).first()
    if row is None:
        return ContactView()
    return ContactView(
        row.number, row.address, row.place.slug, row.place.name, row.phone, row.told_by, row.version
    )


def my_sessions(actor: Actor) -> tuple[SessionView, ...]:
    """Sessions of the actor that want something: open ones, and those whose end was not confirmed."""
    rows = _sessions().filter(operator_id=actor.person, way="", place__isnull=False).order_by("-pk")
    return tuple(view for view in map(_session, rows[:PAGE_SIZE]) if view.acts or view.is_open)


def left_open(actor: Actor) -> SessionView | None:
    """The session in which the actor still acts for somebody, wherever that is."""
    row = _sessions().filter(operator_id=actor.person, ended__isnull=True).first()
    return _session(row) if row is not None and why_over(row) is None else None


def session(actor: Actor, public_id: UUID) -> SessionView:
    """One session of the actor. Raises NotFound for those of others."""
    row = _sessions().filter(public_id=public_id).first()
    if row is None or not can(actor, OWN_SESSION, row):
        raise NotFound(code="assisted.session")
    return _session(row, sender_of(row.place_id))


def _sessions() -> QuerySet[Assistance]:
    return (
        Assistance.objects.select_related("principal__contact", "place", "mandate")
        .prefetch_related("acts")
        .annotate(number=Count("acts"))
    )


def _session(row: Assistance, office: Sender = NOBODY) -> SessionView:
    contact: Contact | None = getattr(row.principal, "contact", None)
    return SessionView(
        public_id=row.public_id,
        name=str(row.principal),
        address=contact.address if contact else "",
        phone=contact.phone if contact else "",
        since=row.started,
        ended=row.ended,
        end=row.get_end_display(),
        channel=str(Channel(row.channel).label),
        lines=tuple(act.text for act in row.acts.all() if act.text),
        acts=row.number,  # type: ignore[attr-defined]
        way=row.way,
        way_name=str(Way(row.way).label) if row.way else "",
        by_mandate=row.place is None,
        told_by=contact.told_by if contact else "",
        is_open=why_over(row) is None,
        office=office,
    )


def done_in_session(actor: Actor, public_id: UUID) -> tuple[str, ...]:
    """Sentences of what was done so far in the running session."""
    rows = Act.objects.filter(assistance__public_id=public_id).exclude(text="")
    return tuple(rows.values_list("text", flat=True))


def done_in_my_name(actor: Actor, number: str = "1") -> tuple[Page[Act], list[DoneLine]]:
    """What others did for the signed-in person, newest first. Raises NotAllowed for visitors."""
    page = Paginator(_in_my_name(actor), PAGE_SIZE).get_page(number)
    return page, [_done(row) for row in page.object_list]


def all_done_in_my_name(actor: Actor) -> list[DoneLine]:
    """All of it, newest first, for a file. Raises NotAllowed for visitors."""
    return [_done(row) for row in _in_my_name(actor)]


def _in_my_name(actor: Actor) -> QuerySet[Act]:
    if actor.person is None:
        raise NotAllowed(code="assisted.in_my_name:role")
    return (
        Act.objects.filter(assistance__principal_id=actor.person)
        .select_related("assistance__operator__organisation", "assistance__place")
        .order_by("-at", "-pk")
    )


def _done(row: Act) -> DoneLine:
    session = row.assistance
    how = f"{Channel(session.channel).label}, {Check(session.checked).label}"
    return DoneLine(row.at, action_word(row.action), _who(session), how)


def _who(session: Assistance) -> str:
    """A helper by name, whom the person chose; staff by office and function, by name only with consent."""
    operator = session.operator
    if session.place is None:
        return str(operator)
    office = operator.organisation.name if operator.organisation else session.place.name
    if operator.name and operator.name_public_since is not None:
        return f"{operator.name}, {office}"
    return f"{operator.function or _('member of the staff')}, {office}"


def letters(actor: Actor) -> LettersView:
    """Letters that wait at the places of the actor, oldest first."""
    authorize(actor, ASSIST)
    rows = _waiting(actor).select_related("person", "place").order_by("pk")
    newest = rows.aggregate(newest=Max("pk"))["newest"]
    return LettersView(
        tuple(
            LetterLine(
                row.public_id, str(row.person), row.place.name, str(LetterKind(row.kind).label), row.created
            )
            for row in rows
        ),
        newest or 0,
    )


def papers(
    actor: Actor, *, upto: int = 0, letter: UUID | None = None
) -> tuple[tuple[PaperFacts, Sender], ...]:
    """What the waiting letters are made of, each with who writes. Raises NotFound if there are none."""
    authorize(actor, ASSIST)
    rows = _waiting(actor).select_related("person__contact", "place").order_by("pk")
    rows = rows.filter(public_id=letter) if letter else rows.filter(pk__lte=upto)
    senders, found = Senders(), []
    for row in rows:
        contact: Contact | None = getattr(row.person, "contact", None)
        facts = PaperFacts(
            str(row.person),
            contact.address if contact else "",
            contact.number if contact else "",
            row.body,
        )
        found.append((facts, senders.of(row.place_id)))
    if not found:
        raise NotFound(code="assisted.letters")
    return tuple(found)


def _waiting(actor: Actor) -> QuerySet[Letter]:
    return Letter.objects.filter(place__in=actor.places_with(ASSIST.roles), posted__isnull=True)


def offices(actor: Actor) -> tuple[OfficeView, ...]:
    """The senders of letters, by place. Raises NotAllowed for all but administrators."""
    authorize(actor, MANAGE_OFFICES)
    rows = Office.objects.filter(
        place__in=Place.objects.filter(scope_q(actor, MANAGE_OFFICES))
    ).select_related("place")
    return tuple(_office(row.place, row) for row in rows.order_by("place__name"))


def office(actor: Actor, slug: str) -> OfficeView:
    """The sender of a place, empty if it has none yet. Raises NotFound."""
    place = Place.objects.filter(slug=slug).first()
    authorize(actor, MANAGE_OFFICES)
    if place is None or not can(actor, MANAGE_OFFICES, place):
        raise NotFound(code="tenancy.place")
    return _office(place, Office.objects.filter(place=place).first())


def _office(place: Place, row: Office | None) -> OfficeView:
    if row is None:
        return OfficeView(place.slug, place.name)
    return OfficeView(
        place.slug,
        place.name,
        row.name,
        row.street,
        row.town,
        row.phone,
        row.email,
        row.hours,
        row.version,
    )
