"""Units of a page: labels (with what follows in the same box) and blocks of text that stand together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wurt.modules.agenda.importing.labels import Label
from wurt.modules.agenda.importing.model import Bbox, Line
from wurt.modules.agenda.importing.sections import label_at


@dataclass(eq=False, slots=True)
class Unit:
    """``lines`` of the label (or of the block), ``content`` that follows a label inside the same text box."""

    lines: list[Line]
    label: Label | None = None
    content: list[Line] = field(default_factory=list)
    owner: "Unit | None" = None

    @property
    def label_box(self) -> Bbox:
        """Box of the label alone."""
        return _union(self.lines)

    @property
    def box(self) -> Bbox:
        """Box of everything in the unit."""
        return _union([*self.lines, *self.content])


def _union(lines: Sequence[Line]) -> Bbox:
    boxes = [line.bbox for line in lines if line.bbox] or [(0.0, 0.0, 0.0, 0.0)]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def units_of(lines: Sequence[Line]) -> list[Unit]:
    """Labels and blocks of a page. Lines with a box number keep together, others are grouped by place."""
    boxed: dict[int, list[Line]] = {}
    free: list[Line] = []
    for line in lines:
        if line.block:
            boxed.setdefault(line.block, []).append(line)
        else:
            free.append(line)
    units = [unit for group in boxed.values() for unit in _box_units(group)]
    return units + _free_units(free)


def _box_units(lines: list[Line]) -> list[Unit]:
    """The labels inside one text box, each with the lines that follow it."""
    units: list[Unit] = []
    texts = [line for line in lines if line.text.strip()]
    index = 0
    while index < len(lines):
        line = lines[index]
        alone = len(texts) == 1 or line.bold or (index == 0 and not line.bullet)
        probe = [
            replace(line, heading=1) if alone and line.text.strip() else line,
            *lines[index + 1 : index + 3],
        ]
        found = label_at(probe, 0)
        if found and (
            found[0].colon or alone or index == 0 or line.bold or not lines[index - 1].text.strip()
        ):
            label, count = found
            units.append(Unit(list(lines[index : index + count]), label))
            index += count
            continue
        if units:
            (units[-1].content if units[-1].label else units[-1].lines).append(line)
        elif line.text.strip():
            units.append(Unit([line]))
        index += 1
    return units


def _free_units(lines: list[Line]) -> list[Unit]:
    ordered = sorted(lines, key=lambda x: ((x.bbox or (0, 0))[1], (x.bbox or (0, 0))[0]))
    taken: set[int] = set()
    labels: list[Unit] = []
    label_lines: list[Line] = []
    for position in range(len(ordered)):
        if position in taken:
            continue
        chain = _chain(position, ordered, taken)
        found = _label(chain, ordered, label_lines)
        if found is None:
            continue
        label, count = found
        parts = [ordered[i] for i in chain[:count]]
        taken.update(chain[:count])
        label_lines += parts
        labels.append(Unit(parts, label))
    blocks = _blocks([line for i, line in enumerate(ordered) if i not in taken], labels)
    return labels + blocks


def _below(line: Line, other: Line) -> bool:
    a, b = line.bbox or (0, 0, 0, 0), other.bbox or (0, 0, 0, 0)
    size = max(line.size, 6.0)
    gap = b[1] - a[3]
    return -0.5 * size < gap < 0.55 * size and b[1] > a[1] + 0.5 * size and (abs(a[0] - b[0]) < 1.5 * size or min(a[2], b[2]) - max(a[0], b[0]) > 0.5 * min(a[2] - a[0], b[2] - b[0]))  # fmt: skip  # noqa: E501


def _chain(position: int, lines: Sequence[Line], taken: set[int]) -> list[int]:
    """Up to three lines that stand directly below each other."""
    chain = [position]
    for _ in range(2):
        last = lines[chain[-1]]
        following = [
            i
            for i in range(chain[-1] + 1, len(lines))
            if i not in taken and _below(last, lines[i]) and abs(lines[i].size - last.size) < 0.25 * last.size
        ]
        aligned = [
            i for i in following if abs((lines[i].bbox or (0,))[0] - (last.bbox or (0,))[0]) < 2.5 * last.size
        ]
        if not aligned:
            break
        chain.append(aligned[0])
    return chain


def _label(chain: Sequence[int], lines: Sequence[Line], labels: Sequence[Line]) -> tuple[Label, int] | None:
    first = lines[chain[0]]
    above = any(_below(other, first) and _alike(other, first) and other not in labels for other in lines)
    below = len(chain) > 1
    isolated = not above and (not below or label_at([replace(lines[chain[1]], heading=1)], 0) is not None)
    probe = [replace(lines[i], text=lines[i].text, bullet=False) for i in chain]
    if isolated and not first.bullet:
        probe[0] = replace(probe[0], heading=1)
    found = label_at(probe, 0)
    if found is None or (first.bullet and not found[0].colon):
        return None
    if above and not found[0].colon and not found[0].divider:
        return None
    return found


def _alike(other: Line, first: Line) -> bool:
    """Whether a line above may be the text that a line goes on with: as large, and not plain above bold."""
    same = abs(other.size - first.size) < 0.2 * first.size
    return other is not first and same and (other.bold or not first.bold)


def _blocks(lines: Sequence[Line], labels: Sequence[Unit]) -> list[Unit]:
    """Lines directly below each other with overlapping x form a block; a label between them parts them."""
    blocks: list[Unit] = []
    for line in lines:
        own = _followed(line, labels) is not None
        fitting = None if own else next((b for b in reversed(blocks) if _goes_on(b, line, labels)), None)
        if fitting is None:
            blocks.append(Unit([line]))
        else:
            fitting.lines.append(line)
    return blocks


def _goes_on(block: Unit, line: Line, labels: Sequence[Unit]) -> bool:
    box, last = line.bbox or (0, 0, 0, 0), block.lines[-1].bbox or (0, 0, 0, 0)
    size = max(line.size, 6.0)
    near = -0.5 * size < box[1] - last[3] < 0.45 * size and box[1] > last[1] + 0.3 * size
    if not near or min(box[2], last[2]) - max(box[0], last[0]) <= 0:
        return False
    # A value that begins behind its label and goes on below the label is owned by the label line by line.
    label = _followed(block.lines[0], labels)
    if label is not None and box[0] < label.label_box[2] - size:
        return False
    return abs(block.lines[-1].size - line.size) < 0.2 * size and not _parted(last, box, labels)


def _followed(line: Line, labels: Sequence[Unit]) -> Unit | None:
    """The label behind which a text goes on directly, on the same line."""
    box, size = line.bbox or (0, 0, 0, 0), max(line.size, 6.0)
    for label in labels:
        edge = label.label_box
        if -0.2 * size < box[0] - edge[2] < 0.8 * size and abs(box[3] - edge[3]) < 0.3 * size:
            return label
    return None


def _parted(above: Bbox, below: Bbox, labels: Sequence[Unit]) -> bool:
    """Whether a label stands between two lines of a column."""
    for unit in labels:
        box = unit.box
        if box[1] > above[1] and box[3] < below[3] and min(box[2], below[2]) - max(box[0], below[0]) > 0:
            return True
    return False
