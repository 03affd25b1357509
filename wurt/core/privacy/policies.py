"""Everybody may have and delete their own data; administrators manage people (``tenancy.policies``)."""

from wurt.core.accounts.policies import IS_ME
from wurt.core.action.permission import Permission

OWN_DATA = Permission("privacy.own_data", relations=(IS_ME,), place="pk", second_factor=False)

ALL = (OWN_DATA,)
