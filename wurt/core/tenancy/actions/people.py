"""People: their name, function and organisation, and the consent to show the name."""

from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.events import ConsentChanged
from wurt.core.tenancy.models import Organisation, Person
from wurt.core.tenancy.policies import MANAGE_PEOPLE


def check_not_erased(person: Person) -> None:
    """Raise RuleBroken for a person whose data was erased."""
    if person.erased is not None:
        raise RuleBroken("tenancy.erased", _("The data of this person was erased; nothing can be changed."))


@action("tenancy.add_person", makes=Making(lambda: Person.objects.filter(erased__isnull=True)))
def add_person(
    actor: Actor, *, name: str, function: str = "", organisation: UUID | None = None, is_example: bool = False
) -> UUID:
    """A person without a login: a project lead or a member of a body. Returns the public id."""
    authorize(actor, MANAGE_PEOPLE, county())
    if not (name.strip() or function.strip()):
        raise RuleBroken("tenancy.nameless", _("Write a name or a function."))
    employer = lock(Organisation.objects.all(), public_id=organisation) if organisation else None
    person = Person.objects.create(
        name=name.strip(), function=function.strip(), organisation=employer, is_example=is_example
    )
    record(actor, person)
    return person.public_id


@action("tenancy.edit_person")
def edit_person(
    actor: Actor,
    *,
    person: UUID,
    name: str,
    function: str,
    organisation: UUID | None,
    version: int | None = None,
) -> None:
    """Change what is known of a person. The trail keeps that a field changed, not what it says."""
    row = lock(Person.objects.all(), public_id=person)
    authorize(actor, MANAGE_PEOPLE, county())
    check_not_erased(row)
    check_version(row, version, _("Somebody else changed this person in the meantime. Please look again."))
    if not (name.strip() or function.strip()):
        raise RuleBroken("tenancy.nameless", _("Write a name or a function."))
    employer = lock(Organisation.objects.all(), public_id=organisation) if organisation else None
    before, after = changed(
        row,
        {
            "name": name.strip(),
            "function": function.strip(),
            "organisation_id": employer.pk if employer else None,
        },
    )
    if after:
        save(row, after)
    record(actor, row, before=before, after=after)


@action("tenancy.set_consent")
def set_consent(actor: Actor, *, person: UUID, public: bool) -> None:
    """Note the consent to show the name in public (with today's date), or its withdrawal."""
    row = lock(Person.objects.all(), public_id=person)
    authorize(actor, MANAGE_PEOPLE, county())
    check_not_erased(row)
    if public and not row.name:
        raise RuleBroken("tenancy.nameless", _("This person has no name that could be shown."))
    before = {"name_public_since": row.name_public_since}
    if public != (row.name_public_since is not None):
        row.name_public_since = now() if public else None
        save(row, ["name_public_since"])
        publish(ConsentChanged(person=row.public_id, public=public))
    record(actor, row, before=before, after={"name_public_since": row.name_public_since})
