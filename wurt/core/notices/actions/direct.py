"""Staff looks after single letters and mails of which nobody knows whether they arrived."""

from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, record
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.notices.kinds import Channel
from wurt.core.notices.models import Direct, State
from wurt.core.notices.policies import MANAGE
from wurt.core.tenancy.authority import county


@action("notices.single_letters_posted")
def single_letters_posted(actor: Actor, *, upto: int) -> int:
    """The single letters of the printed file are in the post. Answers how many."""
    authorize(actor, MANAGE, county())
    rows = Direct.objects.filter(channel=Channel.LETTER, state=State.WAITING, pk__lte=upto)
    posted = rows.update(state=State.SENT, sent=now())
    if not posted:
        raise RuleBroken("notices.no_letters", _("These letters were noted as posted already."))
    record(actor, county(), after={"letters": posted})
    return posted


@action("notices.send_direct_again")
def send_direct_again(actor: Actor, *, direct: UUID) -> None:
    """Staff decides that an unclear or failed mail goes out once more."""
    authorize(actor, MANAGE, county())
    row = lock(Direct.objects.filter(state__in=(State.UNCLEAR, State.FAILED)), public_id=direct)
    row.state, row.due, row.attempts, row.claimed, row.error = State.WAITING, now(), 0, None, ""
    row.save(update_fields=["state", "due", "attempts", "claimed", "error"])
    record(actor, row)
