"""People without mail: staff notes their address and topics, prints their letters and says when they are
posted."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Dispatch, Follow, State, Subscriber
from wurt.core.notices.policies import MANAGE
from wurt.core.notices.topics import Pair, named
from wurt.core.tenancy.authority import county


@action("notices.add_letter_reader", makes=Making(Subscriber.objects.all))
def add_letter_reader(actor: Actor, *, name: str, address: str, topics: Sequence[Pair]) -> UUID:
    """Somebody asked at the counter or on the phone to be told by letter."""
    authorize(actor, MANAGE, county())
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    if not lines or not name.strip():
        raise RuleBroken("notices.address_unclear", _("Write the name, the street and the town."))
    if len(lines) > 5:
        message = _("The address has more than five lines and would not fit the envelope.")
        raise RuleBroken("notices.address_long", message, field="address")
    wanted = named([(kind, key) for kind, key in topics])
    if not wanted:
        raise RuleBroken("notices.no_topic", _("Choose at least one topic."))
    row = Subscriber.objects.create(name=name.strip(), address="\n".join(lines))
    Follow.objects.bulk_create(
        [Follow(subscriber=row, kind=kind, key=key, confirmed=now()) for kind, key in sorted(wanted)]
    )
    record(actor, row)
    return row.public_id


@action("notices.remove_letter_reader")
def remove_letter_reader(actor: Actor, *, subscriber: UUID) -> None:
    """The person wants no more letters: address and topics are forgotten."""
    row = lock(Subscriber.objects.exclude(address=""), public_id=subscriber)
    authorize(actor, MANAGE, county())
    record(actor, row)
    row.delete()


@action("notices.letters_posted")
def letters_posted(actor: Actor, *, upto: int) -> int:
    """The letters of the printed file are in the post. ``upto`` is the newest row that was in it, so that
    what came since is printed next time. Answers how many notices that were."""
    authorize(actor, MANAGE, county())
    rows = Dispatch.objects.filter(channel=Channel.LETTER, state=State.WAITING, pk__lte=upto)
    posted = rows.update(state=State.SENT, sent=now())
    if not posted:
        raise RuleBroken("notices.no_letters", _("These letters were noted as posted already."))
    record(actor, county(), after={"letters": posted})
    return posted
