"""Secret links: to a notice for who sent it, to a decision for who wrote the thing. No secret is stored."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.core import signing

from wurt.core.db.errors import NotFound
from wurt.core.moderation.models import Role

_link = signing.Signer(sep=".", salt="moderation.link")
_proof = signing.Signer(sep=".", salt="moderation.proof")
_MARKS = {Role.NOTIFIER: "n", Role.AUTHOR: "a"}


def link_token(role: Role, public_id: UUID) -> str:
    """For the status page: of a report (notifier) or of a case (author)."""
    return _link.sign(f"{_MARKS[role]}{public_id.hex}")


def linked(token: str) -> tuple[Role, UUID]:
    """Whose link this is. Raises NotFound if it is forged or cut."""
    try:
        text = _link.unsign(token)
        role = next(role for role, mark in _MARKS.items() if text.startswith(mark))
        return role, UUID(text[1:])
    except (signing.BadSignature, ValueError, StopIteration):
        raise NotFound(code="moderation.case") from None


def proof_token(report: UUID) -> str:
    """Only in the mail to the address given with a notice: whoever has it reads that mail."""
    return _proof.sign(report.hex)


def proved(token: str) -> UUID:
    """The report of such a link. Raises NotFound."""
    try:
        return UUID(_proof.unsign(token))
    except (signing.BadSignature, ValueError):
        raise NotFound(code="moderation.case") from None


def who_of(email: str) -> str:
    """A keyed hash by which notices of the same address are known; empty without one."""
    address = email.strip().lower()
    if not address:
        return ""
    key = hashlib.sha256(b"moderation.who\n" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()
