"""People without e-mail: registered with postal address, number and how they want to be told."""

from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.assisted.policies import ASSIST, CHANGE_CONTACT, MANAGE_OFFICES
from wurt.core.assisted.searching import digits
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.outbox.registry import publish
from wurt.core.tenancy.events import WayChosen
from wurt.core.tenancy.models import Contact, Office, Person, Place, PlaceKind, ToldBy

MOST_LINES = 5
"""What fits into the window of an envelope below the name (DIN 5008: six lines)."""


@action("assisted.register_person", makes=Making(lambda: Person.objects.filter(erased__isnull=True)))
def register_person(
    actor: Actor, *, name: str, address: str, place: str, phone: str = "", told_by: str = "letter"
) -> UUID:
    """Somebody who is not known yet, without e-mail and login. Returns the person's public id."""
    home = _place(place)
    authorize(actor, ASSIST, home)
    if not name.strip():
        raise RuleBroken("tenancy.nameless", _("Write the name of the person."), field="name")
    row = Person.objects.create(name=" ".join(name.split()))
    contact = Contact(person=row, place=home, **_checked(address, phone, told_by))
    contact.save()
    record(actor, row, after={"told_by": told_by, "place": home})
    return row.public_id


@action("assisted.save_contact")
def save_contact(
    actor: Actor, *, address: str, place: str, phone: str, told_by: str, version: int | None = None
) -> None:
    """Where a person lives and how they want to be told; by themselves or by whoever acts for them."""
    row = lock(Person.objects.all(), pk=actor.person or 0)
    authorize(actor, CHANGE_CONTACT, row)
    values = {"place_id": _place(place).pk, **_checked(address, phone, told_by)}
    contact = Contact.objects.filter(person=row).first()
    if contact is None:
        contact = Contact.objects.create(person=row, **values)
        record(actor, contact, after={"told_by": told_by})
        return
    check_version(contact, version, _("The address was changed in the meantime. Please look again."))
    before, after = changed(contact, values)
    if after:
        save(contact, after)
    record(actor, contact, before=before, after=after)
    if "told_by" in after:
        publish(WayChosen(row.public_id), key=f"{row.public_id} {contact.version}")


@action("assisted.save_office")
def save_office(
    actor: Actor,
    *,
    place: str,
    name: str,
    street: str,
    town: str,
    phone: str,
    email: str = "",
    hours: str = "",
    version: int | None = None,
) -> None:
    """What stands on the letters of a place."""
    where = lock(Place.objects.all(), slug=place)
    authorize(actor, MANAGE_OFFICES, where)
    values = {"name": name, "street": street, "town": town, "phone": phone, "email": email, "hours": hours}
    row = Office.objects.filter(place=where).first()
    if row is None:
        row = Office.objects.create(place=where, **values)
        record(actor, row, after=values)
        return
    check_version(row, version, _("Somebody else changed it in the meantime. Please look again."))
    before, after = changed(row, values)
    if after:
        save(row, after)
    record(actor, row, before=before, after=after)


def _place(slug: str) -> Place:
    row = Place.objects.filter(slug=slug).exclude(kind=PlaceKind.AMT).first()
    if row is None:
        raise NotFound(code="tenancy.place")
    return row


def _checked(address: str, phone: str, told_by: str) -> dict[str, str]:
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    number = " ".join(phone.split())
    if told_by not in ToldBy.values:
        raise RuleBroken("assisted.told_by", _("Choose how the person wants to be told."), field="told_by")
    if told_by == ToldBy.LETTER and len(lines) < 2:
        message = _("Write the street and the town, one line each.")
        raise RuleBroken("notices.address_unclear", message, field="address")
    if len(lines) > MOST_LINES:
        message = _("The address has more than five lines and would not fit the envelope.")
        raise RuleBroken("notices.address_long", message, field="address")
    if (number and len(digits(number)) < 5) or (told_by == ToldBy.PHONE and not number):
        message = _("Write the telephone number with its area code.")
        raise RuleBroken("assisted.phone", message, field="phone")
    return {
        "address": "\n".join(lines),
        "phone": number,
        "phone_digits": digits(number),
        "told_by": told_by,
    }
