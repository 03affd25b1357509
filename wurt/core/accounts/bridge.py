"""Turns what allauth tells into entries of the audit trail: by id, without content.

This is the one place in Wurt that listens to signals: allauth writes its own tables and offers no other door.
"""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import Signal
from django.http import HttpRequest

from wurt.core.accounts.models import User
from wurt.core.audit import trail

_TOLD: dict[str, Signal] = {
    "accounts.logged_in": account.user_logged_in,
    "accounts.logged_out": user_logged_out,
    "accounts.signed_up": account.user_signed_up,
    "accounts.password_set": account.password_set,
    "accounts.password_changed": account.password_changed,
    "accounts.password_reset": account.password_reset,
    "accounts.email_added": account.email_added,
    "accounts.email_changed": account.email_changed,
    "accounts.email_removed": account.email_removed,
    "accounts.login_code_rejected": account.login_code_rejected,
    "accounts.second_factor_added": mfa.authenticator_added,
    "accounts.second_factor_removed": mfa.authenticator_removed,
    "accounts.second_factor_renewed": mfa.authenticator_reset,
    "accounts.second_factor_used": mfa.authenticator_used,
    "accounts.second_factor_rejected": mfa.authentication_failed,
}


def note(action: str, user: User | None, after: dict[str, Any] | None = None) -> None:
    """One entry about a login. Without a login: somebody tried an address that nobody has."""
    person = user.person if user is not None else None
    name = str(person.public_id) if person is not None else "unknown"
    trail.write(
        actor=name if user is not None else "anonymous",
        action=action,
        object_type="accounts.user",
        object_id=name,
        before={},
        after=after or {},
    )


def failed_login(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """A wrong password, or an address that nobody has; the address itself is not kept."""
    address = credentials.get("email") or credentials.get("username") or ""
    user = User.objects.select_related("person").filter(email__iexact=address).first()
    note("accounts.login_failed", user)


def proved_second_factor(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Activating an app takes a code from it: the session now has a second factor, without signing in
    again."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, method="mfa", type="totp", id=authenticator.pk)


def _listener(action: str) -> Any:
    def listen(sender: Any, **kwargs: Any) -> None:
        user = kwargs.get("user")
        if user is None:  # logged out without having been logged in
            return
        authenticator = kwargs.get("authenticator")
        note(action, user, {"type": authenticator.type} if authenticator is not None else None)

    return listen


def connect() -> None:
    """Called once by the app's ``ready``."""
    for action, signal in _TOLD.items():
        signal.connect(_listener(action), weak=False, dispatch_uid=action)
    user_login_failed.connect(failed_login, dispatch_uid="accounts.login_failed")
    mfa.authenticator_added.connect(proved_second_factor, dispatch_uid="accounts.proved")
