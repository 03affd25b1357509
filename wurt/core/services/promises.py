"""Which projects promised which services, read from both ends."""

from dataclasses import dataclass

from wurt.core.action.actor import Actor
from wurt.core.notices import topics
from wurt.core.services.models import ServicePromise
from wurt.core.services.queries import Standing, listed

OWN = "services."
"""Topics of this room promise nothing."""


@dataclass(frozen=True, slots=True)
class PromiseFact:
    """A project that promised a service: what it is called and its page."""

    title: str
    url: str


def promised_by(actor: Actor, service: str) -> tuple[PromiseFact, ...]:
    """What promised the service, as far as everybody may see it."""
    rows = ServicePromise.objects.filter(service=service)
    found = topics.named((row.kind, row.key) for row in rows)
    return tuple(
        PromiseFact(found[pair].title, found[pair].url)
        for row in rows
        if (pair := (row.kind, row.key)) in found
    )


def services_of(actor: Actor, kind: str, key: str) -> frozenset[str]:
    """Keys of the services that a topic promised."""
    rows = ServicePromise.objects.filter(kind=kind, key=key)
    return frozenset(rows.values_list("service", flat=True))


def standings_of(actor: Actor, kind: str, key: str) -> tuple[Standing, ...]:
    """How the services stand that a topic promised; one query where it promised none."""
    keys = services_of(actor, kind, key)
    return tuple(one for one in listed(actor) if one.service.key in keys) if keys else ()


def choices(actor: Actor) -> list[tuple[str, str]]:
    """("kind key", "Project: title") of everything that can promise a service."""
    return [
        (f"{topic.kind} {topic.key}", f"{kind.label}: {topic.title}")
        for kind in topics.kinds()
        if not kind.kind.startswith(OWN)
        for topic in kind.choices()
    ]


def chosen(actor: Actor, service: str) -> list[str]:
    """Which of the choices hold for a service."""
    return [f"{row.kind} {row.key}" for row in ServicePromise.objects.filter(service=service)]
