"""Turns what allauth tells into entries of the audit trail: by id, without content.

This is the one place in Wurt that listens to signals: allauth writes its own tables and offers no other door.
"""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models.signals import pre_save
from django.dispatch import Signal
from django.http import HttpRequest

from wurt.core.accounts import sessions
from wurt.core.accounts.actors import actor_of
from wurt.core.accounts.models import User
from wurt.core.audit import trail

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - stands for “not kept”, nothing is bound to it

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
    "accounts.identity_connected": social.social_account_added,
    "accounts.identity_disconnected": social.social_account_removed,
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
    """Setting up an app takes a code from it, and making a passkey its device: the session now has a second
    factor, without signing in again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)


def lost_second_factor(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A removed factor proves nothing any more: other sessions end, and this one keeps only what is left."""
    left = set(Authenticator.objects.filter(user=user).values_list("pk", flat=True))
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record.get("method") != "mfa" or record.get("id") in left
    ]
    sessions.end_others(user, request.session.session_key or "")


def began(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A new session: staff's limits hold for whoever works at the desk."""
    sessions.begin(request, staff=actor_of(user, second_factor=False).is_staff)


def changed_password(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever knew the old password is out."""
    sessions.end_others(user, request.session.session_key or "")


def without_place(sender: Any, instance: UserSession, **kwargs: Any) -> None:
    """allauth would keep the network address; nobody needs it here, so it is never stored."""
    instance.ip = NO_ADDRESS


def _listener(action: str) -> Any:
    def listen(sender: Any, **kwargs: Any) -> None:
        user = kwargs.get("user")
        tie = kwargs.get("sociallogin") or kwargs.get("socialaccount")
        if user is None and tie is not None:
            user = tie.user
        if user is None:  # logged out without having been logged in
            return
        authenticator = kwargs.get("authenticator")
        note(action, user, {"type": authenticator.type} if authenticator is not None else None)

    return listen


def connect() -> None:
    """Called once by the app's ``ready``."""
    for action, signal in _TOLD.items():
        signal.connect(_listener(action), weak=False, dispatch_uid=action)
    account.user_logged_in.connect(began, dispatch_uid="accounts.began")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(changed_password, dispatch_uid="accounts.changed_password")
    pre_save.connect(without_place, sender=UserSession, dispatch_uid="accounts.without_place")
    user_login_failed.connect(failed_login, dispatch_uid="accounts.login_failed")
    mfa.authenticator_added.connect(proved_second_factor, dispatch_uid="accounts.proved")
    mfa.authenticator_removed.connect(lost_second_factor, dispatch_uid="accounts.lost")
