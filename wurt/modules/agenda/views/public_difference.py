"""The difference between two months in words."""

from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from wurt.core.web import format as formats
from wurt.core.web.text import german, said
from wurt.modules.agenda.domain.compare import Comparison, Part
from wurt.modules.agenda.domain.diff import MilestoneChange
from wurt.modules.agenda.views.public_show import state_word


@dataclass(frozen=True, slots=True)
class ValueLine:
    """``kind``: status (then before and after are colours), or text."""

    label: str
    kind: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text with its words marked; ``note`` says if the difference is less than it looks."""

    label: str
    note: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """Entries that came or went."""

    label: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    respelled: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the page shows."""

    values: tuple[ValueLine, ...]
    texts: tuple[TextLine, ...]
    lists: tuple[ListLine, ...]
    milestones: tuple[str, ...]
    incomparable: tuple[str, ...]
    empty: bool


def label(field: str) -> str:
    """The German name of a field."""
    return {
        "state": _("State"),
        "status": _("Status"),
        "start": _("Project start"),
        "end": _("Project end"),
        "field": _("Field of action"),
        "lead_organisation": _("Lead organisation"),
        "lead_function": _("Function of the lead"),
        "title": _("Title"),
        "status_reason": _("Reason of the status"),
        "progress": _("Progress in the reporting period"),
        "overall_state": _("Overall state"),
        "goal": _("Goal"),
        "content": _("Content"),
        "participation": _("Participation"),
        "next_activities": _("Next steps"),
        "risks": _("Critical points and risks"),
        "partners": _("Cooperation partners"),
        "stakeholders": _("Stakeholders"),
        "costs": _("Costs"),
        "milestones": _("Milestones"),
    }[field]


def difference(found: Comparison) -> Difference:
    """The comparison with labels and sentences."""
    return Difference(
        values=tuple(
            ValueLine(
                label(change.field),
                "status" if change.field == "status" else "text",
                _value(change.field, change.before),
                _value(change.field, change.after),
            )
            for change in found.values
        ),
        texts=tuple(
            TextLine(label(change.field), _note(change.kind), change.parts) for change in found.texts
        ),
        lists=tuple(
            ListLine(label(change.field), change.added, change.removed, change.respelled)
            for change in found.lists
        ),
        milestones=tuple(_sentence(change) for change in found.milestones),
        incomparable=tuple(label(field) for field in found.incomparable),
        empty=found.empty,
    )


def _note(kind: str) -> str:
    if kind == "typo":
        return _("Only the spelling was changed.")
    return _("The progress of the month before was added to the state.") if kind == "carried" else ""


def _value(field: str, value: str | None) -> str | None:
    if value is None or field == "status":
        return value
    if field == "state":
        return state_word(value)
    return formats.day(parse_date(value)) if field in ("start", "end") else german(value)


def _sentence(change: MilestoneChange) -> str:
    words = {
        "label": german(change.label),
        "before": formats.due(change.before),
        "after": formats.due(change.after),
    }
    sentence = {
        "added": _("“%(label)s” is new, due: %(after)s."),
        "removed": _("“%(label)s” is no longer named (was due: %(before)s)."),
        "moved": _("“%(label)s” was moved: %(before)s → %(after)s."),
        "done": _("“%(label)s” was reached."),
        "reopened": _("“%(label)s” is open again."),
    }[change.op]
    return said(sentence, **words)
