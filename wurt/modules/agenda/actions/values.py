"""What actions take: shapes of input, told apart from the tables. A key that is absent stays unchanged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypedDict
from uuid import UUID

from wurt.modules.agenda.domain.snapshot import State, Status


class AgendaValues(TypedDict, total=False):
    """Texts of the agenda."""

    name: str
    motto: str
    intro: str
    strategy: str
    horizon: str
    licence: str
    licence_url: str
    contact: str


@dataclass(frozen=True, slots=True)
class PartyValue:
    """A partner or stakeholder by name; ``organisation`` (public id) only if it is a known body."""

    role: Literal["partner", "stakeholder"]
    name: str
    organisation: UUID | None = None


class ProfileValues(TypedDict, total=False):
    """The profile of a project. ``field`` is a slug; organisations and people are public ids.

    ``planned_start``: YYYY, YYYY-Qn, YYYY-MM or "". ``parties`` replaces all of them, in the order given.
    """

    title: str
    short_title: str
    field: str | None
    goal: str
    content: str
    lead_organisation: UUID | None
    lead_function: str
    lead: UUID | None
    deputy: UUID | None
    start: date | None
    end: date | None
    planned_start: str
    participation: str
    participation_none_reason: str
    contact: str
    parties: Sequence[PartyValue]


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """A figure (``key``; ``place``: slug, "" for all of the county) with baseline and target, if any."""

    key: str
    place: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True)
class CostValue:
    """``text`` is what a reader sees; ``amount`` in euros where it can be given."""

    text: str
    amount: Decimal | None = None
    kind: str = "total"
    source: str = ""


@dataclass(frozen=True, slots=True)
class DecisionValue:
    """A political decision."""

    body: str
    reference: str = ""
    decided_on: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneValue:
    """A milestone as a report states it. ``due``: YYYY-MM-DD, YYYY-MM, YYYY-Qn or None (unknown)."""

    label: str
    due: str | None = None
    done: bool = False
    done_on: date | None = None


class ReportValues(TypedDict, total=False):
    """One project in one month. ``milestones`` None: the source says nothing about them. ``figures``: public
    ids of the measures whose figures the report shows, None for all of the project."""

    status: Status | None
    status_reason: str
    progress: str | None
    has_progress: bool
    overall_state: str | None
    next_activities: Sequence[str]
    risks: Sequence[str]
    milestones: Sequence[MilestoneValue] | None
    title: str
    state: State
    field: str | None
    goal: str
    content: str
    lead_organisation: UUID | None
    lead: UUID | None
    partners: Sequence[str]
    stakeholders: Sequence[str]
    start: date | None
    end: date | None
    figures: Sequence[UUID] | None


@dataclass(frozen=True, slots=True)
class MemberValue:
    """A seat in a body: ``organisation`` and ``person`` are public ids."""

    organisation: UUID
    function: str
    person: UUID | None = None
