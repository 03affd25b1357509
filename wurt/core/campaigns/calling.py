"""The mail to followers: a kind of notice that only those get who switched it on."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.campaigns.models import Campaign, ChannelKind
from wurt.core.notices.actions.spread import announce
from wurt.core.notices.kinds import Channel, Data, Frequency, NoticeKind, Part
from wurt.core.notices.kinds import register as register_kinds

CALL = "campaigns.call"
WORDS = ("headline", "subline", "body", "call", "contact")


def words_of(row: Campaign) -> dict[str, str]:
    """What the mail says, with the address of the channel's own short link; "" where there is no channel."""
    channel = row.channels.select_related("link").filter(kind=ChannelKind.FOLLOWERS).first()
    url = reverse("links:open", args=[channel.link.code]) if channel else ""
    return {**{name: getattr(row, name) for name in WORDS}, "url": url}


def tell(actor: Actor, campaign: UUID, topic: tuple[str, str], words: Data) -> bool:
    """Tell the followers of the topic who want to hear of campaigns; once for a campaign."""
    return announce(actor, kind=CALL, key=str(campaign), data=words, topics=[topic], parts=[])


def register() -> None:
    """Tell notices what campaigns have to say. Following something is no wish for campaigns: all ways are off
    until somebody chooses one."""
    register_kinds(
        NoticeKind(
            key=CALL,
            label=_("Campaign"),
            meaning=_(
                "When the county makes known what you follow: an invitation, an offer, something to try. Off "
                "until you switch it on."
            ),
            subject=_subject,
            text="campaigns/notices/call.txt",
            html="campaigns/notices/call.html",
            sample=_sample,
            defaults=dict.fromkeys(Channel, Frequency.NEVER),
        )
    )


def _subject(data: Data) -> str:
    return str(data["headline"])


def _sample() -> tuple[Data, Sequence[Part]]:
    return {
        "headline": "Der Rufbus kommt, wenn Sie ihn brauchen",
        "subline": "Ein Anruf genügt: von Haltestelle zu Haltestelle",
        "body": "Bestellen Sie bis eine Stunde vorher.\n\nDie Fahrt kostet so viel wie im Linienbus.",
        "call": "Jetzt ausprobieren",
        "contact": "Mobilitätszentrale, Telefon 0481 97-0",
        "url": "/k/bcdfgh/",
    }, ()
