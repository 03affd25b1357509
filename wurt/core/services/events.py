"""Facts that services tell."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class StageBegan:
    """A service is in another stage at a place from ``day`` on; told on that day, not when it was planned."""

    name: ClassVar[str] = "services.stage_began.v1"
    stage: UUID
    service: str
    day: date


@dataclass(frozen=True)
class BatchDue:
    """The next things of a hand-over are to be moved; ``step`` counts them."""

    name: ClassVar[str] = "services.batch_due.v1"
    hand_over: UUID
    step: int


@dataclass(frozen=True)
class HandedOver:
    """Everything of a service at a place is in new hands."""

    name: ClassVar[str] = "services.handed_over.v1"
    hand_over: UUID
    service: str
    giver: UUID
    taker: UUID
