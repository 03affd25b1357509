"""What the templates of the import show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wurt.core.web.format import german_datetime, month_name
from wurt.modules.agenda.forms.imports import ItemForm
from wurt.modules.agenda.forms.imports_blocks import blocks, question_fields
from wurt.modules.agenda.forms.imports_words import (
    BATCH_STATES,
    DOCUMENT_KINDS,
    ITEM_KINDS,
    ITEM_STATES,
    doubts_of,
    note_text,
)
from wurt.modules.agenda.queries import imports as queries
from wurt.modules.agenda.views.desk_forms import actor_of

_BADGES = {
    "review": "warning",
    "failed": "danger",
    "reading": "info",
    "taken_back": "info",
    "same": "info",
    "skipped": "info",
    "applied": "success",
    "accepted": "success",
    "stored": "success",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A filter that looks like a tab."""

    label: str
    url: str
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One import or one item in a list."""

    title: str
    url: str
    state: str
    badge: str
    notes: tuple[str, ...]
    action: str


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The list of imports with its filter."""
    actor = actor_of(request)
    state = request.GET.get("state", "")
    rows = queries.batches(actor, state=state)
    counts = queries.batch_counts(actor)
    tabs = [Tab(_("All"), "?", not state, sum(counts.values()))]
    tabs += [
        Tab(str(word), f"?state={key}", key == state, counts.get(key, 0))
        for key, word in BATCH_STATES.items()
    ]
    return {"tabs": tabs, "lines": [_batch_line(row) for row in rows], "filtered": bool(state)}


def _batch_line(row: queries.BatchRow) -> Line:
    notes = [", ".join(row.files)]
    by = _(" by %(name)s") % {"name": row.by} if row.by else ""
    notes.append(f"{german_datetime(row.created)}{by}")
    if row.waiting:
        notes.append(
            _("%(waiting)d of %(items)d still to review") % {"waiting": row.waiting, "items": row.items}
        )
    return Line(
        title=", ".join(row.files[:2]) + (" …" if len(row.files) > 2 else ""),
        url=reverse("agenda:import_batch", args=[row.id]),
        state=str(BATCH_STATES[row.state]),
        badge=_BADGES[row.state],
        notes=tuple(notes[1:] if len(row.files) <= 2 else notes),
        action=_("Review") if row.state == "review" else _("Look at it"),
    )


def batch_context(view: queries.BatchView) -> dict[str, Any]:
    """One batch."""
    documents = [
        {
            "name": d.name,
            "url": reverse("files:fetch", args=[d.file]),
            "kind": DOCUMENT_KINDS[d.kind],
            "month": month_name(d.month),
            "pages": d.pages,
            "waiting": d.waiting,
            "ok": d.ok,
            "notes": [(note.severity, note_text(note)) for note in d.notes if note.severity != "info"],
            "details": [note_text(note) for note in d.notes if note.severity == "info"],
            "printed": d.printed,
            "agree": d.printed_agree,
            "projects": d.projects,
            "lines": [_item_line(item, view.state) for item in d.items],
        }
        for d in view.documents
    ]
    return {
        "view": view,
        "documents": documents,
        "state": BATCH_STATES[view.state],
        "badge": _BADGES[view.state],
        "months": [(month_name(m), f"{m:%Y-%m}") for m in view.months],
        "published": [month_name(m) for m in view.published],
        "takeable": [(month_name(m), f"{m:%Y-%m}") for m in view.takeable],
        "open_count": view.waiting + view.accepted,
        "refresh": view.state == "reading",
        "progress": _progress(view),
    }


def _progress(view: queries.BatchView) -> str:
    """How many of several files are read."""
    if view.state != "reading" or len(view.documents) < 2:
        return ""
    return _("%(done)d of %(total)d") % {"done": view.files_done, "total": len(view.documents)}


def _item_line(item: queries.ItemRow, batch: str) -> Line:
    notes = []
    shown = "taken_back" if batch == "taken_back" else item.state
    if shown in ("review", "accepted"):
        text = ngettext("%(count)d field certain", "%(count)d fields certain", item.certain)
        notes.append(text % {"count": item.certain})
    if shown == "review" and item.uncertain:
        notes.append(_("%(count)d to decide") % {"count": item.uncertain})
    if item.differences:
        text = ngettext(
            "%(count)d field differs from what is stored",
            "%(count)d fields differ from what is stored",
            item.differences,
        )
        notes.append(text % {"count": item.differences})
    if item.warnings:
        notes.append(_("warnings: %(count)d") % {"count": item.warnings})
    if item.kind in ("project", "measure") and shown == "review":
        words = {
            "match": _("known project"),
            "probable": _("perhaps a known project"),
            "new": _("new project"),
        }
        notes.append(words.get(item.match, ""))
    return Line(
        title=item.title or str(ITEM_KINDS[item.kind]),
        url=reverse("agenda:import_item", args=[item.id]),
        state=str(ITEM_STATES[shown]),
        badge=_BADGES[shown],
        notes=tuple(note for note in notes if note),
        action=_("Review") if shown == "review" else _("Look at it"),
    )


SHOWN = 5
"""So many entries a message names; the page below lists them all."""


def not_taken_over(items: Sequence[queries.ItemView]) -> SafeString:
    """Which accepted entries went back into the review, why, and the way to each."""
    head = ngettext(
        "%(count)d item is not, because something is to be decided first:",
        "%(count)d items are not, because something is to be decided first:",
        len(items),
    ) % {"count": len(items)}
    links = format_html_join(
        "; ",
        '<a href="{}">{}</a> ({})',
        (
            (
                reverse("agenda:import_item", args=[item.id]),
                item.title or str(ITEM_KINDS[item.kind]),
                " ".join(doubts_of(item)[:3]),
            )
            for item in items[:SHOWN]
        ),
    )
    return format_html("{} {}{}", head, links, " …" if len(items) > SHOWN else "")


def item_context(view: queries.ItemView, form: ItemForm) -> dict[str, Any]:
    """One item with its form."""
    title = view.title or str(ITEM_KINDS[view.kind])
    shown = blocks(form)
    state = "taken_back" if view.taken_back else view.state
    return {
        "view": view,
        "form": form,
        "title": f"{title} ({month_name(view.month)})" if view.month else title,
        "kind": ITEM_KINDS[view.kind],
        "state": ITEM_STATES[state],
        "badge": _BADGES[state],
        "warnings": [note_text(note) for note in view.warnings],
        "questions": question_fields(form),
        "decide": [block for block in shown if block.to_decide],
        "certain": [block for block in shown if not block.to_decide],
        "file_url": reverse("files:fetch", args=[view.file]),
    }
