"""The only writer of people, roles, organisations and places."""

from wurt.core.tenancy.actions.grants import grant_role, revoke_role
from wurt.core.tenancy.actions.organisations import (
    add_alias,
    create_organisation,
    edit_organisation,
    merge_organisations,
    remove_alias,
)
from wurt.core.tenancy.actions.people import add_person, edit_person, set_consent
from wurt.core.tenancy.actions.places import fill_places

__all__ = [
    "add_alias",
    "add_person",
    "create_organisation",
    "edit_organisation",
    "edit_person",
    "fill_places",
    "grant_role",
    "merge_organisations",
    "remove_alias",
    "revoke_role",
    "set_consent",
]
