"""Facts that search tells itself."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that documents of ``kind`` are made from was changed: its label and public id (or key)."""

    name: ClassVar[str] = "search.touched.v1"
    kind: str
    label: str
    row: str
