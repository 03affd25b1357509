"""From what the importer read to the items of a review."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wurt.core.db.clock import today
from wurt.modules.agenda.domain.identity import same_title
from wurt.modules.agenda.domain.plausibility import Warning
from wurt.modules.agenda.domain.review import FieldData, Fields, new_field
from wurt.modules.agenda.importing.model import (
    DocumentRead,
    MeasureRead,
    MilestoneRead,
    PageBlock,
    ProjectRead,
    Read,
    Span,
    StrategyRead,
    SummaryRead,
)
from wurt.modules.agenda.importing.output import plain

SNIPPET = 1200
"""Characters of the source shown beside a field."""

_PROJECT = (
    "lead_organisation",
    "lead_person",
    "partners",
    "stakeholders",
    "start",
    "end",
    "goal",
    "content",
    "progress",
    "overall_state",
    "next_activities",
    "risks",
    "status",
)
_MEASURE_TEXTS = {"description": "content", "current_state": "overall_state", "next_steps": "next_activities"}


@dataclass(slots=True)
class Draft:
    """One item to be: see ``ImportItem``."""

    kind: str
    key: str
    title: str
    fields: Fields = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)


def drafts(document: DocumentRead) -> list[Draft]:
    """The items of one document, in its order; the summary first."""
    found = []
    if document.summary is not None and (draft := _summary(document, document.summary)) is not None:
        found.append(draft)
    found += [_project(project) for project in document.projects]
    if document.strategy is not None:
        found.append(_page(document.strategy))
    if document.measure is not None:
        found.append(_measure(document.measure))
        found[-1].warnings = [_warning(warning) for warning in document.warnings]
    return found


def of_read(read: Read[Any]) -> FieldData:
    """A field with its provenance."""
    data = new_field(plain(read.value), certain=read.certain, reason=read.reason)
    others = [{"value": plain(a.value), "reason": a.reason} for a in read.alternatives]
    data["alternatives"] = [other for other in others if other["value"] != data["value"]]
    _place(data, read.source)
    return data


def _place(data: FieldData, source: Span | None) -> None:
    if source is None:
        return
    data["snippet"] = source.text[:SNIPPET] + ("…" if len(source.text) > SNIPPET else "")
    data["place"] = {"page": source.page, "line_from": source.line_from, "line_to": source.line_to}


def _warning(warning: Warning) -> dict[str, Any]:
    return {
        "code": warning.code,
        "severity": warning.severity,
        "params": plain(dict(warning.params)),
        "place": warning.place,
    }


def _project(project: ProjectRead) -> Draft:
    fields: Fields = {"title": _title(project), "report_month": of_read(project.report_month)}
    if not fields["report_month"]["value"]:
        fields["report_month"] |= {"certain": False, "reason": "month_unreadable"}
    short = project.summary_name or project.divider_title or ""
    if (
        short
        and len(short) < len(project.title_canonical)
        and len(short) <= 120
        and not same_title(short, project.title_canonical)
    ):
        fields["short_title"] = new_field(short)
        fields["short_title"]["snippet"] = short
    for name in _PROJECT:
        read: Read[Any] = getattr(project, name)
        if read.value is not None or not read.certain:
            fields[name] = of_read(read)
    if project.status_kind == "portfolio_sentence" and "status" in fields:
        fields["status"]["of_all"] = True
    if project.milestones_present:
        fields["milestones"] = _milestones(project.milestones)
    extra = project.extra
    for source, target in (
        ("lead_function", "lead_function"),
        ("costs", "costs_text"),
        ("participation", "participation"),
    ):
        if source in extra:
            fields[target] = of_read(extra[source])
    if "lead_function" in fields:
        fields["lead_function"]["value"] = fields["lead_function"]["value"][:200]
    return Draft(
        "project",
        project.key,
        project.title_canonical or project.title.value,
        fields,
        [_warning(warning) for warning in project.warnings],
        _spellings(project),
    )


def _title(project: ProjectRead) -> FieldData:
    data = of_read(project.title)
    if data["reason"] == "project_probable":
        # Which project is meant is asked as a question of its own; the title itself is as printed.
        known = [other for other in data["alternatives"] if other["reason"] != "known"]
        data |= {"certain": True, "reason": "", "alternatives": known}
    printed, canonical = data["value"], project.title_canonical
    if canonical and printed != canonical:
        # The better spelling is proposed, the printed one offered.
        data["value"] = canonical
        data["alternatives"] = [
            {"value": printed, "reason": ""},
            *(a for a in data["alternatives"] if a["value"] not in (printed, canonical)),
        ]
    return data


def _spellings(project: ProjectRead) -> list[str]:
    names = [project.title.value, project.divider_title, project.summary_name]
    return [name for name in dict.fromkeys(names) if name and name != project.title_canonical]


def _milestones(milestones: Sequence[MilestoneRead]) -> FieldData:
    rows = [
        {
            "label": m.label,
            "due": m.due,
            "printed": m.due_printed,
            "ambiguous": m.ambiguous,
            "reason": m.reason,
            "alternatives": list(m.alternatives),
            "done": m.done,
        }
        for m in milestones
    ]
    doubtful = next((m.reason for m in milestones if m.ambiguous), "")
    data = new_field(rows, certain=not any(m.ambiguous for m in milestones), reason=doubtful)
    sources = [m.source for m in milestones if m.source is not None]
    if sources:
        text = "\n".join(dict.fromkeys(s.text for s in sources))
        # Labels and dates are often printed in rows of their own: show both.
        dates = [m.due_printed for m in milestones if m.due_printed and m.due_printed not in text]
        data["snippet"] = "\n".join([text, *dates])[:SNIPPET]
        lines = [n for s in sources for n in (s.line_from, s.line_to) if n is not None]
        data["place"] = {
            "page": sources[0].page,
            "line_from": min(lines) if lines else None,
            "line_to": max(lines) if lines else None,
        }
    return data


def _summary(document: DocumentRead, summary: SummaryRead) -> Draft | None:
    fields: Fields = {}
    if summary.counts.value is not None:
        whole = of_read(summary.counts)
        for name in ("completed", "current", "future", "stopped"):
            number = getattr(summary.counts.value, name)
            if number is not None:
                fields[f"counts_{name}"] = {**whole, "value": number, "alternatives": []}
    for name, read in (
        ("progress_projects", summary.progress_printed),
        ("status_sentence", summary.status_sentence),
        ("intro", summary.intro),
    ):
        if read.value is not None:
            fields[name] = of_read(read)
    if not fields:
        return None
    fields["report_month"] = of_read(document.report_month)
    if not fields["report_month"]["value"]:
        fields["report_month"] |= {"certain": False, "reason": "month_unreadable"}
    return Draft("summary", f"summary-{document.report_month.value or ''}", "", fields)


def markdown(blocks: Sequence[PageBlock]) -> str:
    """The blocks of a page as Markdown for editing."""
    parts: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            parts.append(f"{'#' * max(2, block.level)} {block.text}")
        elif block.kind == "list":
            parts.append("\n".join(f"- {item}" for item in block.items))
        else:
            parts.append(block.text)
    return "\n\n".join(part for part in parts if part.strip())


def _page(strategy: StrategyRead) -> Draft:
    # A page is text for editing: its conversion is certain.
    text = new_field(markdown(strategy.blocks))
    lines = [s.source.line_from for s in strategy.blocks if s.source is not None and s.source.line_from]
    text["snippet"] = "\n\n".join(b.text or "\n".join(f"• {i}" for i in b.items) for b in strategy.blocks)[
        :20_000
    ]
    text["place"] = {
        "page": None,
        "line_from": min(lines) if lines else None,
        "line_to": max(lines) if lines else None,
    }
    fields: Fields = {"strategy": text}
    if "motto" in strategy.facts:
        fields["motto"] = of_read(strategy.facts["motto"])
    if "horizon_years" in strategy.facts:
        horizon = of_read(strategy.facts["horizon_years"])
        fields["horizon"] = {
            **horizon,
            "value": f"{horizon['value']} Jahre",
            "certain": False,
            "reason": "derived",
        }
    return Draft("page", "strategy", "", fields)


def _measure(measure: MeasureRead) -> Draft:
    title = of_read(measure.title)
    if not title["value"]:
        title |= {"value": None, "certain": False, "reason": "title_missing"}
    fields: Fields = {"title": title}
    for source, target in _MEASURE_TEXTS.items():
        read = getattr(measure, source)
        if read.value is not None:
            fields[target] = of_read(read)
    if "next_activities" in fields:
        fields["next_activities"]["value"] = [fields["next_activities"]["value"]]
    if measure.decisions.value is not None:
        fields["decisions"] = of_read(measure.decisions)
        fields["decisions"]["value"] = [
            {"reference": d.reference, "body": d.body, "decided_on": plain(d.date)}
            for d in measure.decisions.value
        ]
    _costs(measure, fields)
    parts = [t for t in (measure.participation_kind.value, measure.participation.value) if t]
    if parts:
        fields["participation"] = of_read(
            measure.participation if measure.participation.value else measure.participation_kind
        )
        fields["participation"]["value"] = "\n\n".join(parts)
        fields["participation"]["snippet"] = "\n".join(parts)[:SNIPPET]
    fields |= _span(measure)
    return Draft("measure", "measure", measure.title.value or "", fields)


def _costs(measure: MeasureRead, fields: Fields) -> None:
    cost = measure.costs.value
    if cost is None:
        return
    fields["costs_text"] = {**of_read(measure.costs), "value": cost.printed, "alternatives": []}
    if cost.amount is not None:
        fields["costs_amount"] = {**of_read(measure.costs), "value": str(cost.amount), "alternatives": []}


def _span(measure: MeasureRead) -> Fields:
    """State, start and end as the phases of the text tell them; a person confirms."""
    fields: Fields = {}
    phases = sorted(measure.phases, key=lambda phase: phase.start)
    running = not phases or phases[0].start <= today()
    ended = bool(phases) and phases[-1].end is not None and phases[-1].end < today()
    state = "completed" if ended else "running" if running else "planned"
    fields["state"] = new_field(state, certain=False, reason="derived")
    if phases:
        snippet = "\n".join(
            f"{p.label}: {p.start:%d.%m.%Y} – {f'{p.end:%d.%m.%Y}' if p.end else ''}" for p in phases
        )
        fields["start"] = {
            **new_field(phases[0].start.isoformat(), certain=False, reason="derived"),
            "snippet": snippet,
        }
        if phases[-1].end:
            fields["end"] = {
                **new_field(phases[-1].end.isoformat(), certain=False, reason="derived"),
                "snippet": snippet,
            }
    return fields
