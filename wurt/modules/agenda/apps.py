"""The agenda: manifest and menu."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts.my_page import Section
from wurt.core.accounts.my_page import register as add_section
from wurt.core.action.actor import RELATION_SOURCES
from wurt.core.audit.words import name_actions
from wurt.core.services.registry import Service, declare
from wurt.core.services.stages import Stage
from wurt.core.visits.areas import Area, register_place
from wurt.core.visits.areas import register as add_areas
from wurt.core.web import desk as groups
from wurt.core.web.menu import MenuEntry, register

SERVICE = Service(
    "agenda",
    _("Digital agenda"),
    _("All projects of the digital agenda with their monthly status reports."),
    owns=("/projekte/", "/berichte/", "/zeitplan/", "/meilensteine"),
    home="agenda:overview",
    assumed=Stage.LIVE,
)


class AgendaConfig(AppConfig):
    name = "wurt.modules.agenda"
    label = "agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        """Put public pages and desk into their menus; leading a project opens the desk."""
        declare(SERVICE)
        register(
            MenuEntry(_("Projects"), key="agenda.projects", order=10),
            MenuEntry(_("Project overview"), "agenda:overview", order=10, parent="agenda.projects"),
            MenuEntry(_("Timeline"), "agenda:timeline", order=20, parent="agenda.projects"),
            MenuEntry(_("Milestones"), "agenda:milestones", order=30, parent="agenda.projects"),
            MenuEntry(_("Status reports"), "agenda:months", order=20),
            MenuEntry(_("Strategy"), key="agenda.strategy", order=30),
            MenuEntry(_("Strategy and goals"), "agenda:strategy", order=10, parent="agenda.strategy"),
            MenuEntry(_("How far the goals are"), "agenda:success", order=15, parent="agenda.strategy"),
            MenuEntry(_("Bodies"), "agenda:bodies", order=20, parent="agenda.strategy"),
            MenuEntry(_("Open data"), "agenda:data", order=90),
            MenuEntry(_("Open data"), "agenda:data", order=900, audience="footer"),
        )
        _register_counting()
        _register_desk()
        _register_imports()
        _register_notices()
        _register_moderation()
        _register_privacy()


def _register_counting() -> None:
    from wurt.modules.agenda.queries.public_place import place_of_project  # noqa: PLC0415

    add_areas(Area("agenda", _("Digital agenda"), ("agenda",)))
    for name in ("agenda:project", "agenda:history"):
        register_place(name, place_of_project)


def _register_desk() -> None:
    # Models exist only once apps are ready, and policies and queries need them.
    from wurt.modules.agenda.indicators import register_indicators  # noqa: PLC0415
    from wurt.modules.agenda.policies import leads_any  # noqa: PLC0415
    from wurt.modules.agenda.queries import desk  # noqa: PLC0415
    from wurt.modules.agenda.queries.meetings import may_see_meetings  # noqa: PLC0415
    from wurt.modules.agenda.queries.trail_words import ACTIONS, connect  # noqa: PLC0415
    from wurt.modules.agenda.search import register_sources  # noqa: PLC0415

    name_actions(ACTIONS)
    connect()
    register_sources()
    register_indicators()

    if leads_any not in RELATION_SOURCES:
        RELATION_SOURCES.append(leads_any)

    def staff(request: HttpRequest) -> bool:
        return desk.may_enter(request.actor)  # type: ignore[attr-defined]

    def manages(request: HttpRequest) -> bool:
        return staff(request) and desk.may_manage(request.actor)  # type: ignore[attr-defined]

    def sees_meetings(request: HttpRequest) -> bool:
        return staff(request) and may_see_meetings(request.actor)  # type: ignore[attr-defined]

    for number, (label, name, permission) in enumerate(
        (
            (_("What needs me now"), "desk", staff),
            (_("Projects"), "desk_projects", staff),
            (_("Reports"), "desk_months", staff),
            (_("Fields of action"), "desk_fields", manages),
            (_("Goals"), "desk_goals", manages),
            (_("Meetings"), "desk_meetings", sees_meetings),
            (_("Groups"), "desk_bodies", manages),
            (_("Agenda and strategy"), "desk_strategy", manages),
            (_("Documents"), "desk_documents", manages),
        )
    ):
        register(
            MenuEntry(
                label,
                f"agenda:{name}",
                order=10 + 10 * number,
                audience="staff",
                parent=groups.AGENDA if number else None,  # the list of work stands first of all
                worklist=not number,
                permission=permission,
            )
        )


def _register_imports() -> None:
    from wurt.modules.agenda.queries.imports import may_import  # noqa: PLC0415
    from wurt.modules.agenda.queries.imports_files import register_gate  # noqa: PLC0415

    def importers(request: HttpRequest) -> bool:
        return may_import(request.actor)  # type: ignore[attr-defined]

    register_gate()
    register(
        MenuEntry(
            _("Imports"),
            "agenda:imports",
            order=35,
            audience="staff",
            parent=groups.AGENDA,
            permission=importers,
        )
    )


def _register_notices() -> None:
    from wurt.modules.agenda import notices  # noqa: PLC0415

    notices.register()


def _register_moderation() -> None:
    from wurt.modules.agenda import moderation  # noqa: PLC0415

    moderation.register()


def _register_privacy() -> None:
    from wurt.modules.agenda.actions.imports_forget import take_part  # noqa: PLC0415
    from wurt.modules.agenda.queries.my_projects import led_projects  # noqa: PLC0415

    take_part()
    add_section(
        Section("agenda-led", _("Projects that you lead"), "agenda/desk/mine.html", led_projects, order=25)
    )
