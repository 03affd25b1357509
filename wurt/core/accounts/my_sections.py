"""What accounts itself shows on My page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wurt.core.accounts import queries
from wurt.core.accounts.my_page import Section, register, sent_by
from wurt.core.accounts.organisation_queries import acts_for_organisations, my_organisations
from wurt.core.action.actor import Actor


def _account(actor: Actor) -> Mapping[str, Any]:
    view = queries.my_account(actor)
    return {name: getattr(view, name) for name in view.__dataclass_fields__}


def _sent(actor: Actor) -> Mapping[str, Any]:
    return {"sent": sent_by(actor)}


def _organisations(actor: Actor) -> Mapping[str, Any] | None:
    if not acts_for_organisations(actor):
        return None
    return {"organisations": my_organisations(actor)}


register(
    Section(
        "organisations", _("Your organisations"), "accounts/mine/organisations.html", _organisations, order=20
    ),
    Section("who", _("Who you are"), "accounts/mine/who.html", _account, order=10),
    Section("sent", _("What you booked or sent"), "accounts/mine/sent.html", _sent, order=30),
    Section("roles", _("What you may do"), "accounts/mine/roles.html", _account, order=20),
    Section("factor", _("Second factor"), "accounts/mine/factor.html", _account, order=50),
    Section("sessions", _("Password and sessions"), "accounts/mine/sign_in.html", _account, order=60),
)
