from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wurt.core.audit.words import name_actions, name_things, names_from
from wurt.core.web import desk
from wurt.core.web.menu import MenuEntry, register


class LinksConfig(AppConfig):
    name = "wurt.core.links"
    label = "links"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.links.figures import register_figures  # noqa: PLC0415
        from wurt.core.links.models import Link  # noqa: PLC0415
        from wurt.core.links.queries import may_manage  # noqa: PLC0415

        register(
            MenuEntry(
                _("Short links and QR codes"),
                "links:desk",
                order=745,
                audience="staff",
                parent=desk.SERVICES,
                permission=lambda request: may_manage(request.actor),  # type: ignore[attr-defined]
            )
        )
        name_actions(
            {
                "links.create_link": _("Made a short link"),
                "links.edit_link": _("Changed a short link"),
                "links.end_link": _("Ended a short link"),
                "links.reopen_link": _("Opened a short link again"),
            }
        )
        name_things(
            "links.link", _("Short link"), names_from(Link.objects.all, show=lambda row: str(row.title))
        )
        register_figures()
