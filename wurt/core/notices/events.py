"""Facts that notices tells itself, so that each step survives a kill."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class FollowRequested:
    """Somebody typed an address to follow a topic; a mail asks whether it was the owner of the address."""

    name: ClassVar[str] = "notices.follow_requested.v1"
    follow: UUID


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
