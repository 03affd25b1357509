"""The review of one item ready to show: source, field, doubt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from wurt.modules.agenda.forms.imports import ItemForm
from wurt.modules.agenda.forms.imports_words import LABELS, note_text, place_text, reason_text, value_text
from wurt.modules.agenda.queries.imports import FieldView


@dataclass(slots=True)
class RowView:
    """One row of a table in the form: its bound fields, and why it is doubtful."""

    legend: str
    fields: list[BoundField]
    reason: str = ""
    printed: str = ""
    ambiguous: bool = False
    new: bool = False


@dataclass(slots=True)
class Block:
    """One field of the review, ready to show."""

    name: str
    label: str
    snippet: str
    place: str
    reason: str
    notes: list[str]
    stored: bool
    shown: str
    difference: bool
    hand_edited: bool
    fields: list[BoundField] = field(default_factory=list)
    rows: list[RowView] = field(default_factory=list)

    @property
    def to_decide(self) -> bool:
        """Must a person look at it?"""
        return not self.stored and bool(self.reason or self.difference)


def question_fields(form: ItemForm) -> list[BoundField]:
    """Is it a known project, are they known organisations?"""
    return [form[n] for n in form.fields if n == "same" or n.startswith("org-")]


def blocks(form: ItemForm) -> list[Block]:
    """All fields, those that wait for a decision first."""
    found = [_block(form, item) for item in form.shown_fields()]
    return sorted(found, key=lambda block: not block.to_decide)


def _block(form: ItemForm, item: FieldView) -> Block:
    data = item.data
    missing = data["value"] in (None, "", []) and item.name in form.view.missing
    reason = (
        reason_text(data["reason"])
        if item.open
        else _("This is missing. Please fill it in.")
        if missing
        else ""
    )
    if item.difference and item.difference.get("of_all"):
        reason = _(
            "The file gives this status only in a sentence about all projects; the stored report states none."
        )
    block = Block(
        name=item.name,
        label=str(LABELS[item.name]),
        snippet=data["snippet"],
        place=place_text(data["place"]),
        reason=reason,
        # A doubt says already what its warning would say.
        notes=[] if reason else [note_text(note) for note in item.warnings],
        stored=bool(data["stored"]) or not form.view.editable,
        shown=value_text(item.kind, form.areas.get(data["value"]) if item.kind == "area" else data["value"]),
        difference=item.difference is not None,
        hand_edited=bool(item.difference and item.difference["hand_edited"]),
    )
    if block.stored:
        return block
    if item.kind in ("milestones", "decisions"):
        block.rows = _rows(form, item.name, data["value"] or [], data["reason"])
    names = [f"d-{item.name}", f"c-{item.name}", f"v-{item.name}", f"ok-{item.name}"]
    block.fields = [form[name] for name in names if name in form.fields]
    return block


def _rows(form: ItemForm, name: str, values: Sequence[dict[str, Any]], said: str) -> list[RowView]:
    """Rows of a table; a doubt that stands above all of them (``said``) is not repeated."""
    rows = []
    number = 0
    while fields := [form[f] for f in form.fields if f.startswith(f"{name}-{number}-")]:
        value = values[number] if number < len(values) else None
        legend = value.get("label") or value.get("reference", "") if value else _("Add one")
        doubtful = bool(value and value.get("ambiguous"))
        reason = (
            reason_text(value.get("reason", "")) if value and doubtful and value["reason"] != said else ""
        )
        rows.append(
            RowView(legend, fields, reason, (value or {}).get("printed") or "", doubtful, value is None)
        )
        number += 1
    return rows
