"""One mail with everything that belongs to it: both bodies, why it came, how to stop it with one click."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wurt.core.db.errors import NotFound
from wurt.core.links.carrying import with_code
from wurt.core.notices.models import Follow, Subscriber
from wurt.core.notices.rendering import Piece, framed
from wurt.core.notices.tokens import confirm_token, subscriber_of, subscriber_token
from wurt.core.notices.topics import Topic
from wurt.core.web.context import county_name


def address(name: str, *arguments: object) -> str:
    """A page of notices as a full address."""
    return settings.WURT_URL + reverse(f"notices:{name}", args=arguments)


class Frames:
    """Whole mails of one run, without the subscriber: who reads the same in the same language gets the same
    mail but for the token in its two links, so each is rendered once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Piece, tuple[str, ...], str], tuple[str, str]] = {}
        self._mark = uuid4().hex

    def of(self, piece: Piece, why: Sequence[str], language: str, token: str) -> tuple[str, str]:
        """Text and HTML with the links of the subscriber that ``token`` names."""
        key = (piece, tuple(why), language)
        if key not in self._made:
            self._made[key] = self._framed(piece, why, language)
        text, html = self._made[key]
        return text.replace(self._mark, token), html.replace(self._mark, token)

    def _framed(self, piece: Piece, why: Sequence[str], language: str) -> tuple[str, str]:
        links = {"settings": address("settings", self._mark), "stop": address("unsubscribe", self._mark)}
        with translation.override(language):
            return framed(piece, "notices/mail/notice", {"why": why, "county": county_name(), **links})


def notice_mail(
    subscriber: Subscriber, to: str, piece: Piece, *, why: Sequence[str], number: int, frames: Frames
) -> EmailMultiAlternatives:
    """The mail of one or several notices. ``number`` (of the first dispatch) makes the message id, which is
    the same however often the mail is made, and by which a bounce names the subscriber."""
    token = subscriber_token(subscriber.public_id)
    text, html = frames.of(piece, why, subscriber.language, token)
    stop = address("unsubscribe", token)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": f"<{number}.{token}@{_host()}>",
        "Auto-Submitted": "auto-generated",
    }
    return _mail(piece.subject, text, html, to, headers)


def confirmation_mail(follow: Follow, topic: Topic, link: str = "") -> EmailMultiAlternatives:
    """Asks whether the follow was meant; to whoever follows already it says so, with the way to the
    settings. ``link``: code of the short link that led here, handed on to the page that confirms."""
    subscriber = follow.subscriber
    with translation.override(subscriber.language):
        values: dict[str, object] = {"topic": topic, "county": county_name()}
        if follow.confirmed is None:
            subject = _("Please confirm: news about %(title)s") % {"title": topic.title}
            url = address("confirm", confirm_token(follow.public_id))
            values["url"] = with_code(url, link) if link else url
            template = "notices/mail/confirm"
        else:
            subject = _("You follow %(title)s already") % {"title": topic.title}
            values["url"] = address("settings", subscriber_token(subscriber.public_id))
            template = "notices/mail/already"
        text, html = framed(Piece(subject, "", SafeString("")), template, values)
    return _mail(
        " ".join(subject.split()), text, html, subscriber.email, {"Auto-Submitted": "auto-generated"}
    )


def plain_mail(piece: Piece, to: str) -> EmailMultiAlternatives:
    """A mail to one recipient who is owed it: there is nothing to unsubscribe from. Active language."""
    text, html = framed(piece, "notices/mail/direct", {"county": county_name()})
    return _mail(piece.subject, text, html, to, {"Auto-Submitted": "auto-generated"})


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
