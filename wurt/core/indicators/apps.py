"""Indicators: figures month by month."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import RELATION_SOURCES
from wurt.core.audit.words import name_actions, name_systems, name_things, names_from
from wurt.core.web import desk
from wurt.core.web.menu import MenuEntry, register


class IndicatorsConfig(AppConfig):
    name = "wurt.core.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Menus, names for the trail; who keeps a figure gets to the desk."""
        # Models exist only now, and the queries need them.
        from wurt.core.indicators.desk_queries import may_enter_any  # noqa: PLC0415
        from wurt.core.indicators.models import ManualIndicator  # noqa: PLC0415
        from wurt.core.indicators.policies import keeps_any  # noqa: PLC0415
        from wurt.core.indicators.trail_words import figures_of  # noqa: PLC0415

        name_systems({"indicators": _("Computing of figures")})
        name_actions(
            {
                "indicators.compute_month": _("Computed the figures of a month"),
                "indicators.correct_month": _("Corrected the figures of a month"),
                "indicators.create_manual": _("Described a figure"),
                "indicators.edit_manual": _("Changed what a figure means"),
                "indicators.enter_value": _("Entered a value"),
            }
        )
        name_things("indicators.computation", _("Figure of a month"), figures_of)
        name_things("indicators.manualindicator", _("Figure"), names_from(ManualIndicator.objects.all, "pk"))
        if keeps_any not in RELATION_SOURCES:
            RELATION_SOURCES.append(keeps_any)

        def enters(request: HttpRequest) -> bool:
            return may_enter_any(request.actor)  # type: ignore[attr-defined]

        register(
            MenuEntry(_("Figures"), "indicators:overview", order=40),
            MenuEntry(
                _("Figures"),
                "indicators:desk",
                order=45,
                audience="staff",
                parent=desk.AGENDA,
                permission=enters,
            ),
        )
