from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.trail_words import ACTIONS, SYSTEMS
from wurt.core.audit.words import name_actions, name_systems, name_things, names_from
from wurt.core.web.menu import MenuEntry, register


def signed_in(request: HttpRequest) -> bool:
    """Is somebody at the screen?"""
    return bool(request.actor.signed_in)  # type: ignore[attr-defined]


class AccountsConfig(AppConfig):
    name = "wurt.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Models exist only now, and these modules need them.
        from wurt.core.accounts import bridge, handlers, my_sections  # noqa: F401, PLC0415
        from wurt.core.accounts.queries import may_manage_people  # noqa: PLC0415
        from wurt.core.tenancy.models import Person  # noqa: PLC0415

        bridge.connect()
        name_actions(ACTIONS)
        name_systems(SYSTEMS)
        name_things("accounts.user", _("Login"), names_from(lambda: Person.objects.all()))
        register(
            MenuEntry(_("My account"), "accounts:mine", order=900, audience="staff", permission=signed_in),
            MenuEntry(
                _("Audit trail"),
                "accounts:trail",
                order=810,
                audience="staff",
                permission=lambda request: may_manage_people(request.actor),  # type: ignore[attr-defined]
            ),
            MenuEntry(
                _("People and roles"),
                "accounts:people",
                order=800,
                audience="staff",
                permission=lambda request: may_manage_people(request.actor),  # type: ignore[attr-defined]
            ),
        )
