"""Sections of text poured into columns: shrunk in steps, then carried over to a further slide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wurt.modules.agenda.exports.slide_parts import Box, text_box
from wurt.modules.agenda.exports.slide_text import GAP, LINE, SIZES, Para, fit, text_height

POINTS = 72
SECTION_GAP = 8
"""Points between two sections of a column."""
GOOD_SIZES = tuple(size for size in SIZES if size >= 13)
NEVER = 1000
MIN_LINES = 3
"""A section is not begun at the foot of a column with less room than this."""


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled text. ``paras`` are without the label; ``continued`` says it began on an earlier slide."""

    label: str
    paras: tuple[Para, ...]
    continued_word: str
    continued: bool = False

    @property
    def name(self) -> str:
        """Name of the text box."""
        return self.label.rstrip(":")

    def lines(self) -> list[Para]:
        """The paragraphs with the label in front; a single short text stands on the label's line."""
        label = f"{self.name} ({self.continued_word}):" if self.continued else self.label
        if len(self.paras) == 1 and not self.paras[0].bullet:
            return [Para(self.paras[0].text, label=label)]
        return [Para("", label=label), *self.paras]

    def rest(self, paras: Sequence[Para]) -> "Section":
        """What is left of it."""
        return Section(self.label, tuple(paras), self.continued_word, continued=True)


def stack(
    slide: Any | None, sections: Sequence[Section], box: Box, sizes: Sequence[int] = SIZES
) -> list[Section]:
    """Set sections one below the other, each in its own text box; give back what did not fit.

    ``slide`` None measures only.
    """
    _left, _top, width, height = box
    room, wide = height * POINTS, width * POINTS
    gaps = SECTION_GAP * max(0, len(sections) - 1)
    for size in sizes:
        if sum(text_height(section.lines(), size, wide) for section in sections) + gaps <= room:
            _place(slide, [(section, section.lines()) for section in sections], box, size)
            return []
    return _pour(slide, sections, box, sizes[-1])


def _pour(
    slide: Any | None, sections: Sequence[Section], box: Box, size: int, *, min_lines: int = MIN_LINES
) -> list[Section]:
    room, wide = box[3] * POINTS, box[2] * POINTS
    used = 0.0
    placed: list[tuple[Section, list[Para]]] = []
    for number, section in enumerate(sections):
        lines = section.lines()
        high = text_height(lines, size, wide)
        if used + high <= room:
            placed.append((section, lines))
            used += high + SECTION_GAP
            continue
        left = list(sections[number + 1 :])
        if room - used < min_lines * size * (LINE + GAP) and placed:
            left.insert(0, section)
        else:
            _size, head, tail = fit(lines, wide, room - used, (size,))
            placed.append((section, head))
            if tail:
                left.insert(0, section.rest(tail))
        _place(slide, placed, box, size)
        return left
    _place(slide, placed, box, size)
    return []


def _place(slide: Any | None, parts: Sequence[tuple[Section, list[Para]]], box: Box, size: int) -> None:
    if slide is None:
        return
    left, top, width, _height = box
    for section, lines in parts:
        high = text_height(lines, size, width * POINTS) / POINTS
        text_box(slide, section.name, (left, top, width, high), lines, size)
        top += high + SECTION_GAP / POINTS


def pour_columns(slide: Any, sections: Sequence[Section], columns: Sequence[Box]) -> list[Section]:
    """Fill columns from left to right in the largest size that takes everything, else in the smallest.

    What one column holds in a good size is not torn into two, and a section that goes on begins at the top of
    its column, so that the order is plain.
    """
    for size in GOOD_SIZES:
        if not _pour(None, sections, columns[0], size):
            return _pour(slide, sections, columns[0], size)
    chosen = SIZES[-1]
    for size in SIZES:
        rest: list[Section] = list(sections)
        for box in columns:
            rest = _pour(None, rest, box, size, min_lines=NEVER) if rest else rest
        if not rest:
            chosen = size
            break
    rest = list(sections)
    for box in columns:
        rest = _pour(slide, rest, box, chosen, min_lines=NEVER) if rest else rest
    return rest
