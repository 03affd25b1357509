"""Following, confirming, stopping. A signed link or the own login names the subscriber."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.links import results
from wurt.core.notices.events import FollowRequested
from wurt.core.notices.kinds import Channel, Frequency, chosen_kinds
from wurt.core.notices.models import Dispatch, Follow, State, Subscriber
from wurt.core.notices.policies import FOLLOW
from wurt.core.notices.tokens import follow_of, subscriber_of
from wurt.core.notices.topics import named
from wurt.core.outbox.registry import publish

FOLLOWED = "notices.follow"
"""The result that a short link is credited with: somebody follows, by confirmed mail or by login."""


@action("notices.request_follow")
def request_follow(actor: Actor, *, email: str, kind: str, key: str, link: str = "") -> None:
    """Somebody wants to follow a topic by e-mail. Nothing is sent but one mail that asks for a yes.

    The answer and the work are the same whether or not the address follows already.
    """
    authorize(actor, FOLLOW)
    address = clean_address(email)
    _check_topic(kind, key)
    subscriber, _made = Subscriber.objects.get_or_create(email=address, defaults={"language": actor.language})
    follow, _made = Follow.objects.get_or_create(subscriber=subscriber, kind=kind, key=key)
    if follow.confirmed is None:
        Follow.objects.filter(pk=follow.pk).update(created=now())
    record(actor, follow)
    publish(FollowRequested(follow=follow.public_id, link=link))


@action("notices.confirm_follow")
def confirm_follow(actor: Actor, *, token: str, link: str = "") -> bool:
    """The owner of the address said yes. True the first time. Raises NotFound for a link that is too old.

    ``link``: code of the short link by which they came; the first yes is a result of it.
    """
    row = lock(Follow.objects.select_related("subscriber"), public_id=follow_of(token))
    authorize(actor, FOLLOW)
    if row.confirmed is not None:
        return False
    row.confirmed = now()
    row.save(update_fields=["confirmed"])
    _mail_arrives(row.subscriber)
    record(actor, row)
    results.count(FOLLOWED, link)
    owner = _person_of(row.subscriber.email)
    if owner is not None:
        _take_over(row.subscriber, _subscriber_of_person(owner, actor.language))
    return True


@action("notices.follow_as_person")
def follow_as_person(actor: Actor, *, kind: str, key: str, link: str = "") -> None:
    """Follow with the own login: it counts at once."""
    if actor.person is None:
        raise NotAllowed(code="notices.follow:role")
    authorize(actor, FOLLOW)
    _check_topic(kind, key)
    subscriber = _subscriber_of_person(actor.person, actor.language)
    follow, made = Follow.objects.get_or_create(
        subscriber=subscriber, kind=kind, key=key, defaults={"confirmed": now()}
    )
    record(actor, follow)
    if made:
        results.count(FOLLOWED, link)
        address = User.objects.filter(person_id=actor.person).values_list("email", flat=True).first()
        stranger = Subscriber.objects.filter(email=(address or "").lower()).exclude(email="").first()
        if stranger is not None:
            _take_over(stranger, subscriber)


@action("notices.unfollow")
def unfollow(actor: Actor, *, token: str = "", follow: UUID) -> None:
    """Stop following one topic. With the last one, an address without login is forgotten."""
    subscriber = own(actor, token)
    row = lock(Follow.objects.filter(subscriber=subscriber), public_id=follow)
    record(actor, row)
    row.delete()
    if subscriber.person_id is None and not subscriber.follows.exists():
        subscriber.delete()


@action("notices.unsubscribe")
def unsubscribe(actor: Actor, *, token: str) -> None:
    """No mail any more. An address without login is forgotten with everything that waited for it; a person
    with a login keeps the topics and reads on these pages."""
    try:
        subscriber = own(actor, token)
    except NotFound:
        return  # pressed twice: it is done
    record(actor, subscriber)
    if subscriber.person_id is None:
        subscriber.delete()
        return
    for kind in chosen_kinds():
        subscriber.choices.setdefault(kind.key, {})[Channel.EMAIL.value] = Frequency.NEVER.value
    subscriber.save(update_fields=["choices"])
    waiting = Dispatch.objects.filter(subscriber=subscriber, channel=Channel.EMAIL, state=State.WAITING)
    waiting.delete()


@action("notices.stop_all")
def stop_all(actor: Actor, *, token: str = "") -> None:
    """Forget the subscriber: topics, choices, and what was told so far."""
    subscriber = own(actor, token)
    record(actor, subscriber)
    subscriber.delete()


def clean_address(email: str) -> str:
    """The address in lower case. Raises RuleBroken if it is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        message = _("Write the whole e-mail address, like name@example.org.")
        raise RuleBroken("notices.email_unclear", message) from None
    return address


def own(actor: Actor, token: str) -> Subscriber:
    """The subscriber of a signed link, else of the login; locked, and the act is allowed. For actions."""
    if token and actor.acting_for is not None:
        raise NotFound(code="notices.subscriber")  # the link is somebody's own way in
    if token:
        row = lock(Subscriber.objects.all(), public_id=subscriber_of(token))
    elif actor.person is not None:
        row = lock(Subscriber.objects.all(), person_id=actor.person)
    else:
        raise NotAllowed(code="notices.follow:role")
    authorize(actor, FOLLOW)
    return row


def _check_topic(kind: str, key: str) -> None:
    if not named([(kind, key)]):
        raise NotFound(code="notices.topic")


def _subscriber_of_person(person: int, language: str) -> Subscriber:
    row, _made = Subscriber.objects.get_or_create(person_id=person, defaults={"language": language})
    return row


def _person_of(email: str) -> int | None:
    users = User.objects.filter(email__iexact=email, is_active=True, person__isnull=False)
    return users.values_list("person_id", flat=True).first()


def _mail_arrives(subscriber: Subscriber) -> None:
    """A link in a mail was used, so mail arrives again."""
    subscriber.soft_bounces, subscriber.stopped, subscriber.stop_reason = 0, None, ""
    subscriber.save(update_fields=["soft_bounces", "stopped", "stop_reason"])


def _take_over(stranger: Subscriber, person: Subscriber) -> None:
    """The address belongs to a person with a login: one subscriber, so that nobody is told twice."""
    held = set(person.follows.values_list("kind", "key"))
    for follow in stranger.follows.filter(confirmed__isnull=False):
        if (follow.kind, follow.key) not in held:
            Follow.objects.filter(pk=follow.pk).update(subscriber=person)
    told = Dispatch.objects.filter(subscriber=person, channel=Channel.EMAIL).values("notice")
    Dispatch.objects.filter(subscriber=stranger).exclude(notice__in=told).update(subscriber=person)
    stranger.delete()
