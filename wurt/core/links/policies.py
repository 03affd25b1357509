"""Who makes short links and sees what came of them; opening one is for everybody."""

from wurt.core.action.actor import Role
from wurt.core.action.permission import Permission

MAKERS = frozenset({Role.COUNTY_ADMIN, Role.COORDINATOR, Role.PLACE_EDITOR})

MANAGE_LINK = Permission("links.manage_link", roles=MAKERS)
CREATE_LINK = Permission("links.create_link", roles=MAKERS, place="pk")

ALL = (MANAGE_LINK, CREATE_LINK)
