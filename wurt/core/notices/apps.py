from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.my_page import Section
from wurt.core.accounts.my_page import register as add_section
from wurt.core.notices.kinds import kinds
from wurt.core.web import desk
from wurt.core.web.errors import open_to_all
from wurt.core.web.menu import MenuEntry, MenuItem, register, register_source
from wurt.core.web.views.styleguide import add_page


class NoticesConfig(AppConfig):
    name = "wurt.core.notices"
    label = "notices"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.links import results  # noqa: PLC0415
        from wurt.core.notices import trail_words  # noqa: PLC0415
        from wurt.core.notices.actions.follow import FOLLOWED  # noqa: PLC0415
        from wurt.core.notices.call_queries import may_call  # noqa: PLC0415
        from wurt.core.notices.erasing import take_part  # noqa: PLC0415
        from wurt.core.notices.indicators import register_indicators  # noqa: PLC0415
        from wurt.core.notices.queries import may_manage, settings_of, unread  # noqa: PLC0415

        take_part()
        register_indicators()
        results.register(results.ResultKind(FOLLOWED, _("Follows confirmed")))

        def mine(request: HttpRequest) -> list[MenuItem]:
            actor = getattr(request, "actor", None)  # an error may come before anybody asked who it is
            if actor is None or not actor.signed_in:
                return []
            count, url = unread(actor), reverse("notices:inbox")
            label = gettext("Notices (%(count)d new)") % {"count": count} if count else gettext("Notices")
            return [MenuItem(label, url, current=request.path == url)]

        register(
            MenuEntry(
                _("Notices and letters"),
                "notices:desk",
                order=740,
                audience="staff",
                parent=desk.TEXTS,
                permission=lambda request: may_manage(request.actor),  # type: ignore[attr-defined]
            )
        )
        register(
            MenuEntry(
                _("Calls"),
                "notices:calls",
                order=45,
                audience="staff",
                parent=desk.TEXTS,
                permission=lambda request: may_call(request.actor),  # type: ignore[attr-defined]
            )
        )
        register(
            MenuEntry(
                _("Mail of the demo"),
                "notices:demo_mails",
                order=910,
                audience="footer",
                permission=lambda request: bool(settings.DEMO_LOGINS),
            )
        )
        add_section(
            Section(
                "follows",
                _("What you follow"),
                "notices/mine.html",
                lambda actor: {"follows": settings_of(actor, "").follows, "unread": unread(actor)},
                order=25,
            )
        )
        register_source("tools", mine)
        open_to_all("/folgen/", "/mitteilungen/")
        trail_words.connect()
        add_page("notices", _("Notices"), "notices/styleguide.html", samples)


def samples() -> dict[str, Any]:
    """Every kind of notice with the sample of its module."""
    from wurt.core.notices.rendering import piece_of  # noqa: PLC0415

    found = []
    for kind in kinds():
        data, parts = kind.sample()
        piece = piece_of(kind.key, data, [part.data for part in parts])
        found.append({"label": kind.label, "meaning": kind.meaning, "piece": piece})
    return {"notices": found}
