"""Rows for tests: one small county, its people, projects and months."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from wurt.core.action.actor import Actor, GrantFact, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.tenancy.models import Organisation, Person, Place
from wurt.modules.agenda.actions.agenda import create_agenda
from wurt.modules.agenda.actions.fields import create_field
from wurt.modules.agenda.actions.projects import create_project
from wurt.modules.agenda.actions.reports import create_report, open_month
from wurt.modules.agenda.models import Month, Project, Report

SYSTEM = Actor.for_system("test")
APRIL, MAY, JUNE = date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)
NOON = datetime(2024, 5, 6, 10, tzinfo=UTC)


def county() -> Place:
    """A county with one Amt, two organisations, an agenda and two fields."""
    with writes_allowed("test"):
        place = Place.objects.create(slug="kreis", kind="county", name="Kreis Nordland")
        Place.objects.create(slug="amt", kind="amt", name="Amt Süd", parent=place)
        for name in ("Kreis Nordland", "Amt Süd"):
            Organisation.objects.create(slug=name.lower().replace(" ", "-"), name=name, place=place)
    create_agenda(SYSTEM, place_slug="kreis", name="Digitale Agenda")
    create_field(SYSTEM, name="Bildung")
    create_field(SYSTEM, name="Verwaltung")
    return place


def person(name: str = "Ada Beispiel", **fields: Any) -> Person:
    """A person without login."""
    with writes_allowed("test"):
        return Person.objects.create(name=name, **fields)


def actor(
    role: Role | None = None, *, who: Person | None = None, place: str = "kreis", **fields: Any
) -> Actor:
    """A signed-in actor with one role at a place (and below) and a second factor."""
    who = who or person(name=f"{role or 'Niemand'}")
    grants: tuple[GrantFact, ...] = ()
    if role is not None:
        spot = Place.objects.get(slug=place)
        below = Place.objects.filter(parent=spot).values_list("pk", flat=True)
        grants = (GrantFact(role=role, places=frozenset({spot.pk, *below})),)
    values: dict[str, Any] = {"second_factor": True, **fields}
    return Actor(person=who.pk, public_id=who.public_id, name=who.name, grants=grants, **values)


def project(title: str = "Sensornetz", **fields: Any) -> Project:
    """A running project; ``fields`` go to the action, ``values`` to the profile."""
    fields.setdefault("state", "running")
    fields.setdefault("values", {"start": date(2024, 1, 1), "end": date(2024, 12, 31), "goal": "Messen"})
    return Project.objects.get(public_id=create_project(SYSTEM, title=title, **fields))


def month(first: date = APRIL, **fields: Any) -> Month:
    """An open month without reports."""
    fields.setdefault("prefill", False)
    open_month(SYSTEM, month=first, **fields)
    return Month.objects.get(month=first)


def report(first: date, of: Project, **values: Any) -> Report:
    """The report of a project in a month."""
    values.setdefault("status", "green")
    public_id: UUID = create_report(SYSTEM, month=first, project=of.public_id, values=values)  # type: ignore[arg-type]
    return Report.objects.get(public_id=public_id)
