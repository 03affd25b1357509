"""Which texts of a page belong to a table of milestones that has heads."""

from collections.abc import Sequence
from dataclasses import replace

from wurt.modules.agenda.importing.grid import head_rows
from wurt.modules.agenda.importing.labels import is_weak
from wurt.modules.agenda.importing.units import Unit


def table_heads(units: list[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """Tables of milestones with heads: the label they belong to, and the cells of the heads."""
    found: list[tuple[Unit, list[Unit]]] = []
    for row in head_rows(units):
        above = [u for u in units if u not in row and u.label and u.label.key == "milestones"]
        above = [u for u in above if u.box[1] <= row[0].box[3]]
        arrow = max(above, key=lambda u: u.box[1], default=None)
        own = next((u for u in row if u.label and u.label.key == "milestones"), None)
        arrow = arrow or own
        if arrow is None:
            continue
        for unit in row:
            if unit is not arrow:
                unit.label, unit.lines = None, [replace(line, bold=False) for line in unit.lines]
        found.append((arrow, [u for u in row if u is not arrow]))
        _demote_cells(row, units)
    return found


def _demote_cells(row: Sequence[Unit], units: Sequence[Unit]) -> None:
    """Ordinary words in the cells of a table ("Start", "Abschluss") are names of milestones."""
    below = [u for u in units if u.label is not None and u.box[1] > row[0].box[3]]
    firm = [u for u in below if u.label and (u.label.colon or u.lines[0].bold or not is_weak(u.label))]
    bottom = min((u.box[1] for u in firm), default=float("inf"))
    for unit in below:
        if unit not in firm and unit.box[1] < bottom:
            unit.label = None
            unit.lines, unit.content = [*unit.lines, *unit.content], []


def claim_table(arrow: Unit, heads: Sequence[Unit], blocks: Sequence[Unit], labels: Sequence[Unit]) -> None:
    """Everything between the heads of a table and the next label belongs to the table."""
    top = min(u.box[1] for u in heads)
    bottom = min((u.box[1] for u in labels if u is not arrow and u.box[1] > top + 2), default=float("inf"))
    for block in blocks:
        if block in heads or top - 1 <= block.box[1] < bottom:
            block.owner = arrow
