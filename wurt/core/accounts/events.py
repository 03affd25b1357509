"""Facts that accounts tells."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class PersonInvited:
    """A person is to get (or to get again) the link with which a password is chosen."""

    name: ClassVar[str] = "accounts.person_invited.v1"
    person: UUID


@dataclass(frozen=True)
class SecondFactorReset:
    """Somebody with authority removed a person's second factor."""

    name: ClassVar[str] = "accounts.second_factor_reset.v1"
    person: UUID
