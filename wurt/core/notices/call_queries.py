"""What staff sees of calls: whom to call, what to say. The actor comes first; answers are values."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound
from wurt.core.notices.actions.calls import ENOUGH, HELD
from wurt.core.notices.kinds import Channel
from wurt.core.notices.letters import blocks
from wurt.core.notices.models import Dispatch, State, Subscriber
from wurt.core.notices.policies import CALL
from wurt.core.notices.rendering import Renderer
from wurt.core.tenancy.models import Contact, Place
from wurt.core.tenancy.offices import Sender, sender_of

DUE, LATER, HELD_NOW = "due", "later", "held"
STATES = (DUE, LATER, HELD_NOW)


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody to be called. ``since`` the oldest notice, ``due`` the next try, ``tries`` how often nobody
    answered. ``call``: the mark of the call that is made now (``begun``), also if it was never noted."""

    public_id: UUID
    name: str
    phone: str
    place: str
    place_name: str
    notices: int
    since: datetime
    due: datetime
    tries: int
    state: str
    call: UUID | None = None
    begun: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallList:
    """``lines`` of the choice; ``total`` of all; ``places`` (slug, name) that occur."""

    lines: tuple[CallLine, ...]
    total: int
    places: tuple[tuple[str, str], ...]

    def of(self, place: str = "", state: str = "") -> "CallList":
        """Only those of a place (slug) and of a state; "" for any."""
        chosen = (line for line in self.lines if place in ("", line.place) and state in ("", line.state))
        return replace(self, lines=tuple(chosen))


@dataclass(frozen=True, slots=True)
class Said:
    """One notice, sentence by sentence; an item of a list is a sentence of its own."""

    subject: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallView:
    """One call that was taken: whom, what to say, why."""

    call: UUID
    person: UUID
    name: str
    phone: str
    number: str
    has_address: bool
    tries: int
    may_give_up: bool
    pieces: tuple[Said, ...]
    why: tuple[str, ...]
    office: Sender


def may_call(actor: Actor) -> bool:
    """Does the list of calls open for the actor? Asked for the menu, so it costs no query."""
    return can(actor, CALL)


def check_calls(actor: Actor) -> None:
    """Raise NotAllowed for whoever calls nobody."""
    authorize(actor, CALL)


def calls(actor: Actor) -> CallList:
    """Whom to call, the longest waiting first."""
    check_calls(actor)
    by_person: dict[Subscriber, list[Dispatch]] = {}
    for row in _open(actor).order_by("subscriber_id", "pk"):
        by_person.setdefault(row.subscriber, []).append(row)
    lines = sorted((_line(*one) for one in by_person.items()), key=lambda line: (line.since, line.name))
    places = sorted({(line.place, line.place_name) for line in lines}, key=lambda one: one[1])
    return CallList(tuple(lines), len(lines), tuple(places))


def call(actor: Actor, mark: UUID) -> CallView:
    """A call that was taken. Raises NotFound if it is over."""
    check_calls(actor)
    rows = list(_open(actor).filter(state=State.SENDING, claim=mark).order_by("pk"))
    if not rows:
        raise NotFound(code="notices.call")
    subscriber, renderer = rows[0].subscriber, Renderer()
    contact = _contact(subscriber)
    found = (renderer.piece(row, subscriber.language) for row in rows)
    assert subscriber.person is not None
    return CallView(
        mark,
        subscriber.person.public_id,
        subscriber.person.name,
        contact.phone,
        contact.number,
        bool(contact.address),
        rows[0].attempts,
        rows[0].attempts >= ENOUGH,
        tuple(Said(piece.subject, _sentences(piece.text)) for piece in found if piece is not None),
        tuple(renderer.why(rows)),
        sender_of(contact.place_id),
    )


def _open(actor: Actor) -> QuerySet[Dispatch]:
    """Calls that are not over, to people of the actor's places."""
    return Dispatch.objects.filter(
        channel=Channel.CALL,
        state__in=(State.WAITING, State.SENDING),
        subscriber__person__contact__place__in=Place.objects.filter(scope_q(actor, CALL)),
    ).select_related("notice", "subscriber__person__contact__place")


def _contact(row: Subscriber) -> Contact:
    assert row.person is not None
    return row.person.contact


def _line(row: Subscriber, rows: list[Dispatch]) -> CallLine:
    contact = _contact(row)
    held = next((one for one in rows if one.state == State.SENDING), None)
    is_held = held is not None and held.claimed is not None and held.claimed >= now() - HELD
    due = min(one.due for one in rows)
    return CallLine(
        row.public_id,
        str(row.person),
        contact.phone,
        contact.place.slug,
        contact.place.name,
        len(rows),
        min(one.notice.created for one in rows),
        due,
        max(one.attempts for one in rows),
        HELD_NOW if is_held else LATER if due > now() else DUE,
        held.claim if held else None,
        held.claimed if held else None,
    )


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(item for block in blocks(text) for item in block["items"])
