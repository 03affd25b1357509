from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.web import desk
from wurt.core.web.context import ask_for_name
from wurt.core.web.menu import MenuEntry, register


class TenancyConfig(AppConfig):
    name = "wurt.core.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.tenancy import trail_words  # noqa: PLC0415
        from wurt.core.tenancy.queries import may_view_organisations, shown_name  # noqa: PLC0415

        trail_words.connect()

        def staff(request: HttpRequest) -> bool:
            return may_view_organisations(request.actor)  # type: ignore[attr-defined]

        ask_for_name(shown_name)
        register(
            MenuEntry(
                _("Organisations"),
                "tenancy:organisations",
                order=700,
                audience="staff",
                parent=desk.ADMINISTRATION,
                permission=staff,
            ),
            MenuEntry(
                _("Places"),
                "tenancy:places",
                order=710,
                audience="staff",
                parent=desk.ADMINISTRATION,
                permission=staff,
            ),
        )
