"""What accounts itself shows on My page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wurt.core.accounts import queries
from wurt.core.accounts.my_page import Section, register
from wurt.core.action.actor import Actor


def _account(actor: Actor) -> Mapping[str, Any]:
    view = queries.my_account(actor)
    return {name: getattr(view, name) for name in view.__dataclass_fields__}


register(
    Section("who", _("Who you are"), "accounts/mine/who.html", _account, order=10),
    Section("roles", _("Your roles"), "accounts/mine/roles.html", _account, order=20),
    Section("factor", _("Second factor"), "accounts/mine/factor.html", _account, order=50),
    Section("sessions", _("Password and sessions"), "accounts/mine/sign_in.html", _account, order=60),
)
