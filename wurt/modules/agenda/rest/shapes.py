"""Shapes of the open interface. Names are English and stay; additions only."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Schema

State = Literal["planned", "running", "completed", "stopped"]
Status = Literal["green", "yellow", "red"]
Kind = Literal["overdue", "due", "undated", "moved", "done"]


class Invalid(Schema):
    """What is wrong with the parameters of a request."""

    detail: list[dict[str, Any]]


class Problem(Schema):
    """Why there is no answer."""

    message: str


class Shared(Schema):
    """What every answer carries: licence, and whether records in it are invented ("Beispieldaten")."""

    licence: str
    licence_url: str
    attribution: str = Field(description="whom to name as the source")
    example: bool = Field(description="true: invented records, not to be harvested")
    note: str = Field("", description='"Beispieldaten" where example is true')


class Counts(Schema):
    """Number of projects by state."""

    planned: int
    running: int
    completed: int
    stopped: int


class Agenda(Shared):
    """The agenda of the county."""

    name: str
    county: str
    motto: str
    intro: str
    horizon: str
    counts: Counts
    latest_month: str | None = Field(description="newest published month, YYYY-MM")
    url: str


class FieldOut(Schema):
    """A field of action; ``projects`` counts the public ones."""

    key: str
    name: str
    projects: int


class Fields(Shared):
    """Fields of action that have projects."""

    items: list[FieldOut]


class ProjectOut(Schema):
    """A project in a list. ``status`` null: nobody gave one; ``reported`` tells whether there is a report."""

    id: str
    key: str
    title: str
    short_title: str
    state: State
    status: Status | None
    reported: str | None = Field(description="newest published month with this project, YYYY-MM")
    has_progress: bool
    field: str
    field_key: str
    goal: str
    lead_organisation: str
    partners: list[str]
    place: str
    start: date | None
    end: date | None
    planned_start: str = Field(description="YYYY, YYYY-Qn or YYYY-MM, empty if unknown")
    ended_on: date | None
    example: bool
    url: str


class Projects(Shared):
    """A page of projects. ``count`` is the number of all that fit; ``next`` the address of the next page."""

    count: int
    next: str | None
    items: list[ProjectOut]


class Shift(Schema):
    """A milestone moved, as told by the report of ``month``."""

    month: str
    before: str | None
    after: str | None


class Milestone(Schema):
    """``due`` is YYYY-MM-DD, YYYY-MM, YYYY-Qn or null."""

    label: str
    due: str | None
    done: bool
    done_on: date | None
    overdue: bool
    shifts: list[Shift]


class Cost(Schema):
    """Costs as far as they can be given; ``amount`` in euros."""

    text: str
    amount: Decimal | None
    kind: str
    source: str


class Decision(Schema):
    """A political decision."""

    body: str
    reference: str
    decided_on: date | None
    title: str


class ReportFigure(Schema):
    """A live figure as it was frozen with the month. Neither ``value`` nor ``below``: not told."""

    key: str
    name: str
    unit: str
    place: str
    value: Decimal | None
    below: int | None = Field(description="fewer than so many people")
    version: int
    source: str
    computed_at: datetime | None
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    way: str = Field(description='reached, on_way, behind, missed, open, unknown; "" without a target')


class Report(Schema):
    """What a project reported in a month. Null text: not in the source."""

    month: str
    status: Status | None
    status_reason: str
    progress: str | None
    has_progress: bool
    overall_state: str | None
    next_activities: list[str]
    risks: list[str]
    milestones: list[Milestone]
    figures: list[ReportFigure] = []


class Project(Shared):
    """A project with its profile of today and its newest report. ``lead`` is a name only with consent."""

    id: str
    key: str
    title: str
    short_title: str
    state: State
    field: str
    place: str
    goal: str
    content: str
    lead: str
    lead_organisation: str
    partners: list[str]
    stakeholders: list[str]
    start: date | None
    end: date | None
    planned_start: str
    ended_on: date | None
    costs: list[Cost]
    decisions: list[Decision]
    participation: str
    participation_none_reason: str
    contact: str
    goals: list[str]
    milestones: list[Milestone]
    report: Report | None
    months: list[str] = Field(description="all published months with this project, newest first")
    url: str


class Reports(Shared):
    """All published reports of a project, newest first."""

    key: str
    items: list[Report]


class MonthOut(Schema):
    """A published month. ``sha256`` is the hash of its facts in canonical form."""

    month: str
    version: int
    published_at: datetime
    sha256: str
    reports: int
    with_progress: int
    url: str
    json_url: str


class Months(Shared):
    """All published months, newest first."""

    items: list[MonthOut]


class MilestoneOut(Milestone):
    """A milestone with its project. ``kind``: done, overdue, due or undated."""

    kind: Kind
    project: str
    project_title: str
    url: str


class Milestones(Shared):
    """A page of milestones by date. ``as_of``: the month by which overdue is judged."""

    count: int
    next: str | None
    as_of: str | None
    items: list[MilestoneOut]


class Organisation(Schema):
    """An organisation; ``partner``: member of the county's cooperation."""

    id: str
    key: str
    name: str
    kind: str
    place: str
    website: str
    partner: bool
    example: bool


class Organisations(Shared):
    """Partners, and all organisations of public projects."""

    items: list[Organisation]


class Goal(Schema):
    """A goal with the keys of the public projects that serve it."""

    key: str
    title: str
    text: str
    projects: list[str]


class Goals(Shared):
    """The goals of the strategy."""

    items: list[Goal]
