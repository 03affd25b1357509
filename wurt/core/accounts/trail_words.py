"""Names of the actions of the house and of the actors that are no person, for the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "accounts.activate_login": _("Unlocked a login"),
    "accounts.create_administrator": _("Made the first administrator"),
    "accounts.create_login": _("Gave a person a login"),
    "accounts.deactivate_login": _("Locked a login"),
    "accounts.erase_person": _("Erased a person's data"),
    "accounts.invite_person": _("Invited a person"),
    "accounts.open_person": _("Made a person for a new login"),
    "accounts.reset_second_factor": _("Reset a second factor"),
    "pages.create_page": _("Made a page"),
    "pages.edit_page": _("Changed a page"),
    "pages.delete_page": _("Deleted a page"),
    "pages.create_term": _("Added a word to the glossary"),
    "pages.edit_term": _("Changed a word of the glossary"),
    "pages.delete_term": _("Deleted a word of the glossary"),
    "tenancy.add_alias": _("Added another spelling of an organisation"),
    "tenancy.add_person": _("Added a person"),
    "tenancy.create_organisation": _("Made an organisation"),
    "tenancy.edit_organisation": _("Changed an organisation"),
    "tenancy.edit_person": _("Changed a person"),
    "tenancy.fill_places": _("Filled in official data of places"),
    "tenancy.grant_role": _("Granted a role"),
    "tenancy.merge_organisations": _("Merged two organisations"),
    "tenancy.plant_places": _("Set up the places"),
    "tenancy.remove_alias": _("Removed a spelling of an organisation"),
    "tenancy.revoke_role": _("Ended a role"),
    "tenancy.set_consent": _("Noted a consent or its end"),
}
SYSTEMS: dict[str, str | Promise] = {
    "demo": _("Set-up of the demo"),
    "init": _("Set-up of the county"),
    "import": _("Import (command line)"),
    "admin": _("Administration (command line)"),
    "places-import": _("Import of places (command line)"),
    "worker": _("Background worker"),
}
