"""People without internet in the demo: who calls, what they follow, who helps, who writes to them."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.assisted.actions.mandates import accept_mandate, give_mandate
from wurt.core.assisted.actions.people import register_person, save_office
from wurt.core.db.clock import today
from wurt.core.notices.actions.follow import follow_as_person
from wurt.core.notices.topics import find
from wurt.core.tenancy.models import Person

YEAR = timedelta(days=364)


def make_callers(folder: Path, system: Actor, county: str, contact: dict[str, Any]) -> None:
    """The sender of letters from the county's contact, and the people of ``callers.toml``."""
    if contact.get("phone"):
        save_office(
            system,
            place=county,
            name=contact["organisation"],
            street=contact["street"],
            town=f"{contact['postcode']} {contact['town']}",
            phone=contact["phone"],
            email=contact.get("email", ""),
            hours=contact.get("opening_hours", ""),
        )
    file = folder / "callers.toml"
    if not file.exists():
        return
    for row in tomllib.loads(file.read_text("utf-8"))["callers"]:
        public_id = register_person(
            system,
            name=row["name"],
            address=row["address"],
            place=row["place"],
            phone=row["phone"],
            told_by=row["told_by"],
        )
        caller = _actor(Person.objects.get(public_id=public_id))
        for topic in filter(None, (find(*path.split("/")) for path in row["follows"])):
            follow_as_person(caller, kind=topic.kind, key=topic.key)
        if row.get("helper"):
            _mandate(caller, row["helper"], row["areas"])


def _mandate(giver: Actor, email: str, areas: list[str]) -> None:
    helper = User.objects.select_related("person").get(email=email).person
    assert helper is not None
    mandate = give_mandate(
        giver, name=str(helper), email=email, allowed=areas, starts=today(), ends=today() + YEAR
    )
    accept_mandate(_actor(helper), mandate=mandate)


def _actor(person: Person) -> Actor:
    return Actor(person=person.pk, public_id=person.public_id, name=person.name)
