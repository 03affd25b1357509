from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.audit.words import name_actions, name_things, names_from
from wurt.core.campaigns.trail_words import ACTIONS
from wurt.core.web import desk
from wurt.core.web.menu import MenuEntry, register


class CampaignsConfig(AppConfig):
    name = "wurt.core.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.campaigns.calling import register as register_calls  # noqa: PLC0415
        from wurt.core.campaigns.handing_over import register_holdings  # noqa: PLC0415
        from wurt.core.campaigns.models import Campaign, Channel, PressContact  # noqa: PLC0415
        from wurt.core.campaigns.queries import may_plan  # noqa: PLC0415

        name_actions(ACTIONS)
        name_things("campaigns.campaign", _("Campaign"), names_from(Campaign.objects.all))
        channels = Channel.objects.select_related("campaign")
        name_things(
            "campaigns.channel",
            _("Channel of a campaign"),
            names_from(channels.all, show=lambda row: f"{row.campaign}, {row.get_kind_display()}"),
        )
        name_things("campaigns.presscontact", _("Press contact"), names_from(PressContact.objects.all))
        register_holdings()
        register_calls()

        def planner(request: HttpRequest) -> bool:
            return may_plan(request.actor)  # type: ignore[attr-defined]

        register(
            MenuEntry(
                _("Campaigns"),
                "campaigns:desk",
                order=620,
                audience="staff",
                parent=desk.SERVICES,
                permission=planner,
            ),
            MenuEntry(
                _("Press list"),
                "campaigns:press",
                order=625,
                audience="staff",
                parent=desk.SERVICES,
                permission=planner,
            ),
        )
