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
from wurt.core.action.run import action, lock_all, record
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound
from wurt.core.notices.events import ChunkDue, MailDue, PushDue
from wurt.core.notices.kinds import Channel, Frequency, Part, frequency
from wurt.core.notices.models import Dispatch, Follow, Notice, PushDevice, State, Subscriber
from wurt.core.notices.policies import SEND
from wurt.core.notices.timing import due_at
from wurt.core.notices.topics import Pair
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.models import Contact, ToldBy

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
    instead_of: Sequence[Pair] = (),
) -> bool:
    """Tell all followers of ``topics`` or of a part's topics; once for this ``kind`` and ``key``. What still
    waits of the notices ``instead_of`` (kind and key) goes to nobody any more.

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
        _end(instead_of)
        record(actor, notice, after={"kind": kind, "key": key})
        publish(ChunkDue(notice=notice.public_id, after=0), key=f"{notice.public_id} 0")
    return made


def _end(pairs: Sequence[Pair]) -> None:
    """Under the lock that spreading takes too: its chunks are all here by now, or see this and stop."""
    wanted = Q(pk__in=[])
    for kind, key in pairs:
        wanted |= Q(kind=kind, key=key)
    for row in lock_all(Notice.objects.filter(wanted)):
        Notice.objects.filter(pk=row.pk).update(over=now())
        Dispatch.objects.filter(notice=row, state=State.WAITING, told__isnull=True).delete()


@action("notices.spread")
def spread_chunk(actor: Actor, *, notice: UUID, after: int) -> int:
    """Make the rows of the next chunk of followers and order the chunk after it. Answers how many followers
    it held. A chunk that is spread again adds nothing; of what was taken back nobody more is told."""
    authorize(actor, SEND)
    row = Notice.objects.select_for_update().filter(public_id=notice).first()
    if row is None:
        raise NotFound(code="notices.notice")
    if row.over is not None or row.later.exists():
        return 0  # told anew or taken back: whoever has not heard of it yet need not
    pairs = [(kind, key) for kind, key in row.topics]
    chunk = chunk_of(pairs, after)
    if not chunk:
        return 0
    made = rows_of(row, chunk, pairs)
    Dispatch.objects.bulk_create(made, ignore_conflicts=True)
    record(actor, row, after={"followers": len(chunk), "rows": len(made)})
    last = chunk[-1].pk
    if any(one.channel == Channel.EMAIL and one.due <= now() for one in made):
        mail = MailDue(notice=notice, first=chunk[0].pk, last=last)
        publish(mail, key=f"{notice} {chunk[0].pk}")
    if any(one.channel == Channel.PUSH and one.due <= now() for one in made):
        publish(PushDue(notice=notice, first=chunk[0].pk, last=last), key=f"push {notice} {chunk[0].pk}")
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


def chunk_of(pairs: list[Pair], after: int) -> list[Subscriber]:
    """The next followers of the topics after a subscriber (by key)."""
    followers = Follow.objects.filter(_on(pairs), confirmed__isnull=False).values("subscriber")
    return list(Subscriber.objects.filter(pk__in=followers, pk__gt=after).order_by("pk")[:CHUNK])


def rows_of(notice: Notice, chunk: list[Subscriber], pairs: list[Pair]) -> list[Dispatch]:
    """The rows of a notice for these followers, not stored: what each chose decides."""
    followed: dict[int, list[list[str]]] = {}
    rows = Follow.objects.filter(_on(pairs), subscriber__in=chunk, confirmed__isnull=False)
    for subscriber, kind, key in rows.order_by("kind", "key").values_list("subscriber_id", "kind", "key"):
        followed.setdefault(subscriber, []).append([kind, key])
    people = [one.person_id for one in chunk if one.person_id]
    reachable = set(
        User.objects.filter(person_id__in=people, is_active=True).values_list("person_id", flat=True)
    )
    told_by = dict(Contact.objects.filter(person_id__in=people).values_list("person_id", "told_by"))
    devices = set(PushDevice.objects.filter(subscriber__in=chunk).values_list("subscriber_id", flat=True))
    moment = _Moment(now(), ZoneInfo(settings.TIME_ZONE))
    heard = _heard(notice, chunk)
    return [
        dispatch
        for subscriber in chunk
        for dispatch in _of(
            notice,
            subscriber,
            followed[subscriber.pk],
            _channels(
                subscriber,
                has_login=subscriber.person_id in reachable,
                told_by=told_by.get(subscriber.person_id or 0, ""),
                has_device=subscriber.pk in devices,
            ),
            moment,
        )
        if heard is None or (subscriber.pk, str(dispatch.channel)) in heard
    ]


def _heard(notice: Notice, chunk: list[Subscriber]) -> set[tuple[int, str]] | None:
    """Who was told, and by which channel, what this notice takes back; None if it takes nothing back."""
    if notice.earlier_id is None:
        return None
    rows = Dispatch.objects.filter(notice=notice.earlier_id, subscriber__in=chunk)
    return set(rows.exclude(state=State.FAILED).values_list("subscriber_id", "channel"))


def _of(
    notice: Notice, subscriber: Subscriber, topics: list[list[str]], channels: list[Channel], moment: _Moment
) -> Iterable[Dispatch]:
    for channel in channels:
        chosen = frequency(subscriber.choices, notice.kind, channel)
        if channel in (Channel.LETTER, Channel.CALL) and chosen is not Frequency.NEVER:
            chosen = Frequency.NOW  # staff chooses the hour; some kinds never come so
        if chosen is Frequency.NEVER:
            continue
        # Reading on these pages wakes nobody, so quiet hours are for what comes to people.
        comes = channel in (Channel.EMAIL, Channel.PUSH)
        quiet = (subscriber.quiet_from, subscriber.quiet_until) if comes else (0, 0)
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


_BY_STAFF = {ToldBy.LETTER.value: Channel.LETTER, ToldBy.PHONE.value: Channel.CALL}


def _channels(subscriber: Subscriber, *, has_login: bool, told_by: str, has_device: bool) -> list[Channel]:
    if subscriber.address:
        return [Channel.LETTER]
    if told_by in _BY_STAFF:  # asked for letters or calls, so these take the place of mail
        return [Channel.IN_APP, _BY_STAFF[told_by]] if has_login else [_BY_STAFF[told_by]]
    mail = [] if subscriber.stopped else [Channel.EMAIL]
    push = [Channel.PUSH] if has_device else []
    if subscriber.person_id is None:
        return [*mail, *push]
    return [Channel.IN_APP, *mail, *push] if has_login else []
