"""Milestones of one section: by place where the lines have one, else by reading order."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wurt.modules.agenda.domain.periods import Period, find_dues, parse_due
from wurt.modules.agenda.importing.grid import (
    Row,
    cells_of,
    columns,
    dates_of,
    is_head,
    kinds_of,
    with_states,
)
from wurt.modules.agenda.importing.joining import join
from wurt.modules.agenda.importing.milestones import pair_rows, read_by_place, read_milestones
from wurt.modules.agenda.importing.model import Bbox, Line, MilestoneRead

_ROW = re.compile(r".{4,}?\s(?P<due>noch offen|offen|tbd|n\.n\.|–|-)(?:\s+\w+)?$", re.IGNORECASE)
Dated = list[tuple[Period, Line]]
Labelled = list[tuple[str, list[Line]]]


def read_section_milestones(lines: Sequence[Line]) -> tuple[MilestoneRead, ...]:
    """Milestones of the lines of a section."""
    real = [line for line in lines if line.text.strip()]
    if not real or any(line.bbox is None for line in real):
        return _plain_rows(real) or read_milestones(lines)
    headed = _headed(real)
    if headed is not None:
        return headed
    whole = _whole_boxes(real)
    if whole is not None:
        return whole
    real = [replace(line, bullet=line.bullet and not line.text.startswith(("✓", "✔", "☑"))) for line in real]
    dates: Dated = []
    rest: list[Line] = []
    if any(parse_due(line.text) for line in real):
        real = [piece for line in real for piece in _unglued(line)]
    for line in real:
        period = parse_due(line.text)
        if period is not None:
            dates.append((period, line))
        else:
            rest.append(line)
    if not dates or not rest or any(line.bullet for line in rest):
        return read_milestones(lines)
    rows = _table_rows(rest, dates)
    if rows is not None:
        return pair_rows(rows)
    labels = _label_blocks(rest)
    if any(find_dues(text) for text, _ in labels):
        return read_milestones(lines)
    return read_by_place(labels, dates)


def _unglued(line: Line) -> list[Line]:
    """A date and a label that stand so close that they came as one piece."""
    found = find_dues(line.text)
    if line.bullet or line.block or len(found) != 1 or line.bbox is None or parse_due(line.text) is not None:
        return [line]
    start, end, _ = found[0]
    before, after = line.text[:start].strip(), line.text[end:].strip()
    if bool(before) == bool(after) or not (before or after)[:1].isupper() or len(before or after) < 3:
        return [line]
    left, top, right, bottom = line.bbox
    cut = left + (right - left) * (end if after else start) / len(line.text)
    first = replace(line, text=before or line.text[start:end], bbox=(left, top, cut - 1, bottom))
    return [first, replace(line, text=after or line.text[start:end], bbox=(cut + 1, top, right, bottom))]


def _whole_boxes(lines: Sequence[Line]) -> tuple[MilestoneRead, ...] | None:
    """Text boxes that hold label and date together: the box is the pair."""
    boxes: dict[int, list[Line]] = {}
    for line in lines:
        boxes.setdefault(line.block, []).append(line)
    if 0 in boxes or len(boxes) < 1:
        return None
    reads: list[MilestoneRead] = []
    for box in sorted(boxes.values(), key=lambda group: (group[0].bbox or (0,))[0]):
        dated = [line for line in box if parse_due(line.text) is not None]
        if len(dated) != 1 or len(box) < 2:
            return None
        reads += read_milestones(box)
    return tuple(reads)


def _box(lines: Sequence[Line]) -> Bbox:
    boxes = [line.bbox for line in lines if line.bbox]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _label_blocks(lines: Sequence[Line]) -> Labelled:
    """Lines of one label stand closely below each other and overlap in x."""
    blocks: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (x.bbox or (0, 0))[1]):
        left, top, right, _ = line.bbox or (0, 0, 0, 0)
        fitting = None
        for block in blocks:
            b = _box(block)
            same_box = line.block and block[-1].block == line.block
            near = top - b[3] < 0.75 * max(line.size, 6) and min(right, b[2]) - max(left, b[0]) > 0
            if same_box or (near and not (line.block and block[-1].block)):
                fitting = block
        if fitting is None:
            blocks.append([line])
        else:
            fitting.append(line)
    return [(join(block), block) for block in blocks]


def _plain_rows(lines: Sequence[Line]) -> tuple[MilestoneRead, ...]:
    """Rows of a table with heads in plain text: "Label Feb 25 done"; empty when a row is none."""
    if not lines or not is_head(lines[0].text) or "date" not in {k for k, _ in kinds_of(lines[0].text)}:
        return ()
    rows: list[Row] = []
    for line in lines[1:]:
        dues = find_dues(line.text)
        found = None if dues else _ROW.match(line.text)
        start, end = (found.start("due"), found.end("due")) if found else (dues[0][:2] if dues else (0, 0))
        period = parse_due(line.text[start:end]) if start > 0 and len(dues) < 2 else None
        if period is None:
            return ()
        state = replace(line, text=line.text[end:], bbox=(0, 0, 1, 1))
        rows += with_states([(line.text[:start], [line], period, replace(line, bbox=(0, 0, 1, 1)))], [state])
    return pair_rows(rows)


def _headed(lines: Sequence[Line]) -> tuple[MilestoneRead, ...] | None:
    """A table whose heads say which column holds the dates."""
    found = columns(lines)
    if found is None:
        return None
    cells = cells_of(found[1], found[0])
    dates = dates_of(cells["date"])
    names = cells.get("name") or []
    if not dates or not names:
        return None
    rows = _table_rows(names, dates, fewest=1)
    return None if rows is None else pair_rows(with_states(rows, cells.get("state") or []))


def _table_rows(
    lines: Sequence[Line], dates: Dated, fewest: int = 2
) -> list[tuple[str, list[Line], Period, Line]] | None:
    """A table of milestones: the dates stand in one column, every label to one side of it in a date's row."""
    boxes = [line.bbox for _, line in dates if line.bbox]
    size = max(line.size for _, line in dates) or 10.0
    column = min(max(b[i] for b in boxes) - min(b[i] for b in boxes) for i in (0, 2))
    if len(dates) < fewest or column > 1.5 * size or len({round(b[1]) for b in boxes}) < len(dates):
        return None
    right = all((line.bbox or boxes[0])[0] >= max(b[0] for b in boxes) + size for line in lines)
    left = all((line.bbox or boxes[0])[2] <= max(b[2] for b in boxes) - size for line in lines)
    if not right and not left:
        return None
    ordered = sorted(dates, key=lambda item: (item[1].bbox or boxes[0])[1])
    owned: list[list[Line]] = [[] for _ in ordered]
    for line in sorted(lines, key=lambda x: (x.bbox or boxes[0])[1]):
        middle = ((line.bbox or boxes[0])[1] + (line.bbox or boxes[0])[3]) / 2
        above = [i for i, (_, date) in enumerate(ordered) if (date.bbox or boxes[0])[1] <= middle]
        if not above:
            return None
        owned[above[-1]].append(line)
    if not all(owned):
        return None
    return [(join(block), block, period, line) for block, (period, line) in zip(owned, ordered, strict=True)]
