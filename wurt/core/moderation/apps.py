from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.my_page import Section
from wurt.core.accounts.my_page import register as add_section
from wurt.core.assisted.areas import Area, AssistedAction, register_area
from wurt.core.assisted.areas import register as register_assisted
from wurt.core.audit import triggers
from wurt.core.audit.words import name_actions, name_things, names_from
from wurt.core.moderation.trail_words import ACTIONS
from wurt.core.web import desk
from wurt.core.web.errors import open_to_all
from wurt.core.web.menu import MenuEntry, register

_OVER = (
    "EXISTS (SELECT 1 FROM moderation_case WHERE moderation_case.id = OLD.case_id "
    "AND moderation_case.forgotten IS NOT NULL)"
)
_KEPT = ("moderation_report", "moderation_decision", "moderation_complaint")


class ModerationConfig(AppConfig):
    name = "wurt.core.moderation"
    label = "moderation"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.action.actor import Actor  # noqa: PLC0415
        from wurt.core.moderation import desk_queries, queries  # noqa: PLC0415
        from wurt.core.moderation.erasing import take_part  # noqa: PLC0415
        from wurt.core.moderation.mail_kinds import register_kinds  # noqa: PLC0415
        from wurt.core.moderation.models import Case  # noqa: PLC0415

        for table in _KEPT:
            triggers.keep(table, "id", "public_id", unless=_OVER)
        triggers.keep("moderation_event", "id", unless=_OVER)
        take_part()
        register_kinds()
        name_actions(ACTIONS)
        name_things("moderation.case", _("Case of moderation"), names_from(Case.objects.all))
        open_to_all("/melden/", "/meldungen/")

        def moderates(request: HttpRequest) -> bool:
            return desk_queries.may_moderate(request.actor)  # type: ignore[attr-defined]

        def corrects(request: HttpRequest) -> bool:
            return desk_queries.may_correct(request.actor)  # type: ignore[attr-defined]

        def mine(actor: Actor) -> Mapping[str, Any] | None:
            found = queries.mine(actor)
            return {"lines": found} if found else None

        register_area(Area("moderation", _("Notices of content"), _("notify content that is not right")))
        register_assisted(
            AssistedAction(
                "moderation.report",
                "moderation",
                _("Notify content"),
                "moderation:about",
                _("Open the page with the content; below it stands the way to notify it."),
                {"moderation.report": lambda case: gettext("You notified content; we look into it.")},
                order=40,
            )
        )
        register(
            MenuEntry(
                _("Moderation"),
                "moderation:desk",
                order=742,
                audience="staff",
                parent=desk.TEXTS,
                permission=moderates,
                worklist=True,
            ),
            MenuEntry(
                _("Corrections asked for"),
                "moderation:corrections",
                order=744,
                audience="staff",
                parent=desk.TEXTS,
                permission=corrects,
            ),
            MenuEntry(_("Reporting content"), "moderation:about", order=20, audience="footer"),
        )
        add_section(Section("moderation", _("Notices and decisions"), "moderation/mine.html", mine, order=35))
