"""Facts that assisted mode tells itself, so that mail goes out after the commit."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class MandateGiven:
    """A mandate was offered to an address; its owner and the giver are told."""

    name: ClassVar[str] = "assisted.mandate_given.v1"
    mandate: UUID
