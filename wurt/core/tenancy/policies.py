"""Who may do what with people, roles, organisations and places: one table.

People belong to the county as a whole, so their permissions are asked for the county's place; roles are
granted
for the place they are to be valid at.
"""

from django.db.models import Q

from wurt.core.action.actor import STAFF_ROLES, Role
from wurt.core.action.permission import Permission, Relation
from wurt.core.tenancy.roles import AT_ORGANISATION

ADMINS = frozenset({Role.COUNTY_ADMIN})
EDITORS = ADMINS | {Role.COORDINATOR, Role.PLACE_EDITOR}

MANAGE_PEOPLE = Permission("tenancy.manage_people", roles=ADMINS, place="pk")
GRANT_ROLE = Permission("tenancy.grant_role", roles=ADMINS, place="pk")
VIEW_PLACES = Permission("tenancy.view_places", roles=STAFF_ROLES, place="pk")
MANAGE_PLACES = Permission("tenancy.manage_places", roles=ADMINS, place="pk")
VIEW_ORGANISATION = Permission("tenancy.view_organisation", roles=STAFF_ROLES)
EDIT_ORGANISATION = Permission("tenancy.edit_organisation", roles=EDITORS)
CREATE_ORGANISATION = Permission("tenancy.create_organisation", roles=EDITORS, place="pk")

ADMINISTERS = Relation(
    "administers",
    holds=lambda actor, body: body.pk in actor.organisations_with(frozenset({Role.ORG_ADMIN})),
    q=lambda actor: Q(pk__in=actor.organisations_with(frozenset({Role.ORG_ADMIN}))),
)
BELONGS = Relation(
    "belongs",
    holds=lambda actor, body: body.pk in actor.organisations_with(AT_ORGANISATION),
    q=lambda actor: Q(pk__in=actor.organisations_with(AT_ORGANISATION)),
)
APPOINT = ADMINS | {Role.COORDINATOR}

VIEW_OWN_ORGANISATION = Permission(
    "tenancy.view_own_organisation", roles=APPOINT, relations=(BELONGS,), second_factor=False
)
MANAGE_MEMBERS = Permission(
    "tenancy.manage_members", roles=APPOINT, relations=(ADMINISTERS,), shows=VIEW_OWN_ORGANISATION
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, Permission))
