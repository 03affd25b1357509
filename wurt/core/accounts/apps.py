from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.trail_words import ACTIONS, SYSTEMS
from wurt.core.audit.words import name_actions, name_systems, name_things, names_from
from wurt.core.web import desk
from wurt.core.web.errors import open_to_all
from wurt.core.web.menu import MenuEntry, register


def signed_in(request: HttpRequest) -> bool:
    """Is somebody at the screen?"""
    return bool(request.actor.signed_in)  # type: ignore[attr-defined]


class AccountsConfig(AppConfig):
    name = "wurt.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Models exist only now, and these modules need them.
        from wurt.core.accounts import (  # noqa: PLC0415
            bridge,
            checks,  # noqa: F401
            email_handlers,  # noqa: F401
            handlers,  # noqa: F401
            my_sections,  # noqa: F401
        )
        from wurt.core.accounts.organisation_queries import acts_for_organisations  # noqa: PLC0415
        from wurt.core.accounts.queries import may_manage_people  # noqa: PLC0415
        from wurt.core.tenancy.models import Person  # noqa: PLC0415

        bridge.connect()
        open_to_all("/konto/email/stoppen/")
        name_actions(ACTIONS)
        name_systems(SYSTEMS)
        name_things("accounts.user", _("Login"), names_from(lambda: Person.objects.all()))
        register(
            MenuEntry(
                _("My account"), "accounts:mine", order=900, audience="staff", own=True, permission=signed_in
            ),
            MenuEntry(
                _("My organisation"),
                "accounts:organisations",
                order=890,
                audience="staff",
                own=True,
                permission=lambda request: acts_for_organisations(request.actor),  # type: ignore[attr-defined]
            ),
            MenuEntry(
                _("Audit trail"),
                "accounts:trail",
                order=810,
                audience="staff",
                parent=desk.ADMINISTRATION,
                permission=lambda request: may_manage_people(request.actor),  # type: ignore[attr-defined]
            ),
            MenuEntry(
                _("People and roles"),
                "accounts:people",
                order=800,
                audience="staff",
                parent=desk.ADMINISTRATION,
                permission=lambda request: may_manage_people(request.actor),  # type: ignore[attr-defined]
            ),
        )
