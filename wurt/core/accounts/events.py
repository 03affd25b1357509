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
class MemberAdded:
    """Somebody with a login of their own may now act for an organisation."""

    name: ClassVar[str] = "accounts.member_added.v1"
    person: UUID
    organisation: UUID


@dataclass(frozen=True)
class SecondFactorReset:
    """Somebody with authority removed a person's second factor."""

    name: ClassVar[str] = "accounts.second_factor_reset.v1"
    person: UUID


@dataclass(frozen=True)
class EmailChangeAsked:
    """Somebody wants to sign in with another address: both are to hear of it."""

    name: ClassVar[str] = "accounts.email_change_asked.v1"
    change: UUID


@dataclass(frozen=True)
class EmailChanged:
    """The new address is confirmed and holds: the old one is to hear of it."""

    name: ClassVar[str] = "accounts.email_changed.v1"
    change: UUID
