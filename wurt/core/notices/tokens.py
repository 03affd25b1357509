"""Signed links in mails: nothing secret is stored, and a link dies with the row it names."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from wurt.core.db.errors import NotFound

CONFIRM_WITHIN = timedelta(days=7)
_confirm = signing.TimestampSigner(sep=".", salt="notices.confirm")
_subscriber = signing.Signer(sep=".", salt="notices.subscriber")


def confirm_token(follow: UUID) -> str:
    """For the mail that asks whether a follow was meant."""
    return _confirm.sign(follow.hex)


def follow_of(token: str) -> UUID:
    """The follow of a confirm link. Raises NotFound if it is forged, cut or older than seven days."""
    try:
        return UUID(_confirm.unsign(token, max_age=CONFIRM_WITHIN))
    except (signing.BadSignature, ValueError):
        raise NotFound(code="notices.follow") from None


def subscriber_token(subscriber: UUID) -> str:
    """For the links to settings and unsubscribing. It does not expire: an old mail must still unsubscribe."""
    return _subscriber.sign(subscriber.hex)


def subscriber_of(token: str) -> UUID:
    """The subscriber of such a link. Raises NotFound if it is forged or cut."""
    try:
        return UUID(_subscriber.unsign(token))
    except (signing.BadSignature, ValueError):
        raise NotFound(code="notices.subscriber") from None
