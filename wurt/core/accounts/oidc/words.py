"""What people read when signing in through another house did not work."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    """``text`` may name the provider as ``%(name)s``; ``status`` is the answer's (RFC 9110)."""

    title: str | Promise
    text: str | Promise
    status: int = 401


_FAILED = _("The sign-in did not work")
_WORDS: dict[str, Words] = {
    "cancelled": Words(
        _("You cancelled the sign-in"),
        _("Nothing has happened. You can start again, or choose another way."),
        200,
    ),
    "down": Words(
        _FAILED,
        _(
            "%(name)s does not answer properly just now. Please try again in a few minutes, or choose "
            "another way."
        ),
        503,
    ),
    "state": Words(
        _("This sign-in has expired"),
        _(
            "It took longer than ten minutes, was begun in another browser, or was used already. Please"
            " start again."
        ),
    ),
    "expired": Words(
        _("This sign-in has expired"),
        _(
            "The confirmation of %(name)s is too old. Please start again. If that does not help, a "
            "clock is wrong: tell the administration of the county."
        ),
    ),
    "unknown_person": Words(
        _("There is no access for you here yet"),
        _(
            "%(name)s knows you, but here nobody has invited you under the address that was confirmed "
            "there. Ask the administration of the county for an invitation."
        ),
        403,
    ),
    "link_by_hand": Words(
        _("Please connect your account once"),
        _(
            "There is an account with your address, and it is in use. So that nobody gets in by an "
            "address alone, sign in as usual and then choose “Connect” on My account."
        ),
        403,
    ),
    "email_taken": Words(
        _("There is an account with this address already"),
        _(
            "So that nobody gets in by an address alone, sign in with it as usual and then choose "
            "“Connect” on My account."
        ),
        403,
    ),
    "staff_login": Words(
        _("Not for accounts of staff"),
        _("%(name)s is for citizens. Accounts that hold a role for staff sign in another way."),
        403,
    ),
    "signup_closed": Words(
        _("There is no account for you here yet"),
        _("New accounts through %(name)s are not open at present."),
        403,
    ),
    "other_linked": Words(
        _("Another identity is connected already"),
        _("Your account is connected with another identity of %(name)s. Disconnect that one first."),
        403,
    ),
}
_NOT_BELIEVED = Words(
    _FAILED,
    _(
        "The confirmation of %(name)s does not fit what was asked, so it was not believed. Please "
        "start again. If it happens again, tell the administration of the county."
    ),
)
"""Wrong nonce, audience, issuer or signature: the difference helps nobody but an attacker."""


def words_for(code: str) -> Words:
    """The words for a code of ``Trouble``."""
    return _WORDS.get(code, _NOT_BELIEVED)
