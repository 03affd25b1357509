"""Names of the roles and what each is for, as people read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Role

AT_ORGANISATION = frozenset({Role.ORG_MEMBER, Role.ORG_ADMIN})
"""Roles that are held at an organisation; all others are held at a place."""

GRANTABLE = tuple(role for role in Role if role is not Role.RESIDENT)
"""Nobody is granted to be a resident: whoever signs up is one."""

NAMES: dict[Role, str | Promise] = {
    Role.RESIDENT: _("Resident"),
    Role.HELPER: _("Volunteer"),
    Role.ORG_MEMBER: _("Member of an organisation"),
    Role.ORG_ADMIN: _("Administrator of an organisation"),
    Role.CASEWORKER: _("Caseworker"),
    Role.MODERATOR: _("Moderator"),
    Role.PLACE_EDITOR: _("Editor"),
    Role.COORDINATOR: _("Coordinator of the agenda"),
    Role.PROJECT_GROUP: _("Member of the project group"),
    Role.STEERING_MEMBER: _("Member of the steering group"),
    Role.COUNTY_ADMIN: _("Administrator of the county"),
}
MEANINGS: dict[Role, str | Promise] = {
    Role.RESIDENT: _("Uses the services."),
    Role.HELPER: _("Takes on tasks for others."),
    Role.ORG_MEMBER: _("Acts for an organisation."),
    Role.ORG_ADMIN: _("Manages an organisation and who acts for it."),
    Role.CASEWORKER: _("Works on requests of citizens."),
    Role.MODERATOR: _("Keeps conversations fair."),
    Role.PLACE_EDITOR: _("Writes the pages and organisations of a place."),
    Role.COORDINATOR: _("Keeps the agenda: projects, reports, publishing a month."),
    Role.PROJECT_GROUP: _("Reads drafts of the agenda."),
    Role.STEERING_MEMBER: _("Reads drafts of the agenda."),
    Role.COUNTY_ADMIN: _("Manages people, roles and everything else."),
}


def name_of(role: Role | str) -> str:
    """The role's name in the language of the page."""
    return str(NAMES[Role(role)])
