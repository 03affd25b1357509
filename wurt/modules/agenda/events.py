"""Facts that the agenda tells. Additive changes only; anything else is a new version."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class MonthPublished:
    """A month (``month`` YYYY-MM) was published in version ``number``; above 1 it is a correction."""

    name: ClassVar[str] = "agenda.month_published.v1"
    month: str
    number: int


@dataclass(frozen=True, slots=True)
class MonthWithdrawn:
    """A published month (``month`` YYYY-MM) is not public any more; ``number`` was its version, ``first`` the
    one with which it had become public."""

    name: ClassVar[str] = "agenda.month_withdrawn.v1"
    month: str
    number: int
    first: int = 1


@dataclass(frozen=True, slots=True)
class ImportUploaded:
    """Files wait to be read: public id of the batch."""

    name: ClassVar[str] = "agenda.import_uploaded.v1"
    batch: str


@dataclass(frozen=True, slots=True)
class ProjectChanged:
    """A project was made or changed: public id and names of the changed fields."""

    name: ClassVar[str] = "agenda.project_changed.v1"
    project: str
    fields: list[str]
