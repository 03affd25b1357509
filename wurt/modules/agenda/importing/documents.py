"""From the lines of a file to a document: which kind it is, and the reader for that kind."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wurt.modules.agenda.importing.labels import match
from wurt.modules.agenda.importing.measures import looks_like_measure, read_measure
from wurt.modules.agenda.importing.model import DocumentRead, Line, Message
from wurt.modules.agenda.importing.report import build_report, looks_like_project
from wurt.modules.agenda.importing.sections import Part, label_at, parts_of
from wurt.modules.agenda.importing.strategy import looks_like_strategy, read_strategy
from wurt.modules.agenda.importing.vocabulary import HEADER, SECTIONS


def read_document(lines: Sequence[Line], document: DocumentRead) -> DocumentRead:
    """Fill a document from its lines. A text nobody recognises stays of kind "unknown" with a message."""
    if not any(line.text.strip() for line in lines):
        document.ok = False
        document.messages.append(Message("no_text", "error", {"file": document.file}))
        return document
    parts = parts_of(lines)
    if not _has_projects(parts) and not looks_like_measure(lines):
        titled = infer_titles(lines)
        parts = parts_of(titled) if titled is not None else parts
    if _has_projects(parts):
        document.kind = "status_report"
        build_report(parts, document)
    elif looks_like_measure(lines):
        document.kind = "vorhabenliste_entry"
        document.measure, document.warnings = read_measure(lines)
    elif looks_like_strategy(lines):
        document.kind = "strategy_page"
        document.strategy, document.messages = read_strategy(lines)
    else:
        document.messages.append(Message("kind_unknown", "error", {"file": document.file}))
        document.ok = False
    return document


def _has_projects(parts: Sequence[Part]) -> bool:
    return any(part.kind == "project" and part.keys & (HEADER | SECTIONS) for part in parts)


def infer_titles(lines: Sequence[Line]) -> list[Line] | None:
    """Reports whose pages do not name the title with a label: the heading before a block of labels is it."""
    labels = [(i, found[0].key) for i in range(len(lines)) if (found := label_at(lines, i))]
    project_labels = [(i, key) for i, key in labels if key in HEADER | SECTIONS]
    if len({key for _, key in project_labels}) < 3:
        return None
    titled = _heading_titles(lines, dict(project_labels))
    if titled is not None:
        return titled
    starts: list[int] = []
    seen: set[str] = set()
    for index, key in project_labels:
        if not starts or key in seen:
            starts.append(index)
            seen = set()
        seen.add(key)
    out = list(lines)
    inserted = 0
    for index in starts:
        position = _title_before(lines, index)
        if position is None:
            continue
        title = re.sub(r"^(?:Projekt|Vorhaben)\s*\d*\s*[:.–-]\s*", "", lines[position].text)
        out[position] = replace(lines[position], text=title, role="title")
        inserted += 1
    if inserted:
        titles = {line.text for line in out if line.role == "title"}
        return [
            replace(line, role="title")
            if line.text in titles and line.role == "text" and _begins(out, i)
            else line
            for i, line in enumerate(out)
        ]
    first = starts[0]
    return [
        *lines[:first],
        Line("Ohne Titel", lines[first].number, lines[first].page, role="title"),
        *lines[first:],
    ]


def _begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a line begins a paragraph and is no entry of a list."""
    return not lines[index].bullet and (index == 0 or not lines[index - 1].text.strip())


def _heading_titles(lines: Sequence[Line], labels: dict[int, str]) -> list[Line] | None:
    """Markdown headings under which labels of a project stand, the innermost ones."""
    headings = [i for i, line in enumerate(lines) if line.heading and match(line.text, cell=True) is None]
    spans: dict[int, range] = {}
    for index in headings:
        level = lines[index].heading
        end = next((i for i in range(index + 1, len(lines)) if 0 < lines[i].heading <= level), len(lines))
        if len({key for i, key in labels.items() if index < i < end}) >= 2:
            spans[index] = range(index, end)
    chosen = [i for i, span in spans.items() if not any(j != i and j in span for j in spans)]
    if not chosen:
        return None
    return [replace(line, role="title") if i in chosen else line for i, line in enumerate(lines)]


def _title_before(lines: Sequence[Line], index: int) -> int | None:
    steps = 0
    for position in range(index - 1, -1, -1):
        line = lines[position]
        if not line.text.strip() or line.role != "text":
            continue
        steps += 1
        if steps > 3 or match(line.text) is not None:
            return None
        if line.heading or line.bold:
            return position
        fresh = position == 0 or not lines[position - 1].text.strip() or lines[position - 1].role != "text"
        if (
            fresh
            and not line.bullet
            and len(line.text) <= 120
            and not line.text.rstrip().endswith((".", ",", ":", ";"))
        ):
            return position
    return None


def part_is_project(part: Part) -> bool:
    """Whether a part holds what only projects have."""
    return looks_like_project(part)
