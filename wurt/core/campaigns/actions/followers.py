"""The mail to followers: ordered once, for those who want to hear of campaigns."""

from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, check_version, lock, record, save
from wurt.core.campaigns.calling import CALL, words_of
from wurt.core.campaigns.events import CallDue
from wurt.core.campaigns.models import Campaign
from wurt.core.campaigns.policies import EDIT_CAMPAIGN
from wurt.core.db.clock import now, today
from wurt.core.db.errors import RuleBroken
from wurt.core.notices.reach import reach
from wurt.core.outbox.registry import publish
from wurt.core.web.format import day


@action("campaigns.call_followers")
def call_followers(actor: Actor, *, campaign: UUID, version: int | None = None) -> int:
    """Order the mail to the followers of what the campaign is about. Answers how many of them are told.

    What is sent is what stands in the campaign now: ``version`` is that of the page on which it was looked
    at. Raises RuleBroken ``campaigns.called``, ``campaigns.draft``, ``campaigns.over``,
    ``campaigns.no_followers_channel``, ``campaigns.no_words``, ``campaigns.nobody_follows``.
    """
    row = lock(Campaign.objects.all(), public_id=campaign)
    authorize(actor, EDIT_CAMPAIGN, row)
    problem = problem_of(row)
    if problem is not None:
        raise problem
    check_version(row, version, _("Somebody else changed this campaign in the meantime. Please look again."))
    topic = (row.about_kind, row.about_key)
    told = reach(actor, CALL, [topic]).told
    if not told:
        raise RuleBroken(
            "campaigns.nobody_follows", _("Nobody who follows this has switched campaigns on yet.")
        )
    row.called = now()
    save(row, ["called"])
    record(actor, row, after={"told": told})
    publish(CallDue(row.public_id, list(topic), words_of(row)), key=str(row.public_id))
    return told


def problem_of(row: Campaign) -> RuleBroken | None:
    """Why the mail cannot be ordered (yet), apart from who would get it; None if it can."""
    if row.called is not None:
        message = _("This mail was ordered on %(day)s. Nobody is told twice.") % {"day": day(row.called)}
        return RuleBroken("campaigns.called", message)
    if row.released is None:
        return RuleBroken("campaigns.draft", _("Release the campaign first."))
    if row.closed is not None or row.ends < today():
        return RuleBroken("campaigns.over", _("The campaign is over."))
    words = words_of(row)
    if not words["url"]:
        return RuleBroken("campaigns.no_followers_channel", _("Add the channel “mail to followers” first."))
    if not (words["headline"] and words["body"]):
        return RuleBroken("campaigns.no_words", _("Write headline and text first."))
    return None
