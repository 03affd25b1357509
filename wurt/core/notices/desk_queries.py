"""What staff sees of notices: how far each got, addresses that take no mail, letters to print."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.notices import topics
from wurt.core.notices.kinds import Channel, kind_of
from wurt.core.notices.models import Dispatch, Follow, Notice, State, Subscriber
from wurt.core.notices.policies import MANAGE
from wurt.core.notices.rendering import Piece, Renderer
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Contact, ToldBy

SHOWN = 24


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice on the desk, with how many of its mails got how far. ``error``: of one that did not."""

    public_id: UUID
    subject: str
    created: datetime
    sent: int
    waiting: int
    unclear: int
    failed: int
    error: str


@dataclass(frozen=True, slots=True)
class StoppedLine:
    """An address that takes no mail."""

    public_id: UUID
    address: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """``followers``: addresses and people with a confirmed topic; ``letters``: notices to be printed."""

    followers: int
    notices: tuple[NoticeLine, ...]
    stopped: tuple[StoppedLine, ...]
    letters: int


@dataclass(frozen=True, slots=True)
class LetterReader:
    """Somebody who is told by letter; ``waiting``: notices of the next letter. ``is_known``: a person, whose
    wish is changed where the person is looked after, not here."""

    public_id: UUID
    name: str
    address: str
    topics: tuple[str, ...]
    waiting: int
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class LetterDesk:
    """``upto``: the newest row that waits, 0 if none does."""

    readers: tuple[LetterReader, ...]
    letters: int
    upto: int


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: all that waits for one reader."""

    name: str
    address: str
    pieces: tuple[Piece, ...]
    why: tuple[str, ...]


def check_desk(actor: Actor) -> None:
    """Raise NotAllowed for whoever may not look after notices."""
    authorize(actor, MANAGE, county())


def desk(actor: Actor) -> DeskView:
    """The desk of notices."""
    check_desk(actor)
    followers = Subscriber.objects.filter(follows__confirmed__isnull=False).distinct().count()
    letters = Dispatch.objects.filter(channel=Channel.LETTER, state=State.WAITING).count()
    return DeskView(followers, _notices(), _stopped(), letters)


def letter_desk(actor: Actor) -> LetterDesk:
    """Who is told by letter, and what waits to be printed."""
    check_desk(actor)
    follows = Prefetch("follows", Follow.objects.order_by("kind", "key"))
    rows = list(
        Subscriber.objects.filter(_on_paper())
        .select_related("person__contact")
        .annotate(
            waiting=Count(
                "dispatches",
                filter=Q(dispatches__state=State.WAITING, dispatches__channel=Channel.LETTER),
            )
        )
        .prefetch_related(follows)
        .order_by("name", "pk")
    )
    rows.sort(key=lambda row: (_reader(row)[0], row.pk))
    known = topics.named((one.kind, one.key) for row in rows for one in row.follows.all())
    readers = tuple(
        LetterReader(
            row.public_id,
            *_reader(row),
            tuple(known[pair].title for one in row.follows.all() if (pair := (one.kind, one.key)) in known),
            row.waiting,
            row.person_id is not None,
        )
        for row in rows
    )
    waiting = Dispatch.objects.filter(channel=Channel.LETTER, state=State.WAITING)
    newest = waiting.aggregate(newest=Max("pk"))["newest"]
    return LetterDesk(readers, sum(1 for row in rows if row.waiting), newest or 0)


def letters(actor: Actor, upto: int) -> tuple[Letter, ...]:
    """The letters that wait, one per reader, with everything up to row ``upto``."""
    check_desk(actor)
    rows = (
        Dispatch.objects.filter(channel=Channel.LETTER, state=State.WAITING, pk__lte=upto)
        .select_related("notice", "subscriber__person__contact")
        .order_by("subscriber__name", "subscriber_id", "pk")
    )
    by_reader: dict[Subscriber, list[Dispatch]] = {}
    for row in rows:
        by_reader.setdefault(row.subscriber, []).append(row)
    renderer = Renderer()
    return tuple(
        Letter(
            *_reader(reader),
            tuple(piece for row in waiting if (piece := renderer.piece(row, reader.language)) is not None),
            tuple(renderer.why(waiting)),
        )
        for reader, waiting in by_reader.items()
        if _reader(reader)[1]  # the address may be gone since the notice was spread
    )


def _on_paper() -> Q:
    """Readers with nothing but an address, people who asked for letters, and who gets one instead of a
    call."""
    asked = Q(person__contact__told_by=ToldBy.LETTER, follows__isnull=False)
    waits = Q(dispatches__channel=Channel.LETTER, dispatches__state=State.WAITING)
    return Q(pk__in=Subscriber.objects.filter(~Q(address="") | asked | waits).values("pk"))


def _reader(row: Subscriber) -> tuple[str, str]:
    """Name and address for the envelope; an address of a person stands with the person."""
    contact: Contact | None = getattr(row.person, "contact", None)
    if row.person is None:
        return row.name, row.address
    return row.person.name, contact.address if contact else ""


def _notices() -> tuple[NoticeLine, ...]:
    rows = list(Notice.objects.order_by("-pk")[:SHOWN])
    mails = Dispatch.objects.filter(notice__in=rows, channel=Channel.EMAIL)
    counts = Counter[tuple[int, str]]()
    for found in mails.values("notice_id", "state").annotate(count=Count("pk")):
        counts[found["notice_id"], found["state"]] = found["count"]
    errors = dict(mails.exclude(error="").values_list("notice_id").annotate(Max("error")))
    return tuple(
        NoticeLine(
            row.public_id,
            _subject(row),
            row.created,
            counts[row.pk, State.SENT],
            counts[row.pk, State.WAITING] + counts[row.pk, State.SENDING],
            counts[row.pk, State.UNCLEAR],
            counts[row.pk, State.FAILED],
            errors.get(row.pk, ""),
        )
        for row in rows
    )


def _subject(row: Notice) -> str:
    kind = kind_of(row.kind)
    return kind.subject(row.data) if kind else str(row)


def _stopped() -> tuple[StoppedLine, ...]:
    rows = list(Subscriber.objects.filter(stopped__isnull=False).order_by("-stopped"))
    people = [row.person_id for row in rows if row.person_id]
    emails = dict(User.objects.filter(person_id__in=people).values_list("person_id", "email"))
    return tuple(
        StoppedLine(
            row.public_id, row.email or emails.get(row.person_id or 0, ""), row.stopped, row.stop_reason
        )
        for row in rows
        if row.stopped is not None
    )
