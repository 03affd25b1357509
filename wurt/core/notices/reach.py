"""Whom a notice would reach, and how far it got: numbers, for the room that has something to tell.

They name nobody; who may see them is decided by the room that asks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from wurt.core.action.actor import Actor
from wurt.core.notices.actions import spread
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Notice, State
from wurt.core.notices.topics import Pair


@dataclass(frozen=True, slots=True)
class Reach:
    """``followers`` of the topics, how many of them would be ``told``, and by which channels."""

    followers: int
    told: int
    channels: Mapping[Channel, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many dispatches of a notice got how far."""

    sent: int = 0
    waiting: int = 0
    unclear: int = 0
    failed: int = 0


def reach(actor: Actor, kind: str, topics: Sequence[Pair]) -> Reach:
    """Who would be told now, by the very rows that spreading would make; none of them is stored."""
    pairs = sorted(set(topics))
    notice = Notice(kind=kind)
    followers, told, after = 0, set[int](), 0
    channels: Counter[Channel] = Counter()
    while chunk := spread.chunk_of(pairs, after):
        rows = spread.rows_of(notice, chunk, pairs)
        told |= {row.subscriber_id for row in rows}
        channels.update(Channel(row.channel) for row in rows)
        followers, after = followers + len(chunk), chunk[-1].pk
    return Reach(followers, len(told), dict(channels))


def progress(actor: Actor, kind: str, key: str) -> Progress | None:
    """How far a notice got; None if it was not spread yet."""
    rows = Dispatch.objects.filter(notice__kind=kind, notice__key=key)
    states = dict(rows.values_list("state").annotate(number=Count("pk")).order_by("state"))
    if not states:
        return None
    return Progress(
        sent=states.get(State.SENT, 0),
        waiting=states.get(State.WAITING, 0) + states.get(State.SENDING, 0),
        unclear=states.get(State.UNCLEAR, 0),
        failed=states.get(State.FAILED, 0),
    )
