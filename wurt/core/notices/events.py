"""Facts that notices tells itself, so that each step survives a kill."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class FollowRequested:
    """Somebody typed an address to follow a topic; a mail asks whether it was the owner of the address.

    ``link``: code of the short link they came by, for the address in the mail; it is kept nowhere else.
    """

    name: ClassVar[str] = "notices.follow_requested.v1"
    follow: UUID
    link: str = ""


@dataclass(frozen=True)
class ChunkDue:
    """The followers of a notice after subscriber ``after`` (by key) are to be found."""

    name: ClassVar[str] = "notices.chunk_due.v1"
    notice: UUID
    after: int


@dataclass(frozen=True)
class MailDue:
    """The mails of a notice to subscribers ``first`` to ``last`` (by key) can go out."""

    name: ClassVar[str] = "notices.mail_due.v1"
    notice: UUID
    first: int
    last: int


@dataclass(frozen=True)
class DirectDue:
    """A notice to one recipient can go out by mail."""

    name: ClassVar[str] = "notices.direct_due.v1"
    direct: UUID


@dataclass(frozen=True)
class PushDue:
    """A notice can go to the devices of subscribers ``first`` to ``last`` (by key)."""

    name: ClassVar[str] = "notices.push_due.v1"
    notice: UUID
    first: int
    last: int


@dataclass(frozen=True)
class DeviceTested:
    """Somebody wants to see whether notices reach a device of theirs."""

    name: ClassVar[str] = "notices.device_tested.v1"
    device: UUID
