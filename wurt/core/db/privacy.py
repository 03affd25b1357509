"""Data class, purpose and retention of every stored field; each app declares its own in ``privacy.py``.

What is declared is also done: ``subject`` finds what is stored about a person, ``kept`` is what the daily
deletion goes by, ``activity`` makes the register of processing activities.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise

Text = str | Promise


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
class Kept:
    """When rows go: ``days`` after the moment or day in the field ``since``, those that fit ``only``."""

    days: int
    since: str
    only: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Activity:
    """A processing activity of the register (Art. 30 GDPR) that several tables serve."""

    name: Text
    people: Text
    recipients: Text
    basis: Text


@dataclass(frozen=True, slots=True)
class Privacy:
    """One table: why it is kept, how long, and the class of its fields (``default``, but for the named).

    ``subject``: paths from a row to the person it is about; a path that ends in no relation holds the
    person's public id. ``withheld``: fields in which other people stand, left out of a person's export
    (Art. 15 (4) GDPR). ``kept``: the rule that deletes rows; ``sweep``: the name of a deletion of its own
    that does (``wurt/core/privacy/sweeps.py``). ``no_subject`` and ``no_rule`` say why there is none.
    """

    purpose: Text
    retention: Text
    default: DataClass
    fields: Mapping[str, DataClass] = field(default_factory=dict)
    activity: Activity | None = None
    subject: tuple[str, ...] = ()
    no_subject: str = ""
    withheld: frozenset[str] = frozenset()
    kept: Kept | None = None
    sweep: str = ""
    no_rule: str = ""

    def of(self, name: str) -> DataClass:
        """The class of a field."""
        return self.fields.get(name, self.default)

    def personal(self, names: Iterable[str]) -> list[str]:
        """Those of the fields that are about people."""
        return [name for name in names if self.of(name) in KEPT_OUT_OF_TRAIL]


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


_TABLE_WORDS: dict[str, Text] = {}
_FIELD_WORDS: dict[str, Text] = {}


def name_tables(words: Mapping[str, Text]) -> None:
    """What people call tables (by label) and rules that delete: ``{"files.storedfile": _("File")}``."""
    _TABLE_WORDS.update(words)


def name_fields(words: Mapping[str, Text]) -> None:
    """What people call fields about people: by the field's name, or by ``app.model.field`` where that name
    means something else there."""
    _FIELD_WORDS.update(words)


def table_name(label: str) -> str:
    """The table's name in the active language, "" if nobody gave it one."""
    return str(_TABLE_WORDS.get(label, ""))


def field_name(label: str, name: str) -> str:
    """The name of a field of the table in the active language, "" if nobody gave it one."""
    return str(_FIELD_WORDS.get(f"{label}.{name}") or _FIELD_WORDS.get(name, ""))


def privacy_of(label: str) -> Privacy | None:
    """The declaration of a table (``app.model`` in lower case), if there is one."""
    return _REGISTER.get(label)
