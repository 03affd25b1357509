"""The words of the import: labels of fields, reasons of doubt, warnings, messages, states."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wurt.core.web.format import day, due, euro, month_name
from wurt.modules.agenda.domain.plausibility import GERMAN, TEXTS, Warning
from wurt.modules.agenda.importing.messages import MESSAGES, REASONS
from wurt.modules.agenda.queries.imports import ItemView, Note

LABELS: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "short_title": gettext_lazy("Short title"),
    "report_month": gettext_lazy("Month of the report"),
    "field": gettext_lazy("Field of action"),
    "status": gettext_lazy("Status"),
    "status_reason": gettext_lazy("Reason for the status"),
    "lead_organisation": gettext_lazy("Lead organisation"),
    "lead_person": gettext_lazy("Project lead (name)"),
    "lead_function": gettext_lazy("Function of the lead"),
    "partners": gettext_lazy("Partners"),
    "stakeholders": gettext_lazy("Stakeholders"),
    "start": gettext_lazy("Start of the project"),
    "end": gettext_lazy("End of the project"),
    "goal": gettext_lazy("Goal"),
    "content": gettext_lazy("Content"),
    "progress": gettext_lazy("Progress in the reporting period"),
    "overall_state": gettext_lazy("Overall state"),
    "milestones": gettext_lazy("Milestones"),
    "next_activities": gettext_lazy("Next steps"),
    "risks": gettext_lazy("Risks"),
    "costs_text": gettext_lazy("Costs, as they are printed"),
    "costs_amount": gettext_lazy("Costs in euros"),
    "decisions": gettext_lazy("Decisions"),
    "participation": gettext_lazy("Participation"),
    "state": gettext_lazy("State of the project"),
    "intro": gettext_lazy("Introduction"),
    "counts_completed": gettext_lazy("Completed projects, as printed"),
    "counts_current": gettext_lazy("Current projects, as printed"),
    "counts_future": gettext_lazy("Future projects, as printed"),
    "counts_stopped": gettext_lazy("Stopped projects, as printed"),
    "progress_projects": gettext_lazy("Progress in these projects, as printed"),
    "status_sentence": gettext_lazy("Sentence about the status, as printed"),
    "strategy": gettext_lazy("Text of the strategy page"),
    "motto": gettext_lazy("Motto"),
    "horizon": gettext_lazy("Horizon"),
}
STATUS: dict[str, str | Promise] = {
    "green": gettext_lazy("green"),
    "yellow": gettext_lazy("yellow"),
    "red": gettext_lazy("red"),
    "": gettext_lazy("not stated"),
}
PROJECT_STATES: dict[str, str | Promise] = {
    "planned": gettext_lazy("planned"),
    "running": gettext_lazy("running"),
    "completed": gettext_lazy("completed"),
    "stopped": gettext_lazy("stopped"),
}
BATCH_STATES: dict[str, str | Promise] = {
    "reading": gettext_lazy("being read"),
    "review": gettext_lazy("to be reviewed"),
    "applied": gettext_lazy("taken over"),
    "taken_back": gettext_lazy("taken back"),
    "failed": gettext_lazy("could not be read"),
}
ITEM_STATES: dict[str, str | Promise] = {
    "review": gettext_lazy("to be reviewed"),
    "accepted": gettext_lazy("accepted, not yet taken over"),
    "skipped": gettext_lazy("left out"),
    "stored": gettext_lazy("taken over"),
    "same": gettext_lazy("already stored"),
    "taken_back": gettext_lazy("taken back"),
}
DOCUMENT_KINDS: dict[str, str | Promise] = {
    "status_report": gettext_lazy("status report"),
    "strategy_page": gettext_lazy("strategy page"),
    "vorhabenliste_entry": gettext_lazy("entry of a list of measures"),
    "unknown": gettext_lazy("not recognised"),
}
ITEM_KINDS: dict[str, str | Promise] = {
    "project": gettext_lazy("Project report"),
    "summary": gettext_lazy("Summary of the month"),
    "page": gettext_lazy("Strategy page"),
    "measure": gettext_lazy("Project of a list of measures"),
}


def _german() -> bool:
    return (get_language() or "de").startswith("de")


def _filled(text: str, params: Mapping[str, Any]) -> str:
    shown = {key: _param(key, value) for key, value in params.items()}
    try:
        return text.format(**shown)
    except (KeyError, IndexError):
        return text


def _param(key: str, value: Any) -> Any:
    if key in ("end", "date") and isinstance(value, str):
        return day(date.fromisoformat(value))
    if key in ("months", "cover", "pages") and isinstance(value, str):
        return ", ".join(month_name(part) for part in value.split(", "))
    if key == "due" and isinstance(value, str):
        return ", ".join(due(part) for part in value.split(", "))
    return value


def note_text(note: Note) -> str:
    """A message of the importer or a plausibility warning in plain words."""
    if note.text:
        return note.text
    if note.code in MESSAGES:
        return _filled(MESSAGES[note.code][1 if _german() else 0], note.params)
    texts = _warnings()
    return _filled(texts[note.code], note.params) if note.code in texts else note.code


def _warnings() -> Mapping[str, str]:
    return GERMAN if _german() else TEXTS


def warning_text(warning: Warning) -> str:
    """A plausibility warning in plain words."""
    params = {k: v.isoformat() if isinstance(v, date) else v for k, v in warning.params.items()}
    return _filled(_warnings()[warning.code], params)


def reason_text(code: str) -> str:
    """Why a field is not certain."""
    if code in REASONS:
        return REASONS[code][1 if _german() else 0]
    return _("This could not be read beyond doubt.")


def state_word(state: str) -> str:
    """Word for the state of an item."""
    return str(ITEM_STATES.get(state, state))


def value_text(kind: str, value: Any) -> str:
    """A value as people read it; "not stated" for none."""
    if value in (None, "", []):
        return _("not stated")
    if kind == "status":
        return str(STATUS.get(value, value))
    if kind == "state":
        return str(PROJECT_STATES.get(value, value))
    if kind == "date":
        return day(date.fromisoformat(value))
    if kind == "month":
        return month_name(value)
    if kind == "money":
        return euro(value)
    if kind == "milestones":
        return "\n".join(f"{row['label']}: {due(row.get('due'))}" for row in value)
    if kind == "list":
        return "\n".join(str(item) for item in value)
    return str(value)


def place_text(place: Mapping[str, Any]) -> str:
    """Where something stands in the file."""
    parts = []
    if place.get("page"):
        parts.append(_("page %(number)s") % {"number": place["page"]})
    first, last = place.get("line_from"), place.get("line_to")
    if first and last and first != last:
        parts.append(_("lines %(first)s to %(last)s") % {"first": first, "last": last})
    elif first:
        parts.append(_("line %(number)s") % {"number": first})
    return ", ".join(parts)


def doubts_of(item: ItemView) -> list[str]:
    """What is left to decide, one line each."""
    found = []
    if item.match == "probable":
        found.append(
            _("Is “%(title)s” the same as “%(known)s”?") % {"title": item.title, "known": item.project_title}
        )
    found += [
        _("Is “%(title)s” the same as “%(known)s”?") % {"title": q.name, "known": q.candidate}
        for q in item.questions
        if not q.decision
    ]
    # Not inside the f-strings below: texts there do not reach the catalogue.
    otherwise, missing = _("The stored report says otherwise."), _("This is missing.")
    for field in item.fields:
        label = LABELS[field.name]
        if field.open:
            found.append(f"{label}: {reason_text(field.data['reason'])}")
        elif field.difference and not field.difference["choice"]:
            found.append(f"{label}: {otherwise}")
    found += [
        f"{LABELS[name]}: {missing}" for name in item.missing if name not in {f.name for f in item.fields}
    ]
    return found
