"""Who plans campaigns and keeps the press list. Figures behind short links are for the same people."""

from wurt.core.action.permission import Permission
from wurt.core.links.policies import MAKERS

CREATE_CAMPAIGN = Permission("campaigns.create_campaign", roles=MAKERS, place="pk")
EDIT_CAMPAIGN = Permission("campaigns.edit_campaign", roles=MAKERS)
MANAGE_PRESS = Permission("campaigns.manage_press", roles=MAKERS, place="pk")
SEND = Permission("campaigns.send", place="pk")
"""Nobody but the worker."""

ALL = (CREATE_CAMPAIGN, EDIT_CAMPAIGN, MANAGE_PRESS, SEND)
