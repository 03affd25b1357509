"""How much room a text takes on a slide, without a layout engine: widths of Arial, greedy line breaking.

PowerPoint and LibreOffice do not shrink a text until somebody clicks into it, so the size is chosen here:
in steps down to 12 pt, and what still does not fit goes to a further slide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from wurt.modules.agenda.exports.blocks import blocks, clean

SIZES = (18, 16, 15, 14, 13, 12)
"""Type sizes in points, tried in this order. Below 12 nobody in the room can read it."""
LINE = 1.2
GAP = 0.35
"""Line height and the gap after a paragraph, in type sizes."""
BOLD = 1.08
BULLET_INDENT = 1.1
SAFETY = 0.97
"""Share of the width that is used: other fonts than Arial may stand in for it."""

_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft\u00a0", 333: "()-`r„“", 334: "{}", 350: "•",
    355: '"',
    389: "*", 469: "^", 500: "Jcksvxyz", 584: "+<=>~", 611: "FTZß", 667: "&ABEKPSVXYÄ", 722: "CDHNRUwÜ",
    778: "GOQÖ", 833: "Mm", 889: "%", 944: "W", 1000: "…→", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_DEFAULT = 556


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of a slide. ``label`` is set in bold before the text; ``bullet`` makes it an item."""

    text: str
    label: str = ""
    bullet: bool = False
    bold: bool = False


def paragraphs(text: str | None) -> list[Para]:
    """The paragraphs and items of a free text."""
    return [Para(item, bullet=block.is_list) for block in blocks(text) for item in block.items]


def items(lines: Sequence[str]) -> list[Para]:
    """One bullet per line that says something."""
    return [Para(clean(line), bullet=True) for line in lines if clean(line)]


def text_width(text: str, size: float) -> float:
    """Width in points of one line of Arial."""
    return _units(text) * size / 1000


@lru_cache(maxsize=20_000)
def _units(text: str) -> int:
    """Width in thousandths of the type size; the same words are measured in every size that is tried."""
    return sum(_WIDTH_OF.get(character, _DEFAULT) for character in text)


def line_count(para: Para, size: float, width: float) -> int:
    """Lines that a paragraph takes in a box ``width`` points wide."""
    room = width * SAFETY - (BULLET_INDENT * size if para.bullet else 0)
    return max(1, len(_break_lines(para, size, room)))


def _break_lines(para: Para, size: float, room: float) -> list[str]:
    """Greedy: words as they fit; a word longer than the line is broken where it must."""
    blank = text_width(" ", size)
    factor = BOLD if para.bold or para.label else 1.0
    lines: list[str] = []
    used = room + 1.0
    for word in " ".join(part for part in (para.label, para.text) if part).split(" "):
        wide = text_width(word, size) * factor
        if used + blank + wide <= room:
            lines[-1] = f"{lines[-1]} {word}"
            used += blank + wide
            continue
        lines.append(word)
        while wide > room:
            lines.append("")
            wide -= room
        used = wide
    return lines


def text_height(paras: Sequence[Para], size: float, width: float) -> float:
    """Height in points of paragraphs in a box ``width`` points wide."""
    return sum(line_count(para, size, width) * LINE * size + GAP * size for para in paras)


def fit(
    paras: Sequence[Para], width: float, height: float, sizes: Sequence[int] = SIZES
) -> tuple[int, list[Para], list[Para]]:
    """(size, paragraphs that fit, paragraphs for the next slide) for a box in points.

    Breaks between paragraphs; inside one only where it alone is taller than the box.
    """
    for size in sizes:
        if text_height(paras, size, width) <= height:
            return size, list(paras), []
    size = sizes[-1]
    for count in range(len(paras) - 1, 0, -1):
        if text_height(paras[:count], size, width) <= height and not _only_label(paras[:count]):
            return size, list(paras[:count]), list(paras[count:])
    head, tail = _split(paras, size, width, height)
    return size, head, tail


def _only_label(paras: Sequence[Para]) -> bool:
    """A label must not stand alone at the foot of a box."""
    return all(para.label and not para.text for para in paras)


def _split(paras: Sequence[Para], size: int, width: float, height: float) -> tuple[list[Para], list[Para]]:
    """The longest start, by words, of the first paragraph with text; at least one word, so that it ends."""
    first = next((index for index, para in enumerate(paras) if para.text), 0)
    before, para, after = list(paras[:first]), paras[first], list(paras[first + 1 :])
    words = para.text.split(" ")
    low, high = 1, max(1, len(words) - 1)
    while low < high:
        middle = (low + high + 1) // 2
        trial = [*before, replace(para, text=" ".join(words[:middle]))]
        if text_height(trial, size, width) <= height:
            low = middle
        else:
            high = middle - 1
    rest = " ".join(words[low:])
    tail = [replace(para, text=rest, label="")] if rest else []
    return [*before, replace(para, text=" ".join(words[:low]))], [*tail, *after]
