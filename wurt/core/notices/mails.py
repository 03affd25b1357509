"""One mail with everything that belongs to it: both bodies, why it came, how to stop it with one click."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wurt.core.db.errors import NotFound
from wurt.core.notices.models import Follow, Subscriber
from wurt.core.notices.rendering import Piece, framed
from wurt.core.notices.tokens import confirm_token, subscriber_of, subscriber_token
from wurt.core.notices.topics import Topic
from wurt.core.web.context import county_name


def address(name: str, *arguments: object) -> str:
    """A page of notices as a full address."""
    return settings.WURT_URL + reverse(f"notices:{name}", args=arguments)


def notice_mail(
    subscriber: Subscriber, to: str, piece: Piece, *, why: Sequence[str], number: int
) -> EmailMultiAlternatives:
    """The mail of one or several notices. ``number`` (of the first dispatch) makes the message id, which is
    the same however often the mail is made, and by which a bounce names the subscriber."""
    token = subscriber_token(subscriber.public_id)
    stop = address("unsubscribe", token)
    with translation.override(subscriber.language):
        values = {"why": why, "settings": address("settings", token), "stop": stop, "county": county_name()}
        text, html = framed(piece, "notices/mail/notice", values)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": f"<{number}.{token}@{_host()}>",
        "Auto-Submitted": "auto-generated",
    }
    return _mail(piece.subject, text, html, to, headers)


def confirmation_mail(follow: Follow, topic: Topic) -> EmailMultiAlternatives:
    """Asks whether the follow was meant; to whoever follows already it says so, with the way to the
    settings."""
    subscriber = follow.subscriber
    with translation.override(subscriber.language):
        values: dict[str, object] = {"topic": topic, "county": county_name()}
        if follow.confirmed is None:
            subject = _("Please confirm: news about %(title)s") % {"title": topic.title}
            values["url"] = address("confirm", confirm_token(follow.public_id))
            template = "notices/mail/confirm"
        else:
            subject = _("You follow %(title)s already") % {"title": topic.title}
            values["url"] = address("settings", subscriber_token(subscriber.public_id))
            template = "notices/mail/already"
        text, html = framed(Piece(subject, "", SafeString("")), template, values)
    return _mail(
        " ".join(subject.split()), text, html, subscriber.email, {"Auto-Submitted": "auto-generated"}
    )


def subscriber_of_message_id(message_id: str) -> UUID | None:
    """Whom a message of ours was for; None if the id is not ours."""
    local = message_id.strip().strip("<>").partition("@")[0]
    try:
        return subscriber_of(local.partition(".")[2])
    except NotFound:
        return None


def _host() -> str:
    return urlsplit(settings.WURT_URL).hostname or "localhost"


def _mail(subject: str, text: str, html: str, to: str, headers: dict[str, str]) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    message.attach_alternative(html, "text/html")
    return message
