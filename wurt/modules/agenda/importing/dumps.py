"""Repairing the order of text layer dumps: labels in the middle of a line, titles at the end of a page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wurt.modules.agenda.domain.periods import find_dues
from wurt.modules.agenda.importing.furniture import names_page, pattern_of
from wurt.modules.agenda.importing.labels import ALL, DATED, STRONG, compact, is_weak, match
from wurt.modules.agenda.importing.model import Line
from wurt.modules.agenda.importing.sections import label_at
from wurt.modules.agenda.importing.vocabulary import HEADER, LEGEND

_INNER = re.compile(r"(?<=\s)(?P<head>[A-ZÄÖÜ][\w*/]*(?: [\w*/]+){0,3}):(?=\s|$)")


def repaired(lines: Sequence[Line]) -> list[Line]:
    """Lines of a text without places in an order that the section reader understands."""
    pieces = [piece for line in _without_feet(lines) for piece in split_labels(line)]
    return titles_first([piece for line in pieces for piece in split_legend(line)])


def _without_feet(lines: Sequence[Line]) -> list[Line]:
    """Drop a line that ends at least half of the pages ("County – page 3")."""
    pages = _pages(lines)
    lasts = [next((line for line in reversed(page) if line.text.strip()), None) for page in pages]
    counted = [line for line in lines if names_page(line.text) and len(line.text) < 120]
    running = Counter(pattern_of(line.text) for line in counted)
    seen = Counter(re.sub(r"\d+", "#", line.text) for line in lasts if line is not None)
    feet = {
        text
        for text, count in seen.items()
        if count >= 3 and 2 * count >= len(pages) and match(text) is None and not _explained(text)
    }
    dropped = {id(line) for line in lasts if line is not None and re.sub(r"\d+", "#", line.text) in feet}
    dropped |= {id(line) for line in counted if running[pattern_of(line.text)] > 1}
    return [replace(line, text="") if id(line) in dropped else line for line in lines]


def split_labels(line: Line) -> list[Line]:
    """ "Projektstart: 01.02.2025 Projektende: 31.03.2027" as two lines."""
    if line.role != "text" or ":" not in line.text:
        return [line]
    own = match(line.text)
    inner = match(own.rest) if own is not None and own.colon and own.rest else None
    if own is not None and inner is not None and inner.colon and inner.key != own.key and not is_weak(inner):
        first = replace(line, text=line.text[: -len(own.rest)].rstrip(), soft=False)
        return [first, *split_labels(replace(line, text=own.rest, bullet=False))]
    in_header = own is not None and own.colon and own.key in HEADER
    for found in _INNER.finditer(line.text, line.text.index(":") + 1 if in_header else 0):
        words = found.group("head").split(" ")
        for skip in range(len(words)):
            core = compact(" ".join(words[skip:]))
            key = ALL.get(core)
            rest = line.text[found.end() :]
            dated = key in DATED and core in STRONG and bool(find_dues(rest[:24]))
            ending = core in STRONG and not rest.strip()
            if key in HEADER and (in_header or dated or ending):
                start = found.start() + len(" ".join(words[:skip])) + (1 if skip else 0)
                if not line.text[:start].strip():
                    break
                first = replace(line, text=line.text[:start].rstrip(), soft=False)
                return [first, *split_labels(replace(line, text=line.text[start:], bullet=False))]
    return [line]


def split_legend(line: Line) -> list[Line]:
    """Explanations of the colours that were drawn beside each other, as lines of their own."""
    if line.bullet or len(_explained(line.text)) < 2:
        return [line]
    for space in re.finditer(r"\s+(?=[A-ZÄÖÜ])", line.text):
        left, right = line.text[: space.start()], line.text[space.end() :]
        if len(_explained(left)) == 1 and _explained(right) and not _explained(left) & _explained(right):
            first = replace(line, text=left, soft=False)
            return [first, *split_legend(replace(line, text=right))]
    return [line]


def _explained(text: str) -> set[str]:
    return {color for color, pattern in LEGEND if pattern.search(text)}


def titles_first(lines: Sequence[Line]) -> list[Line]:
    """A title that was drawn last on its page goes to the beginning of the page."""
    out: list[Line] = []
    for page in _pages(lines):
        texts = [i for i, line in enumerate(page) if line.role == "text" and line.text.strip()]
        titles = [
            i for i in texts if (found := label_at(page, i)) and found[0].key == "title" and found[0].colon
        ]
        if len(titles) == 1 and titles[0] == texts[-1] and len(texts) > 3:
            title = page[titles[0]]
            page = [
                *page[: texts[0]],
                title,
                replace(title, text=""),
                *page[texts[0] : titles[0]],
                *page[titles[0] + 1 :],
            ]
        out += page
    return out


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Pages end at form feeds or at three blank lines."""
    pages: list[list[Line]] = [[]]
    blanks = 0
    for line in lines:
        blank = line.role == "text" and not line.text.strip()
        if line.role == "page" or (not blank and blanks >= 3):
            pages.append([])
        blanks = blanks + 1 if blank else 0
        pages[-1].append(line)
    return pages
