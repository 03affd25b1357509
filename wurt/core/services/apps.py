from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.my_page import Section
from wurt.core.accounts.my_page import register as add_section
from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.audit.words import name_actions, name_things, names_from
from wurt.core.services.registry import Service, declare
from wurt.core.services.stages import Stage
from wurt.core.services.trail_words import ACTIONS
from wurt.core.web import desk
from wurt.core.web.menu import MenuEntry, register

NOTICES = Service(
    "mitteilungen",
    _("Notices by e-mail and letter"),
    _("Follow a project, a field of action or a service, and be told when something changes."),
    owns=("/folgen/",),
    instead=_("Call the county; the number stands on the page “Contact”."),
    assumed=Stage.LIVE,
)


class ServicesConfig(AppConfig):
    name = "wurt.core.services"
    label = "services"

    def ready(self) -> None:
        # Models exist only now, and the queries need them.
        from wurt.core.services import notices, queries  # noqa: PLC0415
        from wurt.core.services.desk_queries import may_manage, may_view  # noqa: PLC0415
        from wurt.core.services.models import ServiceOperator, ServiceStage  # noqa: PLC0415
        from wurt.core.services.own_holdings import register_holdings  # noqa: PLC0415
        from wurt.core.services.search import register_sources  # noqa: PLC0415

        declare(NOTICES)  # notices itself cannot: this room stands on it
        notices.register()
        register_sources()
        register_holdings()
        add_section(
            Section("services-sign", _("Hand-overs that wait for you"), "services/mine.html", _mine, order=22)
        )
        name_actions(ACTIONS)
        name_things("services.servicestage", _("Stage of a service"), names_from(ServiceStage.objects.all))
        operators = ServiceOperator.objects.select_related("organisation")
        name_things("services.serviceoperator", _("Operator of a service"), names_from(operators.all))

        def anything(request: HttpRequest) -> bool:
            return queries.any_listed(ANONYMOUS)  # the same for everybody

        def staff(request: HttpRequest) -> bool:
            return may_view(request.actor)  # type: ignore[attr-defined]

        def manager(request: HttpRequest) -> bool:
            return may_manage(request.actor)  # type: ignore[attr-defined]

        register(
            MenuEntry(_("Services"), "services:overview", order=40, permission=anything),
            MenuEntry(
                _("Services"),
                "services:desk",
                order=600,
                audience="staff",
                parent=desk.SERVICES,
                permission=staff,
            ),
            MenuEntry(
                _("Hand-overs"),
                "services:handovers",
                order=610,
                audience="staff",
                parent=desk.SERVICES,
                permission=manager,
            ),
        )


def _mine(actor: Actor) -> dict[str, object] | None:
    from wurt.core.services.handover_queries import waiting_for  # noqa: PLC0415

    rows = waiting_for(actor)
    return {"rows": rows} if rows else None
