"""Every read of follows and notices. The actor comes first; answers are values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString

from wurt.core.action.actor import Actor
from wurt.core.action.permission import can
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.notices import topics
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Follow, Subscriber
from wurt.core.notices.policies import MANAGE
from wurt.core.notices.rendering import Renderer
from wurt.core.notices.tokens import follow_of, subscriber_of, subscriber_token
from wurt.core.notices.topics import Topic

SHOWN = 50


@dataclass(frozen=True, slots=True)
class FollowView:
    """A topic that is followed; ``url`` is empty and ``title`` a key where the topic is gone."""

    public_id: UUID
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What a subscriber has chosen. ``token`` is empty for a login; ``to`` the address it goes to."""

    token: str
    to: str
    signed_in: bool
    choices: Mapping[str, Mapping[str, str]]
    quiet_from: int
    quiet_until: int
    stopped: datetime | None
    follows: tuple[FollowView, ...]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice on the page of a signed-in person."""

    key: int
    subject: str
    html: SafeString
    at: datetime
    is_new: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowState:
    """The page on which a topic is followed. ``follow`` is set if the signed-in person follows it."""

    topic: Topic
    slug: str
    part: str
    signed_in: bool
    follow: UUID | None


def may_manage(actor: Actor) -> bool:
    """Does the desk of notices open for the actor? Asked for the menu, so it costs no query."""
    return can(actor, MANAGE)


def topic_page(actor: Actor, slug: str, part: str) -> FollowState:
    """A topic that can be followed. Raises NotFound."""
    topic = topics.find(slug, part)
    if topic is None:
        raise NotFound(code="notices.topic")
    follow = None
    if actor.person is not None:
        mine = Follow.objects.filter(subscriber__person_id=actor.person, kind=topic.kind, key=topic.key)
        follow = mine.values_list("public_id", flat=True).first()
    return FollowState(topic, slug, part, actor.signed_in, follow)


def waiting_follow(actor: Actor, token: str) -> tuple[str, str]:
    """Title and address of the topic of a confirm link. Raises NotFound if it is forged, too old, or gone."""
    row = Follow.objects.filter(public_id=follow_of(token)).first()
    if row is None:
        raise NotFound(code="notices.follow")
    topic = topics.named([(row.kind, row.key)]).get((row.kind, row.key))
    return (topic.title, topic.url) if topic else (row.key, "")


def settings_link(actor: Actor, token: str) -> str:
    """The token of the settings for whoever just used a confirm link; empty if it is a login's."""
    row = Subscriber.objects.filter(follows__public_id=follow_of(token)).first()
    return subscriber_token(row.public_id) if row is not None and row.person_id is None else ""


def settings_of(actor: Actor, token: str) -> SettingsView:
    """The choices of a signed link, else of the login; a login without any has the defaults."""
    if token:
        row = Subscriber.objects.filter(public_id=subscriber_of(token)).first()
        if row is None:
            raise NotFound(code="notices.subscriber")
    elif actor.person is not None:
        row = Subscriber.objects.filter(person_id=actor.person).first()
    else:
        raise NotAllowed(code="notices.settings:role")
    follows = () if row is None else _follows(row)
    row = Subscriber() if row is None else row
    return SettingsView(
        token=token,
        to=row.email,
        signed_in=not row.email,
        choices=row.choices,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        stopped=row.stopped,
        follows=follows,
    )


def still_there(actor: Actor, token: str) -> bool:
    """Does the subscriber of a signed link exist?"""
    return Subscriber.objects.filter(public_id=subscriber_of(token)).exists()


def _follows(subscriber: Subscriber) -> tuple[FollowView, ...]:
    rows = list(subscriber.follows.filter(confirmed__isnull=False).order_by("created", "pk"))
    known = topics.named((row.kind, row.key) for row in rows)
    return tuple(
        FollowView(row.public_id, topic.title if topic else row.key, topic.url if topic else "")
        for row in rows
        for topic in [known.get((row.kind, row.key))]
    )


def _inbox(actor: Actor) -> Q:
    return Q(subscriber__person_id=actor.person, channel=Channel.IN_APP, due__lte=now())


def unread(actor: Actor) -> int:
    """How many notices the signed-in person has not seen."""
    if actor.person is None:
        return 0
    return Dispatch.objects.filter(_inbox(actor), seen__isnull=True).count()


def inbox(actor: Actor) -> tuple[NoticeView, ...]:
    """What the signed-in person was told, newest first. Raises NotAllowed for visitors."""
    if actor.person is None:
        raise NotAllowed(code="notices.inbox:role")
    rows = list(
        Dispatch.objects.filter(_inbox(actor)).select_related("notice").order_by("-due", "-pk")[:SHOWN]
    )
    renderer = Renderer()
    found = ((row, renderer.piece(row, actor.language)) for row in rows)
    return tuple(
        NoticeView(row.pk, piece.subject, piece.html, row.due, row.seen is None, tuple(renderer.why([row])))
        for row, piece in found
        if piece is not None
    )
