"""Places, organisations, people and grants as the audit trail names them."""

from django.utils.translation import gettext_lazy as _

from wurt.core.audit.words import name_things, names_from
from wurt.core.tenancy.models import Grant, Organisation, Person, Place
from wurt.core.tenancy.roles import name_of


def _grant(grant: Grant) -> str:
    return f"{name_of(grant.role)}, {grant.person} ({grant.place or grant.organisation})"


def connect() -> None:
    """Called once by the app's ``ready``."""
    name_things("tenancy.person", _("Person"), names_from(Person.objects.all))
    name_things("tenancy.organisation", _("Organisation"), names_from(Organisation.objects.all))
    name_things("tenancy.place", _("Place"), names_from(Place.objects.all, key="pk"))
    grants = Grant.objects.select_related("person", "place", "organisation")
    name_things("tenancy.grant", _("Role"), names_from(grants.all, show=_grant))
