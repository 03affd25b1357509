"""The fields of an import's review: names, kinds and order; what "certain", "decided" and "equal" mean.

A field is a plain dict, as it is stored: ``value``, ``certain``, ``reason`` (code), ``alternatives`` (list of
{"value", "reason"}), ``snippet``, ``place`` ({"page", "line_from", "line_to"}), ``decided`` (a person looked
at it), ``stored`` (it was written). A value of None means: not in the document; it is never written.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

Kind = Literal[
    "line",
    "text",
    "list",
    "date",
    "month",
    "status",
    "milestones",
    "number",
    "money",
    "decisions",
    "state",
    "area",
]
FieldData = dict[str, Any]
Fields = dict[str, FieldData]

KINDS: dict[str, Kind] = {
    "title": "line",
    "short_title": "line",
    "report_month": "month",
    "field": "area",
    "status": "status",
    "status_reason": "text",
    "lead_organisation": "line",
    "lead_person": "line",
    "lead_function": "line",
    "partners": "list",
    "stakeholders": "list",
    "start": "date",
    "end": "date",
    "goal": "text",
    "content": "text",
    "progress": "text",
    "overall_state": "text",
    "milestones": "milestones",
    "next_activities": "list",
    "risks": "list",
    "costs_text": "line",
    "costs_amount": "money",
    "decisions": "decisions",
    "participation": "text",
    "state": "state",
    "intro": "text",
    "counts_completed": "number",
    "counts_current": "number",
    "counts_future": "number",
    "counts_stopped": "number",
    "progress_projects": "list",
    "status_sentence": "line",
    "strategy": "text",
    "motto": "line",
    "horizon": "line",
}
"""Every field that a review can hold, in the order in which it is shown."""

REQUIRED = {
    "project": ("title", "report_month"),
    "measure": ("title",),
    "summary": ("report_month",),
    "page": (),
}
ORGANISATIONS = ("lead_organisation", "partners")
"""Fields that name organisations which the import may have to make."""

BLOCKING = frozenset({"title_missing", "divider_differs"})
"""Doubts about a title that leave open which project is meant; a mere slip ("title_typo") does not."""


def new_field(value: Any, *, certain: bool = True, reason: str = "") -> FieldData:
    """A field without a source, such as one that a person has to fill in."""
    return {
        "value": value,
        "certain": certain,
        "reason": reason,
        "alternatives": [],
        "snippet": "",
        "place": {},
        "decided": False,
        "stored": False,
    }


def is_open(field: Mapping[str, Any]) -> bool:
    """Does a person still have to look at it?"""
    return not (field["certain"] or field["decided"] or field["stored"])


def open_names(
    fields: Mapping[str, FieldData], differences: Mapping[str, Mapping[str, Any]] | None = None
) -> list[str]:
    """Names of the fields that wait for a person.

    Where ``differences`` says that what is stored stays, the doubts about the file do not matter.
    """
    kept = {name for name, found in (differences or {}).items() if found["choice"] == "stored"}
    return [name for name in KINDS if name in fields and name not in kept and is_open(fields[name])]


def missing_names(kind: str, fields: Mapping[str, FieldData]) -> list[str]:
    """Required fields without a value."""
    return [name for name in REQUIRED[kind] if not fields.get(name, {}).get("value")]


def has_warnings(warnings: Iterable[Mapping[str, Any]]) -> bool:
    """Is there anything a person should look at before it is accepted?"""
    return any(warning["severity"] == "warn" for warning in warnings)


def flat(value: Any) -> Any:
    """For comparison: white space collapsed, milestones without their provenance."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, (list, tuple)):
        return [flat(item) for item in value]
    if isinstance(value, Mapping):
        return {
            key: flat(value.get(key) or None) for key in ("label", "due", "done") if key in value
        } or dict(value)
    return value


def equal(left: Any, right: Any) -> bool:
    """Do two values say the same?"""
    return (flat(left) or None) == (flat(right) or None)


def certain_milestones(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The milestones whose date is beyond doubt, as a report stores them."""
    return [as_reported(row) for row in rows if not row.get("ambiguous")]


def as_reported(row: Mapping[str, Any]) -> dict[str, Any]:
    """A milestone in the shape of ``Report.milestones``."""
    return {
        "label": row["label"],
        "due": row.get("due"),
        "done": bool(row.get("done")),
        "done_on": row.get("done_on"),
    }


def organisation_names(fields: Mapping[str, FieldData]) -> list[str]:
    """Names of organisations in a field set, in order, each once."""
    names: list[str] = []
    for field in ORGANISATIONS:
        value = fields.get(field, {}).get("value") or []
        names += [value] if isinstance(value, str) else list(value)
    return list(dict.fromkeys(names))
