"""Who may follow, and who looks after letters and addresses that no longer take mail."""

from wurt.core.action.actor import Role
from wurt.core.action.permission import Permission

FOLLOW = Permission("notices.follow", public=True, assisted="notices")
"""Everybody, for themselves: a signed link or the own login names the subscriber."""
MANAGE = Permission("notices.manage", roles=frozenset({Role.COUNTY_ADMIN, Role.COORDINATOR}), place="pk")
CALL = Permission("notices.call", roles=frozenset({Role.CASEWORKER, Role.COUNTY_ADMIN}), place="pk")
"""At a place: call the people there who chose to be called."""
SEND = Permission("notices.send", place="pk")
"""Nobody but the system: notices follow from facts."""

ALL = (FOLLOW, MANAGE, CALL, SEND)
