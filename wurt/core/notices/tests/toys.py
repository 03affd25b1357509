"""A kind of topic and a kind of notice for tests, and followers by the dozen."""

from collections.abc import Collection

from wurt.core.action.actor import Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import now
from wurt.core.notices import kinds, topics
from wurt.core.notices.actions.spread import announce
from wurt.core.notices.kinds import NoticeKind, Part
from wurt.core.notices.models import Follow, Subscriber
from wurt.core.notices.topics import Topic, TopicKind

SYSTEM = Actor.for_system("test")
TITLES = {"1": "Rufbus", "2": "Schulnetz & Funk", "3": "Hofladen"}


def _topic(key: str) -> Topic:
    return Topic("toys.thing", key, TITLES[key], f"/dinge/{key}/")


def _named(keys: Collection[str]) -> dict[str, Topic]:
    return {key: _topic(key) for key in keys if key in TITLES}


def register() -> None:
    """Needed wherever the toys are used; the texts are those of the agenda, which always exist."""
    topics.register(
        TopicKind(
            "toys.thing",
            "ding",
            "Ding",
            lambda part: _topic(part) if part in TITLES else None,
            _named,
            lambda: [_topic(key) for key in TITLES],
        )
    )
    kinds.register(
        NoticeKind(
            key="toys.news",
            label="Neues",
            meaning="Was es Neues gibt.",
            subject=lambda data: f"Neues im {data['month']}",
            text="agenda/notices/month.txt",
            html="agenda/notices/month.html",
            sample=lambda: (DATA, PARTS),
        )
    )


def unregister() -> None:
    """The tests of others see the real kinds only."""
    topics._kinds.pop("toys.thing", None)
    kinds._kinds.pop("toys.news", None)


DATA = {"month": "2024-04", "url": "/berichte/2024-04/", "reports": 3, "progress": 2}
PARTS = [
    Part(
        (("toys.thing", key),),
        {
            "title": title,
            "url": f"/dinge/{key}/",
            "status": "green",
            "before": "red",
            "progress": True,
            "moved": True,
        },
    )
    for key, title in TITLES.items()
]


def follower(email: str, *keys: str, **fields: object) -> Subscriber:
    """Somebody with an address and confirmed topics."""
    return followers([email], *keys, **fields)[0]


def followers(emails: list[str], *keys: str, **fields: object) -> list[Subscriber]:
    """Many with the same topics."""
    with writes_allowed("test"):
        rows = Subscriber.objects.bulk_create([Subscriber(email=email, **fields) for email in emails])
        Follow.objects.bulk_create(
            [
                Follow(subscriber=row, kind="toys.thing", key=key, confirmed=now())
                for row in rows
                for key in keys or ("1",)
            ]
        )
    return rows


def tell(key: str = "n1") -> bool:
    """Announce news of all three things."""
    return announce(SYSTEM, kind="toys.news", key=key, data=DATA, topics=[], parts=PARTS)
