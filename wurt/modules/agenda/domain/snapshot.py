"""A month of the agenda as frozen facts: what is published, hashed, exported and rebuilt.

A published month is stored as the canonical JSON of a :class:`MonthFact`. Web page, PDF, slides, JSON
and CSV are all made from it, so that they can never disagree. People appear by public id and a salted
commitment only; names live in a table that can be redacted, and are handed to the exporters separately
(``names``: public id -> name, present only where the person consents). Erasing a person therefore leaves
the hash of a published month valid.
"""

import dataclasses
import functools
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeVar

Status = Literal["green", "yellow", "red"]
State = Literal["planned", "running", "completed", "stopped"]

FORMAT = "wurt-agenda-month/1"


@dataclass(frozen=True, slots=True)
class ShiftFact:
    """A milestone moved: in the report of ``month`` (YYYY-MM) its date changed from ``before`` to
    ``after``.
    """

    month: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """``due`` is YYYY-MM-DD, YYYY-MM, YYYY-Qn or None (unknown)."""

    label: str
    due: str | None
    done: bool = False
    done_on: date | None = None
    overdue: bool = False
    shifts: tuple[ShiftFact, ...] = ()


@dataclass(frozen=True, slots=True)
class CostFact:
    """``text`` is what a reader sees; ``amount`` in euros where it can be given; ``kind`` e.g. total,
    grant, own share.
    """

    text: str
    amount: Decimal | None = None
    kind: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """A political decision: ``body`` decided ``title`` under ``reference`` on ``decided_on``."""

    body: str
    reference: str = ""
    decided_on: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Public id of a person and the salted commitment to their name (SHA-256 hex of salt + name)."""

    id: str
    commitment: str


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """The profile (Steckbrief) of a project as it stood when the month was frozen."""

    key: str
    title: str
    field: str
    state: State
    short_title: str = ""
    goal: str = ""
    content: str = ""
    lead_organisation: str = ""
    lead_function: str = ""
    lead_person: PersonRef | None = None
    partners: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    costs: tuple[CostFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    participation: str = ""
    participation_none_reason: str = ""
    contact: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A live figure of a project in the month, as it was known when the month was frozen.

    ``value``; or ``below``: fewer than so many people; or neither: not told. ``before``: the value of the
    month before. ``version``, ``reason``, ``source`` and ``computed_at`` are those of the value. ``way``:
    reached, on_way, behind, missed, open, unknown, "" without a target; ``line``: what the straight
    path from baseline to target asked for.
    """

    key: str
    name: str
    unit: str = ""
    place: str = ""
    place_name: str = ""
    kind: str = ""
    value: Decimal | None = None
    below: int | None = None
    before: Decimal | None = None
    version: int = 1
    reason: str = ""
    source: str = ""
    computed_at: datetime | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    way: str = ""
    line: Decimal | None = None
    example: bool = False


LATER = {"later": True}
"""Metadata of fields that facts got after months had been frozen: at its default such a field is left out of
the JSON, so that those months still give the text that was hashed (docs/adr/0017)."""


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The report of one project for one month. ``status`` None reads "not stated", never green.

    ``progress`` and ``overall_state`` None mean "not in the source"; "" means stated as empty.
    Paragraphs are separated by a blank line.
    """

    profile: ProfileFact
    status: Status | None
    status_reason: str = ""
    progress: str | None = None
    has_progress: bool = False
    overall_state: str | None = None
    next_activities: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    figures: tuple[FigureFact, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many projects of the agenda are in which state."""

    planned: int = 0
    running: int = 0
    completed: int = 0
    stopped: int = 0

    @property
    def total(self) -> int:
        """All projects of the agenda."""
        return self.planned + self.running + self.completed + self.stopped


@dataclass(frozen=True, slots=True)
class MonthFact:
    """One month of the agenda. ``month`` is YYYY-MM; ``version`` counts from 1, higher ones are
    corrections.
    """

    county: str
    agenda: str
    month: str
    reports: tuple[ReportFact, ...]
    counts: Counts
    intro: str = ""
    status_sentence: str = ""
    progress_projects: tuple[str, ...] = ()
    started_projects: tuple[str, ...] = ()
    ended_projects: tuple[str, ...] = ()
    version: int = 1
    correction_note: str = ""
    published_at: datetime | None = None
    licence: str = "CC BY 4.0"
    licence_url: str = "https://creativecommons.org/licenses/by/4.0/deed.de"
    example: bool = False
    notices: tuple[str, ...] = field(default=())


def to_data(value: Any) -> Any:
    """Plain JSON data of a fact: dates as ISO text, Decimal as text, tuples as lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: to_data(item)
            for f in dataclasses.fields(value)
            if (item := getattr(value, f.name)) != f.default or "later" not in f.metadata
        }
    if isinstance(value, (list, tuple)):
        return [to_data(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def canonical_json(month: MonthFact) -> str:
    """The text that is stored and hashed: sorted keys, no spaces, UTF-8 as is. Same facts, same text."""
    data = {"format": FORMAT, **to_data(month)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_json(report: ReportFact) -> str:
    """The canonical text of one report, stored beside the month for quick reading."""
    return json.dumps(to_data(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_from_json(text: str) -> ReportFact:
    """The facts of a stored report."""
    built: ReportFact = _build(ReportFact, json.loads(text))
    return built


def digest(text: str) -> str:
    """SHA-256 of a canonical JSON text, hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def commitment(salt: str, name: str) -> str:
    """Salted commitment to a person's name: proves nothing once salt and name are deleted."""
    return hashlib.sha256(f"{salt}\n{name}".encode()).hexdigest()


T = TypeVar("T")


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    """Types of the fields by name; reading a month asks for them thousands of times."""
    hints = typing.get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def _build(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        return _build(next(arg for arg in typing.get_args(kind) if arg is not type(None)), data)
    if origin is tuple:
        return tuple(_build(typing.get_args(kind)[0], item) for item in data)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{key: _build(hints[key], value) for key, value in data.items() if key in hints})
    if kind is date:
        return date.fromisoformat(data)
    if kind is datetime:
        return datetime.fromisoformat(data)
    if kind is Decimal:
        return Decimal(data)
    return data


def month_from_json(text: str) -> MonthFact:
    """The facts of a stored month. Unknown keys of newer formats are ignored."""
    data: Mapping[str, Any] = json.loads(text)
    built: MonthFact = _build(MonthFact, {key: value for key, value in data.items() if key != "format"})
    return built


def head_from_json(text: str) -> MonthFact:
    """The facts of a stored month without its reports, which may be thousands."""
    data: Mapping[str, Any] = json.loads(text)
    kept = {key: value for key, value in data.items() if key not in ("format", "reports")}
    built: MonthFact = _build(MonthFact, {**kept, "reports": ()})
    return built


def same_facts(left: MonthFact, right: MonthFact) -> bool:
    """Do two versions say the same, but for number, note and moment?"""
    plain = {"version": 0, "correction_note": "", "published_at": None}
    left, right = (dataclasses.replace(facts, **plain) for facts in (left, right))  # type: ignore[arg-type]
    return left == right
