"""Tables of the agenda, one file per noun."""

from wurt.modules.agenda.models.agenda import (
    Agenda,
    Body,
    BodyMember,
    Field,
    Goal,
    StrategyDocument,
)
from wurt.modules.agenda.models.imports import (
    BatchState,
    ImportBatch,
    ImportDocument,
    ImportItem,
    ItemKind,
    ItemState,
)
from wurt.modules.agenda.models.measure import Measure
from wurt.modules.agenda.models.meeting import Meeting, Verdict
from wurt.modules.agenda.models.month import Month, MonthVersion, Part, PublishedReport, Remark, Report
from wurt.modules.agenda.models.project import (
    Cost,
    Decision,
    Milestone,
    MilestoneShift,
    Party,
    Project,
    ProjectAlias,
    ProjectSlug,
    ProjectState,
)

__all__ = [
    "Agenda",
    "BatchState",
    "Body",
    "BodyMember",
    "Cost",
    "Decision",
    "Field",
    "Goal",
    "ImportBatch",
    "ImportDocument",
    "ImportItem",
    "ItemKind",
    "ItemState",
    "Measure",
    "Meeting",
    "Milestone",
    "MilestoneShift",
    "Month",
    "MonthVersion",
    "Part",
    "Party",
    "Project",
    "ProjectAlias",
    "ProjectSlug",
    "ProjectState",
    "PublishedReport",
    "Remark",
    "Report",
    "StrategyDocument",
    "Verdict",
]
