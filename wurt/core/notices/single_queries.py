"""What staff sees of notices to single recipients: letters to print, mails that did not go."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation

from wurt.core.action.actor import Actor
from wurt.core.notices.desk_queries import Letter, check_desk
from wurt.core.notices.kinds import Channel, kind_of
from wurt.core.notices.models import Direct, State
from wurt.core.notices.rendering import piece_of


@dataclass(frozen=True, slots=True)
class SingleLine:
    """One that needs a person. ``trouble``: why it did not go; empty for a letter that waits."""

    public_id: UUID
    label: str
    to: str
    created: datetime
    trouble: str


@dataclass(frozen=True, slots=True)
class SingleDesk:
    """``upto``: the newest letter that waits, 0 if none does."""

    letters: tuple[SingleLine, ...]
    mails: tuple[SingleLine, ...]
    upto: int


def single_desk(actor: Actor) -> SingleDesk:
    """Letters to print and mails that did not go."""
    check_desk(actor)
    waiting = list(_letters().order_by("pk"))
    stuck = Direct.objects.filter(channel=Channel.EMAIL, state__in=(State.UNCLEAR, State.FAILED))
    return SingleDesk(
        tuple(_line(row) for row in waiting),
        tuple(_line(row) for row in stuck.order_by("-pk")[:100]),
        waiting[-1].pk if waiting else 0,
    )


def single_letters(actor: Actor, upto: int) -> tuple[Letter, ...]:
    """The letters that wait up to row ``upto``, as the printer sets them."""
    check_desk(actor)
    found = []
    for row in _letters().filter(pk__lte=upto).order_by("name", "pk"):
        with translation.override("de"):
            piece = piece_of(row.kind, row.data, [])
        if piece is not None:
            found.append(Letter(row.name, row.address, (piece,), ()))
    return tuple(found)


def _letters() -> QuerySet[Direct]:
    return Direct.objects.filter(channel=Channel.LETTER, state=State.WAITING)


def _line(row: Direct) -> SingleLine:
    known = kind_of(row.kind)
    label = str(known.label) if known else row.kind
    return SingleLine(row.public_id, label, row.email or row.name, row.created, row.error)
