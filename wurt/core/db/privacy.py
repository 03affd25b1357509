"""Data class, purpose and retention of every stored field; each app declares its own in ``privacy.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DataClass(StrEnum):
    """How much harm a leak would do; ordered from none to most."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105 - the name of a class, not a password


KEPT_OUT_OF_TRAIL = frozenset({DataClass.PERSONAL, DataClass.SENSITIVE, DataClass.SECRET})
"""Values of these classes never stand in the audit trail, which cannot forget."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """One table: why it is kept, how long, and the class of its fields (``default``, but for the named)."""

    purpose: str
    retention: str
    default: DataClass
    fields: Mapping[str, DataClass] = field(default_factory=dict)

    def of(self, name: str) -> DataClass:
        """The class of a field."""
        return self.fields.get(name, self.default)


_REGISTER: dict[str, Privacy] = {}


def register(tables: Mapping[str, Privacy]) -> None:
    """Declare tables by their label, for example ``tenancy.person``. Raises ValueError if declared twice."""
    for label, privacy in tables.items():
        if _REGISTER.get(label, privacy) != privacy:
            raise ValueError(f"{label} is declared twice")
        _REGISTER[label] = privacy


def registered() -> Mapping[str, Privacy]:
    """All declared tables by label."""
    return dict(_REGISTER)


def privacy_of(label: str) -> Privacy | None:
    """The declaration of a table (``app.model`` in lower case), if there is one."""
    return _REGISTER.get(label)
