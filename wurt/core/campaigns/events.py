"""Facts that campaigns tell themselves, so that each step survives a kill."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class PressDue:
    """The release of a campaign waits for its mails."""

    name: ClassVar[str] = "campaigns.press_due.v1"
    campaign: UUID


@dataclass(frozen=True)
class CallDue:
    """The followers of what a campaign makes known are to be told. ``topic``: kind and key; ``words``: what
    was looked at when it was ordered."""

    name: ClassVar[str] = "campaigns.call_due.v1"
    campaign: UUID
    topic: list[str]
    words: dict[str, str]
