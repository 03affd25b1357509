"""Every read of follows and notices. The actor comes first; answers are values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.notices import topics
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Follow, Subscriber
from wurt.core.notices.policies import FOLLOW, MANAGE
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
    german: bool


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device that takes notices. ``digest`` lets the browser know itself again."""

    public_id: UUID
    name: str
    since: datetime
    digest: str


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
    devices: tuple[DeviceView, ...] = ()


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
    """A topic that can be followed. ``follow`` is set if the signed-in person, or the one acted for, follows
    it; ``open``: may that be seen and changed (not with a mandate for other things)?"""

    topic: Topic
    slug: str
    part: str
    signed_in: bool
    follow: UUID | None
    open: bool = True


def may_manage(actor: Actor) -> bool:
    """Does the desk of notices open for the actor? Asked for the menu, so it costs no query."""
    return can(actor, MANAGE)


def topic_page(actor: Actor, slug: str, part: str) -> FollowState:
    """A topic that can be followed. Raises NotFound."""
    topic = topics.find(slug, part)
    if topic is None:
        raise NotFound(code="notices.topic")
    follow, allowed = None, can(actor, FOLLOW)
    if actor.person is not None and allowed:
        mine = Follow.objects.filter(subscriber__person_id=actor.person, kind=topic.kind, key=topic.key)
        follow = mine.values_list("public_id", flat=True).first()
    return FollowState(topic, slug, part, actor.signed_in, follow, allowed)


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """What can be followed of one kind; each with the address of its form."""

    label: str
    topics: tuple[tuple[Topic, str], ...]


def all_topics(actor: Actor, text: str = "") -> tuple[TopicGroup, ...]:
    """Everything that can be followed, by kind; only titles that hold the text."""
    wanted = text.casefold()
    groups = []
    for kind in topics.kinds():
        found = [topic for topic in kind.choices() if wanted in topic.title.casefold()]
        lines = tuple(
            (topic, reverse("notices:follow", args=[kind.slug, topic.part])) for topic in found if topic.part
        )
        if lines:
            groups.append(TopicGroup(str(kind.label), lines))
    return tuple(groups)


def waiting_follow(actor: Actor, token: str) -> Topic:
    """The topic of a confirm link; without address if it is not public any more. Raises NotFound if the link
    is forged or too old."""
    row = Follow.objects.filter(public_id=follow_of(token)).first()
    if row is None:
        raise NotFound(code="notices.follow")
    topic = topics.named([(row.kind, row.key)]).get((row.kind, row.key))
    return topic or Topic(row.kind, row.key, row.key, "", german=False)


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
        authorize(actor, FOLLOW)
        row = Subscriber.objects.filter(person_id=actor.person).first()
    else:
        raise NotAllowed(code="notices.settings:role")
    follows = () if row is None else _follows(row)
    devices = () if row is None else _devices(row)
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
        devices=devices,
    )


def title_of(actor: Actor, token: str, follow: UUID) -> str:
    """Title of something that is followed; empty if it is not."""
    found = settings_of(actor, token).follows
    return next((one.title for one in found if one.public_id == follow), "")


def still_there(actor: Actor, token: str) -> bool:
    """Does the subscriber of a signed link exist?"""
    return Subscriber.objects.filter(public_id=subscriber_of(token)).exists()


def _follows(subscriber: Subscriber) -> tuple[FollowView, ...]:
    rows = list(subscriber.follows.filter(confirmed__isnull=False).order_by("created", "pk"))
    known = topics.named((row.kind, row.key) for row in rows)
    return tuple(
        FollowView(row.public_id, topic.title, topic.url, topic.german)
        for row in rows
        for topic in [known.get((row.kind, row.key)) or Topic(row.kind, row.key, row.key, "", german=False)]
    )


def _devices(subscriber: Subscriber) -> tuple[DeviceView, ...]:
    rows = subscriber.devices.order_by("created", "pk")
    return tuple(DeviceView(row.public_id, row.name, row.created, row.digest) for row in rows)


def _inbox(actor: Actor) -> Q:
    return Q(subscriber__person_id=actor.person, channel=Channel.IN_APP, due__lte=now())


def unread(actor: Actor) -> int:
    """How many notices the signed-in person has not seen."""
    if actor.person is None or not can(actor, FOLLOW):
        return 0
    return Dispatch.objects.filter(_inbox(actor), seen__isnull=True).count()


def inbox(actor: Actor) -> tuple[NoticeView, ...]:
    """What the signed-in person was told, newest first. Raises NotAllowed for visitors."""
    if actor.person is None:
        raise NotAllowed(code="notices.inbox:role")
    authorize(actor, FOLLOW)
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
