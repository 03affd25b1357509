"""What changed between the months of one run, field by field, for the printed result.

A section that one of the two months does not have is not comparable and says nothing.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from wurt.modules.agenda.domain.diff import ReportTexts, diff_texts
from wurt.modules.agenda.importing.model import DocumentRead, ProjectRead

FIELDS = {"progress": "progress_this_period"}


def month_diffs(documents: Sequence[DocumentRead]) -> list[dict[str, Any]]:
    """One entry per pair of neighbouring months: their common projects with the changed fields.

    ``kind`` is content (the meaning changed), typo (spelling only) or carried (last month's progress was
    appended to the state).
    """
    months: dict[str, dict[str, ProjectRead]] = {}
    for document in documents:
        for project in document.projects:
            month = project.report_month.value or document.report_month.value
            if month:
                months.setdefault(month, {})[project.key] = project
    ordered = sorted(months)
    return [
        {
            "from": before,
            "to": after,
            "projects": [
                {"key": key, "changes": _changes(months[before][key], project)}
                for key, project in months[after].items()
                if key in months[before]
            ],
            "expected_progress_list_to": [
                key for key, project in months[after].items() if project.has_progress
            ],
        }
        for before, after in pairwise(ordered)
    ]


def _changes(before: ProjectRead, after: ProjectRead) -> list[dict[str, Any]]:
    return [
        {
            "field": FIELDS.get(change.field, change.field),
            "kind": change.kind,
            "before": change.before,
            "after": change.after,
        }
        for change in diff_texts(_texts(before), _texts(after))
    ]


def _texts(project: ProjectRead) -> ReportTexts:
    return ReportTexts(
        goal=project.goal.value,
        content=project.content.value,
        progress=project.progress.value,
        overall_state=project.overall_state.value,
    )
