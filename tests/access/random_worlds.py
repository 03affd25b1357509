"""Random worlds for the permissions: a county with places, people, projects and months in every state."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from wurt.core.action.actor import ANONYMOUS, Actor, GrantFact, Role
from wurt.core.db.clock import now
from wurt.core.indicators.models import ManualIndicator
from wurt.core.links.models import Link
from wurt.core.moderation.models import Case, Correction, State
from wurt.core.pages.models import Page
from wurt.core.tenancy.models import Organisation, Person, Place, PlaceKind
from wurt.core.tenancy.tree import below
from wurt.modules.agenda.models import Agenda, ImportBatch, Month, MonthVersion, Project, Report

PLACES, PEOPLE = 5, 3
index = st.integers(0, PLACES - 1)
somebody = st.none() | st.integers(0, PEOPLE - 1)


@dataclass(frozen=True)
class Plan:
    """What to build; numbers are positions in the lists of places, people, agendas, months and projects."""

    parents: tuple[int, ...]
    agendas: tuple[int, ...]
    projects: tuple[tuple[int, int, int | None, int | None, bool], ...]
    months: tuple[tuple[int, bool], ...]
    organisations: tuple[int, ...]
    pages: tuple[tuple[int, bool], ...]
    cases: tuple[tuple[int, str, int | None], ...] = ()


@dataclass(frozen=True)
class Who:
    """An actor to build: the person, grants as (role, place or None for an organisation), the factor."""

    person: int | None
    grants: tuple[tuple[Role, int | None], ...]
    second_factor: bool
    system: bool


plans = st.builds(
    Plan,
    parents=st.tuples(*(st.integers(0, number) for number in range(PLACES - 1))),
    agendas=st.lists(index, min_size=1, max_size=2, unique=True).map(tuple),
    projects=st.lists(
        st.tuples(st.integers(0, 1), index, somebody, somebody, st.booleans()), min_size=1, max_size=4
    ).map(tuple),
    months=st.lists(st.tuples(st.integers(0, 1), st.booleans()), min_size=1, max_size=3).map(tuple),
    organisations=st.lists(index, min_size=1, max_size=3).map(tuple),
    pages=st.lists(st.tuples(index, st.booleans()), min_size=1, max_size=3).map(tuple),
    cases=st.lists(st.tuples(index, st.sampled_from(State.values), somebody), max_size=4).map(tuple),
)
grants = st.tuples(st.sampled_from(Role), st.none() | index)
actors = st.builds(
    Who,
    person=somebody,
    grants=st.lists(grants, max_size=3).map(tuple),
    second_factor=st.integers(0, 3).map(bool),
    system=st.integers(0, 9).map(lambda number: number == 0),
)


class World:
    """The rows of a plan. Build it where writes are allowed, in a transaction that is rolled back."""

    def __init__(self, plan: Plan) -> None:
        self.people = [Person.objects.create(name=f"P{number}") for number in range(PEOPLE)]
        self.places = [Place.objects.create(slug="p0", kind=PlaceKind.COUNTY, name="p0")]
        for number, parent in enumerate(plan.parents, start=1):
            self.places.append(
                Place.objects.create(
                    slug=f"p{number}", kind=PlaceKind.AMT, name=f"p{number}", parent=self.places[parent]
                )
            )
        self.organisations = [
            Organisation.objects.create(slug=f"o{number}", name=f"o{number}", place=self.places[place])
            for number, place in enumerate(plan.organisations)
        ]
        for number, (place, published) in enumerate(plan.pages):
            Page.objects.create(
                slug=f"s{number}", title="S", body="", place=self.places[place], published=published
            )
            Link.objects.create(
                code=f"{number:06}",
                title="L",
                target="/",
                place=self.places[place],
                valid_from=date(2026, 1, 1),
            )
            keeper = self.people[number] if published else None
            ManualIndicator.objects.create(
                key=f"k{number}", name="K", meaning="K", place=self.places[place], keeper=keeper
            )
        for number, (place, state, decider) in enumerate(plan.cases):
            case = Case.objects.create(
                kind="toys",
                key=str(number),
                place=self.places[place],
                state=state,
                decided_by=None if decider is None else self.people[decider],
            )
            Correction.objects.create(case=case)
        agendas = [Agenda.objects.create(place=self.places[place], name="A") for place in plan.agendas]
        for agenda in agendas:
            ImportBatch.objects.create(agenda=agenda)
        projects = [self._project(number, agendas, *row) for number, row in enumerate(plan.projects)]
        for number, (agenda, published) in enumerate(plan.months):
            month = Month.objects.create(
                agenda=agendas[agenda % len(agendas)], month=date(2026, number + 1, 1)
            )
            if published:
                month.current = MonthVersion.objects.create(month=month, number=1, facts="{}", digest="")
                month.save()
            for project in projects:
                Report.objects.create(month=month, project=project, title=project.title)

    def _project(self, number: int, agendas: list[Agenda], *row: Any) -> Project:
        agenda, place, lead, deputy, public = row
        return Project.objects.create(
            agenda=agendas[agenda % len(agendas)],
            place=self.places[place],
            slug=f"x{number}",
            title=f"X{number}",
            lead=None if lead is None else self.people[lead],
            deputy=None if deputy is None else self.people[deputy],
            public_since=now() if public else None,
        )

    def actor(self, who: Who) -> Actor:
        """The actor as a login would build it."""
        if who.system:
            return Actor.for_system("test")
        if who.person is None:
            return ANONYMOUS
        reach = below({place.pk for place in self.places})
        facts = tuple(
            GrantFact(role, organisation=self.organisations[0].pk)
            if place is None
            else GrantFact(role, places=reach[self.places[place].pk])
            for role, place in who.grants
        )
        return Actor(
            person=self.people[who.person].pk,
            public_id=UUID(int=who.person),
            grants=facts,
            second_factor=who.second_factor,
        )
