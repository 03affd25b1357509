"""Reading order by place: which text belongs to which label on a page.

A label owns the text under it (heading style), to the right of it (table style), or what follows on its own
line. Milestones own the dates and labels of the arrow. The result is a list of lines in logical order, with
a break after every section, so that one reader serves pages with and without places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wurt.modules.agenda.domain.periods import parse_due
from wurt.modules.agenda.importing.bands import bands_of, headings
from wurt.modules.agenda.importing.joining import glue
from wurt.modules.agenda.importing.labels import DATED, Label, is_weak
from wurt.modules.agenda.importing.model import Bbox, Line
from wurt.modules.agenda.importing.sections import legend_color
from wurt.modules.agenda.importing.tables import claim_table, table_heads
from wurt.modules.agenda.importing.units import Unit, units_of
from wurt.modules.agenda.importing.vocabulary import HEADER, PORTFOLIO, SECTIONS


@dataclass(slots=True)
class Sheet:
    """A page to arrange. ``title`` is a title placeholder's text where the format has one."""

    number: int
    width: float
    height: float
    lines: list[Line]
    title: Line | None = None
    status: Line | None = None
    units: list[Unit] = field(default_factory=list)


def arrange(sheet: Sheet) -> list[Line]:
    """Lines of one page in logical order."""
    units = units_of(sheet.lines)
    _demote(units)
    tables = table_heads(units)
    out: list[Line] = []
    for band in bands_of(units, sheet.height):
        part = replace_status(sheet, band, first=not out)
        out += _arrange(part, band, [t for t in tables if t[0] in band])
    return out


def replace_status(sheet: Sheet, band: Sequence[Unit], *, first: bool) -> Sheet:
    """The sheet for a band of it: a lamp belongs to the band in which it shines."""
    status, low = sheet.status, min((u.box[1] for u in band), default=0.0) - 12
    high = max((u.box[3] for u in band), default=0.0) + 12
    inside = status is None or status.bbox is None or low <= status.bbox[1] <= high
    return replace(sheet, status=status if inside else None, title=sheet.title if first else None)


def _arrange(sheet: Sheet, units: list[Unit], tables: Sequence[tuple[Unit, list[Unit]]]) -> list[Line]:
    labels = [u for u in units if u.label is not None]
    title, rest = _title(sheet, units)
    _split_rows([u for u in rest if u.label is None], labels, rest)
    blocks = sorted((u for u in rest if u.label is None), key=lambda u: (u.box[1], u.box[0]))
    for block in blocks:
        block.owner = _above_strong(block, labels) or _beside(block, labels, rest) or _above(block, rest)
    _claim_arrow(blocks, labels)
    for arrow, heads in tables:
        claim_table(arrow, heads, blocks, labels)
    legend = _legend(blocks)
    for block in legend:
        block.owner = None
    blocks = [b for b in blocks if b not in legend] + legend
    return _emit(sheet, title, labels, blocks)


def _demote(units: Sequence[Unit]) -> None:
    """Ordinary words beside or below the heading of the milestones are names of milestones, not labels."""
    arrow = next((u for u in units if u.label and u.label.key == "milestones"), None)
    if arrow is None:
        return
    size = _size(arrow)
    for unit in units:
        label = unit.label
        if label is None or unit is arrow or label.colon or not is_weak(label):
            continue
        if unit.content and label.key not in DATED:
            continue
        if unit.box[1] > arrow.box[1] - 6 * size and unit.box[0] > arrow.box[0] + 2 * size:
            unit.label = None
            unit.lines, unit.content = [*unit.lines, *unit.content], []


def _legend(blocks: Sequence[Unit]) -> list[Unit]:
    """Three texts in boxes of their own that explain the three colours."""
    colors = {
        color: [b for b in blocks if not b.lines[0].bullet and legend_color(b.lines) == color]
        for color in ("green", "yellow", "red")
    }
    if any(len(found) != 1 for found in colors.values()):
        return []
    return [found[0] for found in colors.values()]


def _size(unit: Unit) -> float:
    return max(unit.lines[0].size, 6.0)


def _overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    return min(a1, b1) - max(a0, b0)


def _title(sheet: Sheet, units: list[Unit]) -> tuple[Line | None, list[Unit]]:
    """The title of the page and the units without it."""
    for unit in units:
        if unit.label is not None and unit.label.key == "title":
            parts = [unit, *_same_size_below(unit, units)]
            text = unit.label.rest
            for line in [*unit.content, *(x for part in parts[1:] for x in part.lines)]:
                text = glue(text, line.text)
            if text:
                return replace(unit.lines[0], text=text, role="title"), [u for u in units if u not in parts]
    project = [u for u in units if u.label and u.label.key in HEADER | SECTIONS]
    summary = any(u.label and u.label.key in PORTFOLIO for u in units)
    if len({u.label.key for u in project if u.label}) < 2 or summary:
        return None, units
    if sheet.title is not None:
        return replace(sheet.title, role="title"), [u for u in units if u.lines[0].text != sheet.title.text]
    sizes = sorted(line.size for u in units for line in u.lines)
    plain = [
        u
        for u in units
        if u.label is None
        and u.box[1] < max(0.3 * sheet.height, min(x.box[1] for x in units) + 1)
        and u.lines[0].size > 1.25 * sizes[len(sizes) // 2]
    ]
    if not plain:
        return None, units
    known = headings(units)
    plain = [u for u in plain if u in known] or plain
    largest = max(plain, key=lambda u: (u.lines[0].size, -u.box[1]))
    text = ""
    for line in largest.lines:
        text = glue(text, line.text)
    return replace(largest.lines[0], text=text, role="title"), [u for u in units if u is not largest]


def _same_size_below(unit: Unit, units: Sequence[Unit]) -> list[Unit]:
    """A title broken over several lines: same size, directly below."""
    found: list[Unit] = []
    box, size = unit.box, unit.lines[0].size
    common = sorted(line.size for u in units for line in u.lines)
    if size < 1.15 * common[len(common) // 2] and len(common) > 6:
        return []
    for other in sorted(units, key=lambda u: u.box[1]):
        if other is unit or other.label is not None or abs(other.lines[0].size - size) > 0.1 * size:
            continue
        if (
            -0.3 * size < other.box[1] - box[3] < 1.6 * size
            and _overlap(box[0], box[2], other.box[0], other.box[2]) > 0
        ):
            found.append(other)
            box = (min(box[0], other.box[0]), box[1], max(box[2], other.box[2]), other.box[3])
    return found


def _split_rows(blocks: Sequence[Unit], labels: Sequence[Unit], units: list[Unit]) -> None:
    """A column of values without gaps beside a column of labels: cut it where a label begins."""
    for block in blocks:
        beside = [
            u
            for u in labels
            if u.box[2] <= block.box[0] + 0.3 * _size(block)
            and _overlap(u.box[1], u.box[3], block.box[1], block.box[3]) > 0.2 * _size(block)
        ]
        beside = [u for u in beside if not _between(u, block, units)]
        if len(beside) < 2 or _left_aligned_heading(block, labels):
            continue
        rows: dict[int, list[Line]] = {}
        for line in block.lines:
            box = line.bbox or block.box
            middle = (box[1] + box[3]) / 2
            index = max(
                (i for i, u in enumerate(beside) if u.box[1] <= middle),
                key=lambda i: beside[i].box[1],
                default=0,
            )
            rows.setdefault(index, []).append(line)
        if len(rows) > 1:
            units.remove(block)
            units += [Unit(lines) for lines in rows.values()]


def _left_aligned_heading(block: Unit, labels: Sequence[Unit]) -> bool:
    return _above_strong(block, labels) is not None


def _above_strong(block: Unit, labels: Sequence[Unit]) -> Unit | None:
    """A label directly above and left-aligned, as a heading."""
    size = _size(block)
    best: Unit | None = None
    for label in labels:
        gap = block.box[1] - label.box[3]
        if (
            -0.6 * size < gap < 1.6 * size
            and abs(label.box[0] - block.box[0]) < 2.2 * size
            and (best is None or label.box[3] > best.box[3])
        ):
            best = label
    return best


def _between(label: Unit, block: Unit, units: Sequence[Unit]) -> bool:
    """Whether another unit stands between a label and a block in the label's row."""
    for other in units:
        if other is label or other is block:
            continue
        if (
            other.box[0] >= label.box[2] - 2
            and other.box[2] <= block.box[0] + 2
            and _overlap(other.box[1], other.box[3], label.box[1], label.box[3]) > 0
        ):
            return True
    return False


def _beside(block: Unit, labels: Sequence[Unit], units: Sequence[Unit]) -> Unit | None:
    """The nearest label to the left in the same row."""
    size = _size(block)
    found = [
        u for u in labels
        if u.box[2] <= block.box[0] + 0.4 * size and _overlap(u.box[1], u.box[3], block.box[1], block.box[3]) > 0.2 * min(size, _size(u))  # noqa: E501
        and not _between(u, block, units) and u.label and u.label.key not in PORTFOLIO
        and not (u.label.rest and u.label.key in HEADER)
    ]  # fmt: skip
    return max(found, key=lambda u: (u.box[2], -abs(u.box[1] - block.box[1])), default=None)


def _above(block: Unit, units: Sequence[Unit]) -> Unit | None:
    """The nearest thing above; its owner owns this too."""
    size = _size(block)
    best: Unit | None = None
    for other in units:
        if (
            other is block
            or other.box[3] > block.box[1] + 0.6 * size
            or _overlap(other.box[0], other.box[2], block.box[0], block.box[2]) <= 0
        ):
            continue
        if best is None or other.box[3] > best.box[3]:
            best = other
    if best is None:
        return None
    limit = 6.0 if block.lines[0].block == 0 or not best.content else 1.5
    if block.box[1] - best.box[3] > limit * size:
        return None
    owner = best if best.label is not None else best.owner
    closed = (
        owner is not None
        and owner.label is not None
        and owner.label.key in HEADER
        and block.box[1] - best.box[3] > 0.8 * size
    )
    return None if closed else owner


def _claim_arrow(blocks: list[Unit], labels: Sequence[Unit]) -> None:
    """Dates standing alone and the short texts around them belong to the milestones."""
    arrows = [u for u in labels if u.label and u.label.key == "milestones"]
    if len(arrows) != 1:
        return
    arrow = arrows[0]
    reach = arrow.box[1] - 9 * _size(arrow)
    dates = [b for b in blocks if b.box[3] > reach and _dated(b) and not _dated_owner(b)]
    if not dates:
        return
    size = _size(dates[0])
    top, bottom = min(d.box[1] for d in dates), max(d.box[3] for d in dates)
    for date in dates:
        date.owner = arrow
    centers = sorted((d.box[0] + d.box[2]) / 2 for d in dates)
    pitch = min((b - a for a, b in pairwise(centers) if b - a > size), default=250.0)
    for block in blocks:
        middle = (block.box[0] + block.box[2]) / 2
        near = top - 7 * size < block.box[3] and block.box[1] < bottom + 7 * size
        short = block.box[2] - block.box[0] < 1.9 * pitch and not _listed(block)
        inside = centers[0] - pitch < middle < centers[-1] + pitch
        held = block.owner is not None and block.owner is not arrow and _held(block, arrow)
        rowed = not _listed(block) and any(_in_row(date, block, size) for date in dates)
        if block not in dates and ((near and short and inside and not held) or rowed):
            block.owner = arrow


def _listed(block: Unit) -> bool:
    """Whether a block is a list; a tick before a milestone says that it is done."""
    return any(line.bullet and not line.text.startswith(("✓", "✔", "☑")) for line in block.lines)


def _in_row(date: Unit, block: Unit, size: float) -> bool:
    """A table of milestones: the label stands directly to the right of its date."""
    gap = block.box[0] - date.box[2]
    return 0 <= gap < 10 * size and _overlap(date.box[1], date.box[3], block.box[1], block.box[3]) > 0


def _dated(block: Unit) -> bool:
    """A short text with a line that is nothing but a date."""
    return len(block.lines) <= 5 and any(parse_due(line.text) for line in block.lines if not line.bullet)


def _dated_owner(block: Unit) -> bool:
    return (
        block.owner is not None
        and block.owner.label is not None
        and block.owner.label.key in ("start", "end", "month", "duration")
    )


def _held(block: Unit, arrow: Unit) -> bool:
    """Whether another label clearly has this block: in its row or directly below it."""
    owner = block.owner
    if owner is None:
        return False
    if _overlap(block.box[1], block.box[3], arrow.box[1], arrow.box[3]) > 0 and owner.box[3] < arrow.box[1]:
        return False
    in_row = _overlap(owner.box[1], owner.box[3], block.box[1], block.box[3]) > 0
    return in_row or block.box[1] - owner.box[3] < 2.0 * _size(block)


def _emit(sheet: Sheet, title: Line | None, labels: Sequence[Unit], blocks: Sequence[Unit]) -> list[Line]:
    number = sheet.number
    known = any(u.label and u.label.key in HEADER | SECTIONS | PORTFOLIO for u in labels)
    out = [Line("", 0, number, role="page" if title is not None or known else "reset")]
    if title is not None:
        out.append(title)
    status_done = False
    for unit in sorted(labels, key=lambda u: (round(u.box[1] / 4), u.box[0])):
        label = unit.label
        if label is None or label.key == "title":
            continue
        out.append(_label_line(unit, label))
        if label.key == "status" and sheet.status is not None and not label.rest and not unit.content:
            out.append(sheet.status)
            status_done = True
        out += unit.content
        above = unit.label_box if label.rest else None
        for block in sorted(
            (b for b in blocks if b.owner is unit), key=lambda b: (round(b.box[1] / 4), b.box[0])
        ):
            # Directly below what stands on the line of the label, a value goes on.
            goes_on = above is not None and block.box[1] - above[3] < 0.45 * _size(block)
            out += [*([] if goes_on else [Line("", 0, number)]), *block.lines]
            above = block.box if label.key in HEADER else None
        out.append(Line("", 0, number, role="break"))
    if sheet.status is not None and not status_done:
        out += [
            replace(sheet.status, text=f"Gesamtstatus: {sheet.status.text}"),
            Line("", 0, number, role="break"),
        ]
    for block in (b for b in blocks if b.owner is None):
        out += [Line("", 0, number), *block.lines]
    return out


def _label_line(unit: Unit, label: Label) -> Line:
    printed = label.printed.rstrip(":")
    return replace(unit.lines[0], text=f"{printed}: {label.rest}".strip(), bullet=False, bbox=unit.label_box)


def union(boxes: Sequence[Bbox]) -> Bbox:
    """The smallest box around some boxes."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
