"""Who acts: a frozen value built once per request, job or command and handed to every query and action."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from uuid import UUID


class Role(StrEnum):
    """What a grant can give. Authority flows down the tree of places, never up or sideways."""

    RESIDENT = "resident"
    HELPER = "helper"
    ORG_MEMBER = "org_member"
    ORG_ADMIN = "org_admin"
    CASEWORKER = "caseworker"
    MODERATOR = "moderator"
    PLACE_EDITOR = "place_editor"
    COORDINATOR = "coordinator"
    PROJECT_GROUP = "project_group"
    STEERING_MEMBER = "steering_member"
    COUNTY_ADMIN = "county_admin"


class Assurance(StrEnum):
    """How surely we know who a person is: the levels of eIDAS (EU 910/2014, Art. 8); empty: by nothing but
    an address."""

    NONE = ""
    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    def reaches(self, wanted: "Assurance") -> bool:
        """Is it at least this level?"""
        order = list(Assurance)
        return order.index(self) >= order.index(wanted)


STAFF_ROLES = frozenset(
    {
        Role.CASEWORKER,
        Role.MODERATOR,
        Role.PLACE_EDITOR,
        Role.COORDINATOR,
        Role.PROJECT_GROUP,
        Role.STEERING_MEMBER,
        Role.COUNTY_ADMIN,
    }
)


@dataclass(frozen=True, slots=True)
class GrantFact:
    """A role at a place (with everything below it: ``places``) or at an organisation."""

    role: Role
    places: frozenset[int] = frozenset()
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """``person`` is the database id of the person, ``public_id`` what the audit trail shows.

    ``browser``: a keyed hash that tells the browser of a visitor who sends a form from others; kept nowhere.
    ``relations`` names ties to any object (``lead``): they only open the desk, each object is checked by
    itself. ``second_factor`` is true if the session was opened with one. ``once`` is the form's once-token.
    ``request_id`` joins the entries of one request in the trail. ``system`` names a command or schedule.
    ``assurance``: how surely a broker of citizens' identities knew the person in this session.

    Whoever acts for somebody else (``core/assisted``) has that person's ``person`` and ``grants``, but their
    own ``public_id``: the thing belongs to the one, the trail names the other. ``acting_for`` is that
    person's public id, ``assistance`` the session's, ``areas`` what may be done in it.
    """

    person: int | None = None
    public_id: UUID | None = None
    name: str = ""
    grants: tuple[GrantFact, ...] = ()
    second_factor: bool = False
    system: str = ""
    acting_for: UUID | None = None
    assistance: UUID | None = None
    areas: frozenset[str] = field(default_factory=frozenset)
    once: str = ""
    browser: str = ""
    request_id: str = ""
    language: str = "de"
    relations: frozenset[str] = field(default_factory=frozenset)
    assurance: Assurance = Assurance.NONE

    @property
    def label(self) -> str:
        """What the audit trail stores as the actor."""
        return f"system:{self.system}" if self.system else str(self.public_id or "anonymous")

    @property
    def signed_in(self) -> bool:
        """Is this a known person?"""
        return self.person is not None

    @property
    def is_staff(self) -> bool:
        """Does the person hold a staff role or a relation that opens the desk?"""
        return (
            bool(self.system)
            or bool(self.relations)
            or any(grant.role in STAFF_ROLES for grant in self.grants)
        )

    def places_with(self, roles: frozenset[Role]) -> frozenset[int]:
        """Ids of all places where the actor holds one of the roles."""
        return frozenset().union(*(grant.places for grant in self.grants if grant.role in roles))

    def organisations_with(self, roles: frozenset[Role]) -> frozenset[int]:
        """Ids of the organisations where the actor holds one of the roles."""
        held = (grant.organisation for grant in self.grants if grant.role in roles)
        return frozenset(body for body in held if body is not None)

    @classmethod
    def for_system(cls, name: str) -> Self:
        """The actor of a command, import or schedule. May do everything; shows as ``system:NAME``."""
        return cls(system=name, name=name, second_factor=True)


ANONYMOUS = Actor()

RELATION_SOURCES: list[Callable[[int], bool]] = []
"""Modules add a question here (does this person, by id, lead a project?) whose yes opens the staff desk."""
