"""Letters that wait: printed, posted, forgotten; and what the clock does."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.assisted.models import Act, Assistance, End, Letter, Mandate
from wurt.core.assisted.policies import ASSIST, UPKEEP
from wurt.core.assisted.standing import LONGEST
from wurt.core.db.clock import now, today
from wurt.core.db.errors import RuleBroken
from wurt.core.tenancy.authority import county

TEXTS_KEPT = timedelta(days=30)
"""Sentences of a session whose end nobody confirmed, and offers of mandates that nobody accepted."""


@action("assisted.letters_posted")
def letters_posted(actor: Actor, *, upto: int) -> int:
    """The letters of the printed file are in the post: their texts are forgotten. ``upto`` is the newest one
    that was in it. Answers how many those were."""
    authorize(actor, ASSIST)
    rows = Letter.objects.filter(place__in=actor.places_with(ASSIST.roles), posted__isnull=True, pk__lte=upto)
    posted = rows.update(posted=now(), body={})
    if not posted:
        raise RuleBroken("notices.no_letters", _("These letters were noted as posted already."))
    record(actor, county(), after={"letters": posted})
    return posted


@action("assisted.forget")
def forget(actor: Actor) -> int:
    """By the clock: end sessions whose time is over, forget sentences and offers that nobody came back to."""
    authorize(actor, UPKEEP)
    moment = now()
    old = moment - TEXTS_KEPT
    sessions = Assistance.objects.filter(ended__isnull=True, started__lte=moment - LONGEST)
    texts = Act.objects.filter(~Q(text=""), at__lt=old)
    offers = Mandate.objects.filter(Q(created__lt=old) | Q(ends__lt=today()), helper__isnull=True)
    if not (sessions.exists() or texts.exists() or offers.exists()):
        return 0
    done = {
        "ended": sessions.update(ended=moment, end=End.TIME),
        "texts": texts.update(text=""),
        "offers": offers.delete()[0],
    }
    record(actor, county(), after=done)
    return sum(done.values())
