"""What the importer passes on: lines with their place, fields with their provenance, whole documents.

A :class:`Read` is one field of a review page: the value, the snippet it came from, whether it is certain,
why not, and what else it could be. None as a value means "not in the source"; it is never "empty".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from wurt.modules.agenda.domain.plausibility import Warning

T = TypeVar("T")
Bbox = tuple[float, float, float, float]
Kind = Literal["status_report", "strategy_page", "vorhabenliste_entry", "unknown"]
Role = Literal["text", "title", "break", "page", "reset"]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. ``number`` counts from 1 (in text files the line of the file); ``bbox`` is
    (left, top, right, bottom) in points from the top left of the page, None in text files.

    ``soft``: the line ended with a blank, so the text layer says that it goes on. ``role`` "break" ends
    the section before it, "page" is a page break, "reset" one whose page
    has nothing to do with the project before it, "title" is a project title that layout recognised.
    ``block`` numbers the text box the line stands in, 0 where boxes are unknown.
    """

    text: str
    number: int
    page: int | None = None
    bbox: Bbox | None = None
    size: float = 0.0
    bullet: bool = False
    soft: bool = False
    heading: int = 0
    role: Role = "text"
    bold: bool = False
    block: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Where something was read: pages count from 1, lines from 1, ``bbox`` as in :class:`Line`."""

    text: str
    page: int | None = None
    line_from: int | None = None
    line_to: int | None = None
    bbox: Bbox | None = None


@dataclass(frozen=True, slots=True)
class Alternative(Generic[T]):
    """Another reading of a field and where it comes from."""

    value: T
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """One field as read. ``value`` None: not in the source. ``reason`` is a code from :mod:`messages`."""

    value: T
    source: Span | None = None
    certain: bool = True
    reason: str = ""
    alternatives: tuple[Alternative[T], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Something a person should know about the import: ``code``, ``params``, ``place``."""

    code: str
    severity: Literal["info", "warn", "error"] = "info"
    params: Mapping[str, Any] = field(default_factory=dict)
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class MilestoneRead:
    """A milestone. ``due`` YYYY-MM-DD, YYYY-MM, YYYY-Qn or None; ``ambiguous``: ask a person."""

    label: str
    due: str | None = None
    due_printed: str | None = None
    ambiguous: bool = False
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    done: bool = False
    source: Span | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A named span of a plan."""

    label: str
    start: date
    end: date | None


@dataclass(slots=True)
class ProjectRead:
    """One project of a status report. Lists that are None were not in the source at all."""

    key: str
    title: Read[str]
    title_canonical: str
    divider_title: str | None = None
    summary_name: str | None = None
    report_month: Read[str | None] = field(default_factory=lambda: Read(None))
    lead_person: Read[str | None] = field(default_factory=lambda: Read(None))
    lead_organisation: Read[str | None] = field(default_factory=lambda: Read(None))
    partners: Read[tuple[str, ...] | None] = field(default_factory=lambda: Read(None))
    stakeholders: Read[tuple[str, ...] | None] = field(default_factory=lambda: Read(None))
    start: Read[date | None] = field(default_factory=lambda: Read(None))
    end: Read[date | None] = field(default_factory=lambda: Read(None))
    goal: Read[str | None] = field(default_factory=lambda: Read(None))
    content: Read[str | None] = field(default_factory=lambda: Read(None))
    risks: Read[tuple[str, ...] | None] = field(default_factory=lambda: Read(None))
    milestones: tuple[MilestoneRead, ...] = ()
    milestones_present: bool = False
    progress: Read[str | None] = field(default_factory=lambda: Read(None))
    has_progress: bool = False
    overall_state: Read[str | None] = field(default_factory=lambda: Read(None))
    next_activities: Read[tuple[str, ...] | None] = field(default_factory=lambda: Read(None))
    next_activity_hints: tuple[str, ...] = ()
    status: Read[str | None] = field(default_factory=lambda: Read(None))
    status_kind: str = ""
    extra: dict[str, Read[str]] = field(default_factory=dict)
    legend_present: bool = False
    missing_sections: tuple[str, ...] = ()
    warnings: list[Warning] = field(default_factory=list)
    source: Span | None = None


@dataclass(frozen=True, slots=True)
class CountsRead:
    """Printed numbers of projects; None where a number was not printed."""

    completed: int | None = None
    current: int | None = None
    future: int | None = None
    stopped: int | None = None


@dataclass(slots=True)
class SummaryRead:
    """The summary page of a report: what is printed, and what the projects of the same file say."""

    counts: Read[CountsRead | None] = field(default_factory=lambda: Read(None))
    progress_printed: Read[tuple[str, ...] | None] = field(default_factory=lambda: Read(None))
    progress_printed_keys: tuple[str, ...] = ()
    progress_keys: tuple[str, ...] = ()
    status_sentence: Read[str | None] = field(default_factory=lambda: Read(None))
    intro: Read[str | None] = field(default_factory=lambda: Read(None))


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A piece of a plain page for editing: heading, paragraph or list."""

    kind: Literal["heading", "paragraph", "list"]
    text: str = ""
    items: tuple[str, ...] = ()
    level: int = 2
    source: Span | None = None


@dataclass(slots=True)
class StrategyRead:
    """A strategy page: its blocks in order, and facts that a reader proposes for the data."""

    blocks: tuple[PageBlock, ...] = ()
    facts: dict[str, Read[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionRead:
    """A political decision as cited: body, number, year, date."""

    reference: str
    body: str
    number: int | None
    year: int | None
    date: date | None
    printed: str


@dataclass(frozen=True, slots=True)
class CostRead:
    """A cost: ``amount`` in euros where it can be read."""

    printed: str
    amount: Decimal | None
    currency: str = "EUR"
    currency_printed: bool = False
    funding: str = ""


@dataclass(slots=True)
class MeasureRead:
    """An entry of a public list of measures (Vorhabenliste)."""

    title: Read[str | None] = field(default_factory=lambda: Read(None))
    description: Read[str | None] = field(default_factory=lambda: Read(None))
    decisions: Read[tuple[DecisionRead, ...] | None] = field(default_factory=lambda: Read(None))
    current_state: Read[str | None] = field(default_factory=lambda: Read(None))
    next_steps: Read[str | None] = field(default_factory=lambda: Read(None))
    costs: Read[CostRead | None] = field(default_factory=lambda: Read(None))
    participation_kind: Read[str | None] = field(default_factory=lambda: Read(None))
    participation: Read[str | None] = field(default_factory=lambda: Read(None))
    further: Read[str | None] = field(default_factory=lambda: Read(None))
    phases: tuple[Phase, ...] = ()


@dataclass(slots=True)
class DocumentRead:
    """One file. ``ok`` False: it could not be read, ``messages`` say why; nothing was lost of the others."""

    file: str
    kind: Kind = "unknown"
    format: str = ""
    ok: bool = True
    report_month: Read[str | None] = field(default_factory=lambda: Read(None))
    pages: int = 0
    projects: list[ProjectRead] = field(default_factory=list)
    summary: SummaryRead | None = None
    strategy: StrategyRead | None = None
    measure: MeasureRead | None = None
    warnings: list[Warning] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AliasProposal:
    """Two names that may be one: a person confirms once."""

    kind: Literal["project", "organisation"]
    canonical: str
    alias: str
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KnownWorld:
    """What the caller knows already. ``projects``: key -> title; aliases: other spelling -> key or name."""

    projects: Mapping[str, str] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()
    project_aliases: Mapping[str, str] = field(default_factory=dict)
    organisation_aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ImportResult:
    """All files of one run, in the order given, with the aliases to confirm."""

    documents: list[DocumentRead] = field(default_factory=list)
    aliases: list[AliasProposal] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
