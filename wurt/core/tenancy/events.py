"""Facts that tenancy tells."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class PersonErased:
    """Name and salt of a person are gone; whoever shows or freezes names redacts them."""

    name: ClassVar[str] = "tenancy.person_erased.v1"
    person: UUID


@dataclass(frozen=True)
class ConsentChanged:
    """A person agreed, or no longer agrees, that the name is shown in public."""

    name: ClassVar[str] = "tenancy.consent_changed.v1"
    person: UUID
    public: bool


@dataclass(frozen=True)
class WayChosen:
    """A person without e-mail wants to be told another way: letters instead of calls, or calls."""

    name: ClassVar[str] = "tenancy.way_chosen.v1"
    person: UUID


@dataclass(frozen=True)
class OrganisationMerged:
    """One organisation took over the references and spellings of another, which is gone."""

    name: ClassVar[str] = "tenancy.organisation_merged.v1"
    kept: UUID
    gone: UUID
