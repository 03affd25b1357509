"""What was read as plain JSON data."""

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wurt.modules.agenda.domain.periods import due_latest, precision
from wurt.modules.agenda.domain.plausibility import Warning, german_message
from wurt.modules.agenda.importing.differences import month_diffs
from wurt.modules.agenda.importing.messages import text_of
from wurt.modules.agenda.importing.model import (
    DocumentRead,
    ImportResult,
    MeasureRead,
    Message,
    MilestoneRead,
    ProjectRead,
    Read,
    StrategyRead,
    SummaryRead,
)

SCHEMA = "agenda-import/1"
_FIELDS = (
    "title", "report_month", "lead_person", "lead_organisation", "partners", "stakeholders", "start", "end", "goal", "content",  # noqa: E501
    "risks", "progress", "overall_state", "next_activities", "status",
)  # fmt: skip
_PRINTED = {"progress": "progress_this_period"}


def to_json(result: ImportResult, *, provenance: bool = True) -> dict[str, Any]:
    """The whole result. ``provenance`` adds for every field snippet, certainty and alternatives."""
    return {
        "schema": SCHEMA,
        "documents": [document_json(d, provenance) for d in result.documents],
        "month_diffs": month_diffs(result.documents),
        "organisation_aliases": [asdict(a) for a in result.aliases if a.kind == "organisation"],
        "project_aliases": [asdict(a) for a in result.aliases if a.kind == "project"],
        "messages": [_message(m) for m in result.messages],
    }


def plain(value: Any) -> Any:
    """Dates as ISO text, decimals as numbers, tuples as lists, dataclasses as objects."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(item) for key, item in asdict(value).items()}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def document_json(document: DocumentRead, provenance: bool) -> dict[str, Any]:
    """One file."""
    out: dict[str, Any] = {
        "file": document.file,
        "kind": document.kind,
        "ok": document.ok,
        "pages": document.pages,
    }
    if document.kind == "status_report":
        out |= {
            "format": document.format,
            "report_month": document.report_month.value,
            "projects": [project_json(p, provenance) for p in document.projects],
            "summary": summary_json(document.summary),
        }
    if document.strategy is not None:
        out |= _strategy(document.strategy)
    if document.measure is not None:
        out |= _measure(document.measure)
    out["warnings"] = [_warning(w) for w in document.warnings] + [
        {"code": m.code, "severity": "info", "message": text_of(m)}
        for m in document.messages
        if m.code == "block_repeated"
    ]
    out["messages"] = [_message(m) for m in document.messages]
    return out


def project_json(project: ProjectRead, provenance: bool) -> dict[str, Any]:
    """One project. Lists that the source does not have are empty and named in ``missing_sections``."""
    out: dict[str, Any] = {
        "key": project.key,
        "title": project.title.value,
        "title_canonical": project.title_canonical,
        "divider_title": project.divider_title,
        "summary_name": project.summary_name,
        "lead_person": project.lead_person.value,
        "lead_organisation": project.lead_organisation.value,
        "report_month": project.report_month.value,
        "partners": list(project.partners.value or ()),
        "stakeholders": list(project.stakeholders.value or ()),
        "start": plain(project.start.value),
        "end": plain(project.end.value),
        "goal": project.goal.value,
        "content": project.content.value,
        "risks": list(project.risks.value or ()),
        "milestones": [milestone_json(m) for m in project.milestones],
        "milestones_section": "present" if project.milestones_present else "absent",
        "progress_this_period": project.progress.value,
        "has_progress": project.has_progress,
        "overall_state": project.overall_state.value,
        "next_activities": list(project.next_activities.value or ()),
        "next_activity_hints": list(project.next_activity_hints),
        "status": project.status.value,
        "status_source": _status_source(project),
        "legend_present": project.legend_present,
        "missing_sections": list(project.missing_sections),
        "source_lines": [project.source.line_from, project.source.line_to] if project.source else None,
        "extra": {key: read.value for key, read in project.extra.items()},
        "warnings": [_warning(w) for w in project.warnings],
    }
    if provenance:
        out["fields"] = {_PRINTED.get(name, name): read_json(getattr(project, name)) for name in _FIELDS}
    return out


def _status_source(project: ProjectRead) -> dict[str, Any] | None:
    source = project.status.source
    if not project.status.value or source is None:
        return None
    key = "sentence" if project.status_kind == "portfolio_sentence" else "text"
    text = source.text.replace("\n", " ")
    return {"kind": project.status_kind, key: text, "line": source.line_from, "page": source.page}


def read_json(read: Read[Any]) -> dict[str, Any]:
    """Provenance of a field."""
    return {
        "certain": read.certain,
        "reason": read.reason,
        "alternatives": [{"value": plain(a.value), "reason": a.reason} for a in read.alternatives],
        "source": plain(read.source) if read.source else None,
    }


def milestone_json(milestone: MilestoneRead) -> dict[str, Any]:
    """One milestone with its precision and last possible day."""
    out: dict[str, Any] = {
        "label": milestone.label,
        "due": milestone.due,
        "due_precision": precision(milestone.due),
        "due_printed": milestone.due_printed if milestone.due else None,
        "due_latest": plain(due_latest(milestone.due)),
        "ambiguous": milestone.ambiguous,
        "done": milestone.done,
    }
    if milestone.ambiguous:
        out |= {"ambiguity_reason": milestone.reason, "alternative_due": list(milestone.alternatives)}
    return out


def summary_json(summary: SummaryRead | None) -> dict[str, Any] | None:
    """The summary page."""
    if summary is None:
        return None
    counts = summary.counts.value
    numbers = None
    if counts:
        numbers = {key: value for key, value in asdict(counts).items() if value is not None}
    out: dict[str, Any] = {
        "counts": numbers,
        "progress_projects_printed": list(summary.progress_printed.value or ()),
        "progress_project_keys": list(summary.progress_keys),
        "progress_printed_keys": list(summary.progress_printed_keys),
        "status_sentence": summary.status_sentence.value,
        "intro": summary.intro.value,
    }
    if numbers:
        out["counts_total"] = sum(numbers.values())
    return out


def _strategy(page: StrategyRead) -> dict[str, Any]:
    out: dict[str, Any] = {key: plain(read.value) for key, read in page.facts.items()}
    finished = page.facts.get("strategy_finished")
    if finished:
        out["strategy_finished_alternatives"] = [a.value for a in finished.alternatives]
    out["page"] = [_block(b.kind, b.text, b.items, b.level) for b in page.blocks]
    return out


def _block(kind: str, text: str, items: Sequence[str], level: int) -> dict[str, Any]:
    if kind == "list":
        return {"kind": kind, "items": list(items)}
    return {"kind": kind, "text": text, "level": level} if kind == "heading" else {"kind": kind, "text": text}


def _measure(entry: MeasureRead) -> dict[str, Any]:
    kind, text = entry.participation_kind.value, entry.participation.value
    return {
        "title": entry.title.value,
        "description": entry.description.value,
        "decisions": plain(entry.decisions.value or ()),
        "current_state": entry.current_state.value,
        "next_steps": entry.next_steps.value,
        "costs": plain(entry.costs.value),
        "participation": {"kind": kind, "text": text} if kind or text else None,
        "further_information": entry.further.value,
        "derived": {"phases": plain(entry.phases)},
        "fields": {
            name: read_json(getattr(entry, name))
            for name in (
                "title",
                "description",
                "decisions",
                "current_state",
                "next_steps",
                "costs",
                "participation",
            )
        },
    }


def _warning(warning: Warning) -> dict[str, Any]:
    return {
        "code": warning.code,
        "severity": warning.severity,
        "message": german_message(warning),
        "place": warning.place,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "code": message.code,
        "severity": message.severity,
        "message": text_of(message),
        "place": plain(message.place) if message.place else None,
    }
