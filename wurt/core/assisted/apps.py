from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.my_page import Section
from wurt.core.accounts.my_page import register as add_section
from wurt.core.action.actor import Actor
from wurt.core.audit.words import name_actions
from wurt.core.web import desk
from wurt.core.web.banners import Banner, register_banner
from wurt.core.web.menu import MenuEntry, register
from wurt.core.web.ways import WaysOn, register_ways


class AssistedConfig(AppConfig):
    name = "wurt.core.assisted"
    label = "assisted"

    def ready(self) -> None:
        # Models exist only now, and these modules need them.
        from wurt.core.action.run import STANDING, WITNESSES  # noqa: PLC0415
        from wurt.core.assisted import areas, erasing, handlers, standing, words  # noqa: F401, PLC0415
        from wurt.core.assisted.queries import may_assist, may_manage_offices  # noqa: PLC0415

        areas.register_area(*words.AREAS)
        areas.register(*words.ASSISTED)
        name_actions(words.ACTIONS)
        words.connect()
        erasing.take_part()
        if standing.check not in STANDING:
            STANDING.append(standing.check)
            WITNESSES.append(standing.note)
        register(
            MenuEntry(
                _("Act for somebody"),
                "assisted:search",
                order=40,
                audience="staff",
                permission=lambda request: may_assist(request.actor),  # type: ignore[attr-defined]
                shortcut="F2",
                worklist=True,
            ),
            MenuEntry(
                _("Senders of letters"),
                "assisted:offices",
                order=745,
                audience="staff",
                parent=desk.ADMINISTRATION,
                permission=lambda request: may_manage_offices(request.actor),  # type: ignore[attr-defined]
            ),
        )
        register_banner(_banner)
        register_ways(_ways)
        _sections()


def _banner(request: HttpRequest) -> Banner | None:
    standing = getattr(request, "assisted", None)
    return Banner("assisted/banner.html", {"standing": standing}) if standing else None


def _ways(request: HttpRequest, status: int) -> WaysOn | None:
    from wurt.core.assisted.dead_ends import ways_on  # noqa: PLC0415

    return ways_on(request, status)


def _sections() -> None:
    from wurt.core.assisted.mandate_queries import mandates  # noqa: PLC0415
    from wurt.core.assisted.queries import done_in_my_name, may_assist, my_contact  # noqa: PLC0415

    def lately(actor: Actor) -> dict[str, Any]:
        page, lines = done_in_my_name(actor)
        return {"lines": lines[:3], "count": page.paginator.count}

    add_section(
        Section(
            "contact",
            _("Your postal address"),
            "assisted/mine/contact.html",
            lambda actor: {"contact": my_contact(actor)},
            order=15,
        ),
        Section(
            "mandates",
            _("Your mandates"),
            "assisted/mine/mandates.html",
            lambda actor: {"mandates": mandates(actor)},
            order=45,
        ),
        Section("in-my-name", _("What was done in your name"), "assisted/mine/done.html", lately, order=70),
        Section(
            "shortcuts",
            _("Shortcuts"),
            "assisted/mine/shortcuts.html",
            lambda actor: {"useful": may_assist(actor)},
            order=75,
        ),
    )
