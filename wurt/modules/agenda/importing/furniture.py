"""Heads and feet of pages: what stands at the edge of many pages is no data of any project."""

import re
from collections import Counter
from collections.abc import Sequence

from wurt.modules.agenda.domain.periods import parse_due
from wurt.modules.agenda.importing.labels import match
from wurt.modules.agenda.importing.layout import Sheet
from wurt.modules.agenda.importing.model import Line
from wurt.modules.agenda.importing.vocabulary import LEGEND

_PAGE = re.compile(r"(?<!\w)(?:Seite|Folie|Page|Blatt)\s*\d+(?!\w)", re.IGNORECASE)
_OF = re.compile(r"(?:^|\s)\d{1,3}(?:\s*/\s*|\s+(?:von|of)\s+)\d{1,3}$")
_NUMBER_ONLY = re.compile(
    r"(?:[-–|]\s*)?(?:(?:Seite|Folie|Page|Blatt)\s*)?\d{1,3}(?:\s*(?:/|von|of)\s*\d{1,3})?(?:\s*[-–|])?",
    re.IGNORECASE,
)


def pattern_of(text: str) -> str:
    """A text with its numbers taken out: what is left is the same on every page."""
    return re.sub(r"\d+", "#", " ".join(text.split()))


def names_page(text: str) -> bool:
    """Whether a text counts pages ("Kreis X | Seite 4")."""
    return bool(_PAGE.search(text))


def _counts_pages(text: str) -> bool:
    return names_page(text) or bool(_OF.search(text.strip()))


def drop_furniture(sheets: Sequence[Sheet]) -> None:
    """Take heads, feet and page numbers out of the sheets, before anything else is read."""
    running = _running(sheets)
    for sheet in sheets:
        sheet.lines = [
            line for line in sheet.lines
            if not (_at_edge(line, sheet) and _key(line) in running) and not _page_number(line, sheet)
        ]  # fmt: skip


def _key(line: Line) -> tuple[str, int]:
    return pattern_of(line.text), round((line.bbox or (0, 0))[1] / 6)


def _at_edge(line: Line, sheet: Sheet) -> bool:
    box = line.bbox or (0, 0, 0, 0)
    return box[3] < 0.12 * sheet.height or box[1] > 0.88 * sheet.height


def _running(sheets: Sequence[Sheet]) -> set[tuple[str, int]]:
    """The same text, numbers aside, at the same height at the edge of many pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        seen.update({_key(line) for line in sheet.lines if _at_edge(line, sheet) and _may_run(line, sheet)})
    needed = max(3, round(0.3 * len(sheets)))
    return {key for key, count in seen.items() if count >= needed}


def _may_run(line: Line, sheet: Sheet) -> bool:
    """Labels and their values, dates of an arrow and the legend stand on many pages, too; they are data."""
    text = line.text
    if names_page(text):
        return True
    if any(match(other.text) is not None for other in _row(line, sheet)):
        return False
    return match(text) is None and parse_due(text) is None and not any(p.search(text) for _, p in LEGEND)


def _page_number(line: Line, sheet: Sheet) -> bool:
    box = line.bbox or (0, 0, 0, 0)
    edge = box[1] > 0.9 * sheet.height or box[3] < 0.06 * sheet.height
    counted = [x for x in (line, *_row(line, sheet)) if len(x.text) < 120 and _counts_pages(x.text)]
    if not edge or not (counted or _NUMBER_ONLY.fullmatch(line.text.strip())):
        return False
    return not counted or line.size < 1.3 * counted[0].size


def _row(line: Line, sheet: Sheet) -> list[Line]:
    """The other texts on the same line of the page."""
    top, bottom = (line.bbox or (0, 0, 0, 0))[1::2]
    return [
        other
        for other in sheet.lines
        if other is not line and other.bbox and other.bbox[1] < bottom - 1 and other.bbox[3] > top + 1
    ]
