"""Who may do what with people, roles, organisations and places: one table.

People belong to the county as a whole, so their permissions are asked for the county's place; roles are
granted
for the place they are to be valid at.
"""

from wurt.core.action.actor import STAFF_ROLES, Role
from wurt.core.action.permission import Permission

ADMINS = frozenset({Role.COUNTY_ADMIN})
EDITORS = ADMINS | {Role.COORDINATOR, Role.PLACE_EDITOR}

MANAGE_PEOPLE = Permission("tenancy.manage_people", roles=ADMINS, place="pk")
GRANT_ROLE = Permission("tenancy.grant_role", roles=ADMINS, place="pk")
VIEW_PLACES = Permission("tenancy.view_places", roles=STAFF_ROLES, place="pk")
MANAGE_PLACES = Permission("tenancy.manage_places", roles=ADMINS, place="pk")
VIEW_ORGANISATION = Permission("tenancy.view_organisation", roles=STAFF_ROLES)
EDIT_ORGANISATION = Permission("tenancy.edit_organisation", roles=EDITORS)
CREATE_ORGANISATION = Permission("tenancy.create_organisation", roles=EDITORS, place="pk")

ALL = tuple(value for value in list(globals().values()) if isinstance(value, Permission))
