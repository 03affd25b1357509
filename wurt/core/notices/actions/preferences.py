"""How and when a subscriber is told."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.db.clock import now
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.notices.actions.follow import own
from wurt.core.notices.kinds import CHOSEN_CHANNELS, Channel, Frequency, frequency, kind_of
from wurt.core.notices.models import Dispatch, State, Subscriber
from wurt.core.notices.policies import FOLLOW
from wurt.core.notices.timing import due_at


@action("notices.save_preferences")
def save_preferences(
    actor: Actor,
    *,
    token: str = "",
    choices: Mapping[str, Mapping[str, str]],
    quiet_from: int,
    quiet_until: int,
) -> None:
    """Frequencies by kind and channel, and quiet hours (local hours; equal: none).

    What already waits goes by the new choice: it moves, or is dropped where the choice is never.
    """
    subscriber = own(actor, token)
    if not (0 <= quiet_from <= 23 and 0 <= quiet_until <= 23):
        raise RuleBroken("notices.hour_unclear")
    checked = _checked(choices)
    before = subscriber.choices
    subscriber.choices = {k: before.get(k, {}) | checked.get(k, {}) for k in {*before, *checked}}
    subscriber.quiet_from, subscriber.quiet_until = quiet_from, quiet_until
    subscriber.save(update_fields=["choices", "quiet_from", "quiet_until"])
    record(actor, subscriber)
    _move_waiting(subscriber)


def _checked(choices: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    allowed = {channel.value for channel in CHOSEN_CHANNELS}
    return {
        kind: {
            channel: chosen
            for channel, chosen in by_channel.items()
            if channel in allowed and chosen in Frequency.values
        }
        for kind, by_channel in choices.items()
        if kind_of(kind)
    }


def _move_waiting(subscriber: Subscriber) -> None:
    waiting = Dispatch.objects.filter(
        subscriber=subscriber, channel__in=(Channel.EMAIL, Channel.PUSH), state=State.WAITING
    )
    moment, zone = now(), ZoneInfo(settings.TIME_ZONE)
    for kind, channel in set(waiting.values_list("notice__kind", "channel")):
        chosen = frequency(subscriber.choices, kind, Channel(channel))
        rows = waiting.filter(notice__kind=kind, channel=channel)
        if chosen is Frequency.NEVER:
            rows.delete()
        else:
            rows.update(
                due=due_at(moment, chosen, subscriber.quiet_from, subscriber.quiet_until, zone), attempts=0
            )


@action("notices.mark_seen")
def mark_seen(actor: Actor, *, upto: int) -> None:
    """The signed-in person has read everything up to row ``upto``. Reading leaves no entry in the trail."""
    if actor.person is None:
        raise NotAllowed(code="notices.inbox:role")
    authorize(actor, FOLLOW)
    mine = Dispatch.objects.filter(subscriber__person_id=actor.person, channel=Channel.IN_APP, pk__lte=upto)
    mine.filter(seen__isnull=True, due__lte=now()).update(seen=now())
