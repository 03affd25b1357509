"""From one fact to a row for everybody who follows: in chunks, each in one transaction with its successor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound
from wurt.core.notices.events import ChunkDue, MailDue
from wurt.core.notices.kinds import Channel, Frequency, Part, frequency
from wurt.core.notices.models import Dispatch, Follow, Notice, State, Subscriber
from wurt.core.notices.policies import SEND
from wurt.core.notices.timing import due_at
from wurt.core.notices.topics import Pair
from wurt.core.outbox.registry import publish

CHUNK = 500
"""Subscribers per chunk: a fraction of a second of work, so that a kill costs little."""


@action("notices.announce")
def announce(
    actor: Actor,
    *,
    kind: str,
    key: str,
    data: Mapping[str, Any],
    topics: Sequence[Pair],
    parts: Sequence[Part],
) -> bool:
    """Tell all followers of ``topics`` or of a part's topics; once for this ``kind`` and ``key``.

    False if it was told before or nobody follows any of it.
    """
    authorize(actor, SEND)
    pairs = sorted({*topics, *(pair for part in parts for pair in part.topics)})
    if not Follow.objects.filter(_on(pairs), confirmed__isnull=False).exists():
        return False
    notice, made = Notice.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "data": dict(data),
            "topics": [list(pair) for pair in pairs],
            "parts": [
                {"topics": [list(pair) for pair in part.topics], "data": dict(part.data)} for part in parts
            ],
        },
    )
    if made:
        record(actor, notice, after={"kind": kind, "key": key})
        publish(ChunkDue(notice=notice.public_id, after=0), key=f"{notice.public_id} 0")
    return made


@action("notices.spread")
def spread_chunk(actor: Actor, *, notice: UUID, after: int) -> int:
    """Make the rows of the next chunk of followers and order the chunk after it. Answers how many followers
    it held. A chunk that is spread again adds nothing."""
    authorize(actor, SEND)
    row = Notice.objects.filter(public_id=notice).first()
    if row is None:
        raise NotFound(code="notices.notice")
    pairs = [(kind, key) for kind, key in row.topics]
    followers = Follow.objects.filter(_on(pairs), confirmed__isnull=False).values("subscriber")
    chunk = list(Subscriber.objects.filter(pk__in=followers, pk__gt=after).order_by("pk")[:CHUNK])
    if not chunk:
        return 0
    made = _rows(row, chunk, pairs)
    Dispatch.objects.bulk_create(made, ignore_conflicts=True)
    record(actor, row, after={"followers": len(chunk), "rows": len(made)})
    last = chunk[-1].pk
    if any(one.channel == Channel.EMAIL and one.due <= now() for one in made):
        mail = MailDue(notice=notice, first=chunk[0].pk, last=last)
        publish(mail, key=f"{notice} {chunk[0].pk}")
    publish(ChunkDue(notice=notice, after=last), key=f"{notice} {last}")
    return len(chunk)


@dataclass(frozen=True, slots=True)
class _Moment:
    now: datetime
    zone: ZoneInfo


def _on(pairs: Iterable[Pair]) -> Q:
    keys: dict[str, list[str]] = {}
    for kind, key in pairs:
        keys.setdefault(kind, []).append(key)
    found = Q(pk__in=[])
    for kind, wanted in keys.items():
        found |= Q(kind=kind, key__in=wanted)
    return found


def _rows(notice: Notice, chunk: list[Subscriber], pairs: list[Pair]) -> list[Dispatch]:
    followed: dict[int, list[list[str]]] = {}
    rows = Follow.objects.filter(_on(pairs), subscriber__in=chunk, confirmed__isnull=False)
    for subscriber, kind, key in rows.order_by("kind", "key").values_list("subscriber_id", "kind", "key"):
        followed.setdefault(subscriber, []).append([kind, key])
    people = [one.person_id for one in chunk if one.person_id]
    reachable = set(
        User.objects.filter(person_id__in=people, is_active=True).values_list("person_id", flat=True)
    )
    moment = _Moment(now(), ZoneInfo(settings.TIME_ZONE))
    return [
        dispatch
        for subscriber in chunk
        for dispatch in _of(
            notice, subscriber, followed[subscriber.pk], subscriber.person_id in reachable, moment
        )
    ]


def _of(
    notice: Notice, subscriber: Subscriber, topics: list[list[str]], has_login: bool, moment: _Moment
) -> Iterable[Dispatch]:
    for channel in _channels(subscriber, has_login):
        chosen = frequency(subscriber.choices, notice.kind, channel)
        if channel is Channel.LETTER:
            chosen = Frequency.NOW
        if chosen is Frequency.NEVER:
            continue
        # Reading on these pages wakes nobody, so quiet hours are for mail alone.
        quiet = (subscriber.quiet_from, subscriber.quiet_until) if channel is Channel.EMAIL else (0, 0)
        due = due_at(moment.now, chosen, *quiet, moment.zone)
        shown = channel is Channel.IN_APP
        yield Dispatch(
            notice=notice,
            subscriber=subscriber,
            channel=channel,
            topics=topics,
            state=State.SENT if shown else State.WAITING,
            due=due,
            sent=due if shown else None,
        )


def _channels(subscriber: Subscriber, has_login: bool) -> list[Channel]:
    if subscriber.address:
        return [Channel.LETTER]
    mail = [] if subscriber.stopped else [Channel.EMAIL]
    if subscriber.person_id is None:
        return mail
    return [Channel.IN_APP, *mail] if has_login else []
