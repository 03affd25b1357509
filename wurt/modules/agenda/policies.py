"""Who may do what in the agenda: one table."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor, Role
from wurt.core.action.permission import Permission, Relation, State
from wurt.modules.agenda.models import Project

MANAGERS = frozenset({Role.COUNTY_ADMIN, Role.COORDINATOR})
EDITORS = MANAGERS | {Role.PLACE_EDITOR}
READERS = EDITORS | {Role.PROJECT_GROUP, Role.STEERING_MEMBER}


def leads_any(person: int) -> bool:
    """Does the person lead or deputise for any project? Opens the desk."""
    return Project.objects.filter(Q(lead=person) | Q(deputy=person)).exists()


def _leads(actor: Actor, project: Any) -> bool:
    return actor.person is not None and actor.person in (project.lead_id, project.deputy_id)


LEADS_PROJECT = Relation(
    "leads",
    lambda actor, project: _leads(actor, project),
    lambda actor: Q(lead_id=actor.person) | Q(deputy_id=actor.person) if actor.person else Q(pk__in=[]),
)
LEADS_REPORT = Relation(
    "leads",
    lambda actor, report: _leads(actor, report.project),
    lambda actor: (
        Q(project__lead_id=actor.person) | Q(project__deputy_id=actor.person)
        if actor.person
        else Q(pk__in=[])
    ),
)
PROJECT_PUBLIC = State(
    "public", lambda project: project.public_since is not None, lambda: Q(public_since__isnull=False)
)
PUBLISHED = State(
    "published",
    lambda month: month.current_id is not None,
    lambda: Q(current__isnull=False),
    _("This month is not published yet."),
)
REPORT_PUBLISHED = State(
    "published",
    lambda report: report.month.current_id is not None,
    lambda: Q(month__current__isnull=False),
)
REPORT_DRAFT = State(
    "draft",
    lambda report: report.month.current_id is None,
    lambda: Q(month__current__isnull=True),
    _("This month is published. The coordination can publish a correction."),
)

VIEW_DESK = Permission("agenda.view_desk", roles=READERS)
VIEW_DRAFT = Permission("agenda.view_draft", roles=READERS, place="agenda__place_id")
VIEW_MONTH = Permission("agenda.view_month", public=True, states=(PUBLISHED,), also=(VIEW_DRAFT,))
VIEW_PROJECT_DRAFT = Permission("agenda.view_project_draft", roles=READERS, relations=(LEADS_PROJECT,))
VIEW_PROJECT = Permission(
    "agenda.view_project", public=True, states=(PROJECT_PUBLIC,), also=(VIEW_PROJECT_DRAFT,)
)
CREATE_AGENDA = Permission("agenda.create_agenda", roles=frozenset({Role.COUNTY_ADMIN}), place="pk")
EDIT_AGENDA = Permission("agenda.edit_agenda", roles=MANAGERS, place="place_id")
CREATE_PROJECT = Permission("agenda.create_project", roles=MANAGERS)
EDIT_PROJECT = Permission(
    "agenda.edit_project", roles=MANAGERS, relations=(LEADS_PROJECT,), shows=VIEW_PROJECT
)
MANAGE_PROJECT = Permission("agenda.manage_project", roles=MANAGERS, shows=VIEW_PROJECT)
VIEW_REPORT_DRAFT = Permission(
    "agenda.view_report_draft", roles=READERS, relations=(LEADS_REPORT,), place="project__place_id"
)
VIEW_REPORT = Permission(
    "agenda.view_report", public=True, states=(REPORT_PUBLISHED,), also=(VIEW_REPORT_DRAFT,)
)
REMARK = Permission(
    "agenda.remark",
    roles=READERS,
    relations=(LEADS_REPORT,),
    states=(REPORT_DRAFT,),
    place="project__place_id",
    shows=VIEW_REPORT_DRAFT,
)
"""Say something of a report while its month is a draft."""
VIEW_MEETING = Permission("agenda.view_meeting", roles=READERS, place="body__agenda__place_id")
RUN_MEETING = Permission(
    "agenda.run_meeting", roles=MANAGERS, place="body__agenda__place_id", shows=VIEW_MEETING
)
"""Plan and change a meeting, put its decisions and minutes on record."""
EDIT_REPORT_ANY = Permission("agenda.edit_report_any", roles=MANAGERS, place="project__place_id")
EDIT_REPORT = Permission(
    "agenda.edit_report",
    relations=(LEADS_REPORT,),
    states=(REPORT_DRAFT,),
    place="project__place_id",
    also=(EDIT_REPORT_ANY,),
    shows=VIEW_REPORT,
)
PUBLISH_MONTH = Permission("agenda.publish_month", roles=MANAGERS, place="agenda__place_id", shows=VIEW_MONTH)
IMPORT = Permission("agenda.import", roles=MANAGERS, place="agenda__place_id")
EDIT_MONTH = Permission("agenda.edit_month", roles=MANAGERS, place="agenda__place_id", shows=VIEW_MONTH)
EDIT_STRATEGY = Permission("agenda.edit_strategy", roles=EDITORS, place="place_id")

ALL = tuple(value for value in list(globals().values()) if isinstance(value, Permission))
