"""Signed links of a change of address. They name the row; how old it may be is asked of the row."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from wurt.core.db.errors import NotFound

CONFIRM_WITHIN = timedelta(days=3)
STOP_WITHIN = timedelta(days=14)
"""Counted from the request. Longer than confirming: whoever reads the old mailbox once in a week or two can
still put the old address back."""

_confirm = signing.Signer(sep=".", salt="accounts.email.confirm")
_stop = signing.Signer(sep=".", salt="accounts.email.stop")


def confirm_token(change: UUID) -> str:
    """Only in the mail to the new address."""
    return _confirm.sign(change.hex)


def stop_token(change: UUID) -> str:
    """Only in the mails to the old address."""
    return _stop.sign(change.hex)


def confirmed(token: str) -> UUID:
    """The change of a link in the mail to the new address. Raises NotFound if it is forged or cut."""
    return _change(_confirm, token)


def stopped(token: str) -> UUID:
    """The change of a link in a mail to the old address. Raises NotFound if it is forged or cut."""
    return _change(_stop, token)


def _change(signer: signing.Signer, token: str) -> UUID:
    try:
        return UUID(signer.unsign(token))
    except (signing.BadSignature, ValueError):
        raise NotFound(code="accounts.emailchange") from None
