"""Reads of a change of address."""

from dataclasses import dataclass
from datetime import datetime

from wurt.core.accounts.email_tokens import CONFIRM_WITHIN, STOP_WITHIN, confirmed, stopped
from wurt.core.accounts.models import EmailChange, User
from wurt.core.accounts.policies import OWN_LOGIN, STOP_EMAIL_CHANGE
from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.db.clock import now
from wurt.core.db.errors import NotFound


@dataclass(frozen=True, slots=True)
class AddressView:
    """The address of the login, and the one asked for (empty: none), which can be confirmed ``until``."""

    email: str
    asked: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """From which address to which."""

    old: str
    email: str


def my_address(actor: Actor) -> AddressView:
    """One's own address and what is asked for."""
    user = User.objects.select_related("person").filter(person=actor.person or 0).first()
    if user is None:
        raise NotFound(code="accounts.user")
    authorize(actor, OWN_LOGIN, user.person)
    row = user.email_changes.filter(done__isnull=True, created__gt=now() - CONFIRM_WITHIN).first()
    return AddressView(user.email, row.email if row else "", row.created + CONFIRM_WITHIN if row else None)


def to_confirm(actor: Actor, token: str) -> ChangeView:
    """What one's own link confirms. Raises NotFound."""
    rows = EmailChange.objects.select_related("user__person").filter(
        user__person=actor.person or 0, done__isnull=True, created__gt=now() - CONFIRM_WITHIN
    )
    row = rows.filter(public_id=confirmed(token)).first()
    if row is None:
        raise NotFound(code="accounts.emailchange")
    authorize(actor, OWN_LOGIN, row.user.person)
    return ChangeView(row.old, row.email)


def to_stop(actor: Actor, token: str) -> ChangeView:
    """What the link of an old mailbox stops. Raises NotFound."""
    rows = EmailChange.objects.filter(created__gt=now() - STOP_WITHIN)
    row = rows.filter(public_id=stopped(token)).first()
    if row is None:
        raise NotFound(code="accounts.emailchange")
    authorize(actor, STOP_EMAIL_CHANGE, row)
    return ChangeView(row.old, row.email)
