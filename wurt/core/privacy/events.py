"""Facts that data protection tells."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class LoginEnds:
    """A login was not used for long; unless the person signs in, it ends in thirty days."""

    name: ClassVar[str] = "privacy.login_ends.v1"
    person: UUID
