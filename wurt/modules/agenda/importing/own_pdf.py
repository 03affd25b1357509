"""Reports that Wurt itself has made as PDF: their facts and their tables of milestones are known by place.

A fact is a small label with its value below it, in three columns; the milestones are a table with three
columns whose head is repeated on every page. Both are taken out of a page before it is arranged, so that
nothing has to be guessed, and put back in order behind the title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium

from wurt.modules.agenda.domain.periods import LONG
from wurt.modules.agenda.importing.joining import join
from wurt.modules.agenda.importing.labels import match
from wurt.modules.agenda.importing.layout import Sheet
from wurt.modules.agenda.importing.model import Bbox, Line

_FACTS = {
    "Projektleitung": "Projektleitung",
    "Handlungsfeld": "Handlungsfeld",
    "Stand": "",  # of the project, not of the report
    "Projektstart": "Projektstart",
    "Projektende": "Projektende",
    "Kontakt": "",
    "Kooperationspartner": "Kooperationspartner",
    "Beteiligte Stakeholder": "Beteiligte Stakeholder",
}
"""Label of a fact to the label under which it is read; "" is no part of a report."""
_SMALL = 9.2
"""Labels of facts are smaller than everything else on the page, in points."""
_STATUS = "Gesamtstatus"
_DUE = re.compile(rf"\s(?:(?:noch )?offen|(?:[1-4]\. Quartal|(?:\d{{1,2}}\. )?(?:{'|'.join(LONG)})) 20\d\d)$")
"""A due date as Wurt prints it, behind a name that reaches up to its column."""
_HEAD = ("Meilenstein", "Fällig", "Stand")
_DONE = "erledigt"


@dataclass(slots=True)
class OwnParts:
    """What was taken out of a page, as lines in reading order."""

    facts: list[Line] = field(default_factory=list)
    milestones: list[Line] = field(default_factory=list)


def is_own(path: Path) -> bool:
    """Was the PDF made by Wurt? Its maker and its title say so; the layout is checked when it is read."""
    try:
        document = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError:
        return False
    try:
        known = document.get_metadata_dict()
    finally:
        document.close()
    return bool(known["Creator"].startswith("Typst") and known["Title"].startswith("Projektstatusbericht "))


def take_own(sheet: Sheet) -> OwnParts:
    """Take facts and milestones out of a page."""
    parts = OwnParts()
    parts.facts = [*_head(sheet), *_facts(sheet)]
    parts.milestones = _milestones(sheet)
    return parts


def put_back(page: Sequence[Line], parts: OwnParts) -> list[Line]:
    """The arranged page with what was taken out of it, behind its title or at its beginning."""
    lines = list(page)
    if not (parts.facts or parts.milestones):
        return lines
    if lines and lines[0].role == "reset":
        lines[0] = replace(lines[0], role="page")  # the table goes on: the project does not end here
    title = next((i for i, line in enumerate(lines) if line.role == "title"), 0 if lines else -1)
    return [*lines[: title + 1], *parts.facts, *parts.milestones, *lines[title + 1 :]]


def _head(sheet: Sheet) -> list[Line]:
    """What stands between title and facts: the short title (left out), the status with its reason."""
    facts = [_box(line)[1] for line in sheet.lines if _is_fact(line)]
    above = [line for line in sheet.lines if facts and _box(line)[1] < min(facts) - 1]
    start = next((i for i, line in enumerate(above) if line.text.startswith(_STATUS)), None)
    if start is None:
        return []
    largest = max(line.size for line in above)
    head = [line for line in above if line.size < 0.9 * largest]
    text = join([line for line in above[start:] if line in head])
    color, _stop, reason = text.removeprefix(_STATUS).lstrip(": ").partition(". ")
    sheet.lines = [line for line in sheet.lines if not any(line is x for x in head)]
    end = Line("", 0, sheet.number, role="break")
    found = [replace(above[start], text=f"{_STATUS}: {color}", bbox=None), end]
    if reason:
        found += [replace(above[start], text=f"Statusbegründung: {reason}", bbox=None), end]
    return found


def _box(line: Line) -> Bbox:
    return line.bbox or (0.0, 0.0, 0.0, 0.0)


def _facts(sheet: Sheet) -> list[Line]:
    heads = [line for line in sheet.lines if _is_fact(line)]
    if not heads:
        return []
    columns = sorted({round(_box(line)[0]) for line in heads})
    top = min(_box(line)[1] for line in heads)
    # The facts stand on a ground of their own: the next section begins to the left of them.
    below = [_box(x)[1] for x in sheet.lines if _box(x)[1] > top and _box(x)[0] < columns[0] - 4]
    bottom = min(below, default=sheet.height)
    inside = [x for x in sheet.lines if top - 1 <= _box(x)[1] < bottom - 1]
    found: list[Line] = []
    for left, right in zip(columns, [*columns[1:], sheet.width], strict=True):
        column = [x for x in inside if left - 2 <= _box(x)[0] < right - 2]
        name, values = "", list[Line]()
        for line in sorted(column, key=lambda x: _box(x)[1]):
            if _is_fact(line):
                found += _fact(name, values, sheet.number)
                name, values = line.text.rstrip(":"), []
            else:
                values.append(line)
        found += _fact(name, values, sheet.number)
    sheet.lines = [line for line in sheet.lines if not any(line is x for x in inside)]
    return found


def _is_fact(line: Line) -> bool:
    return line.size < _SMALL and not line.bold and line.text.rstrip(":") in _FACTS


def _fact(name: str, values: Sequence[Line], page: int) -> list[Line]:
    label = _FACTS.get(name, "")
    if not label or not values:
        return []
    first = replace(values[0], text=f"{label}: {join(values)}", bullet=False, bbox=None)
    return [first, Line("", 0, page, role="break")]


def _milestones(sheet: Sheet) -> list[Line]:
    """Rows "label, tab, date" of the table, without its place: the order says all."""
    head = _table_head(sheet.lines)
    if head is None:
        return []
    top, edges = _box(head[0])[3], [_box(cell)[0] for cell in head]
    below = [x for x in sheet.lines if _box(x)[1] >= top - 1]
    # The table stands a little further in than headings and text.
    bottom = min((_box(x)[1] for x in below if _box(x)[0] < edges[0] - 2), default=sheet.height)
    cells = [x for x in below if _box(x)[1] < bottom - 1]
    taken = [*head, *cells, *(x for x in sheet.lines if _is_heading(x))]
    cells = [part for cell in cells for part in _cut(cell, edges)]
    starts = _row_starts([x for x in cells if edges[1] - 2 <= _box(x)[0] < edges[2] - 2])
    rows: list[Line] = []
    for start, end in zip(starts, [*starts[1:], bottom], strict=True):
        row = [x for x in cells if start - 2 <= _box(x)[1] < end - 2]
        label = join([x for x in row if _box(x)[0] < edges[1] - 2])
        due = join([x for x in row if edges[1] - 2 <= _box(x)[0] < edges[2] - 2])
        state = join([x for x in row if _box(x)[0] >= edges[2] - 2])
        tick = "✓ " if state.startswith(_DONE) else ""
        rows.append(replace(row[0], text=f"{tick}{label}\t{due}", bbox=None, bullet=False))
    sheet.lines = [line for line in sheet.lines if not any(line is x for x in taken)]
    title = replace(head[0], text="Meilensteine:", bold=True, bbox=None)
    return [title, *rows, Line("", 0, sheet.number, role="break")]


def _row_starts(dates: Sequence[Line]) -> list[float]:
    """Where rows begin: at every date; one that goes on in a second line is complete only with it."""
    starts: list[float] = []
    text = ""
    for line in sorted(dates, key=lambda x: _box(x)[1]):
        if not text or _DUE.search(f" {text}"):
            starts.append(_box(line)[1])
            text = ""
        text = f"{text} {line.text}".strip()
    return starts


def _cut(cell: Line, edges: Sequence[float]) -> list[Line]:
    """A name and its date that stand so close that they became one line."""
    box = _box(cell)
    found = _DUE.search(cell.text) if box[0] < edges[1] - 2 < box[2] else None
    if found is None:
        return [cell]
    due = replace(cell, text=found.group(0).strip(), bbox=(edges[1], box[1], box[2], box[3]))
    return [replace(cell, text=cell.text[: found.start()], bbox=(box[0], box[1], edges[1] - 3, box[3])), due]


def _is_heading(line: Line) -> bool:
    found = match(line.text, cell=True)
    return line.bold and found is not None and found.key == "milestones"


def _table_head(lines: Sequence[Line]) -> list[Line] | None:
    for first in lines:
        if first.text != _HEAD[0]:
            continue
        row = sorted((x for x in lines if abs(_box(x)[1] - _box(first)[1]) < 2), key=lambda x: _box(x)[0])
        if tuple(x.text for x in row) == _HEAD:
            return row
    return None
