"""No figure from which a single person could be worked out: small cells are hidden, and as many others with
them as it takes that no total gives them away (primary and complementary cell suppression, Willenborg and
de Waal 2001, chapter 4). Pure.
"""

from collections.abc import Iterable, Mapping

LEAST = 5
"""Figures from 1 to 4 are not told."""
ALL = "*"
Cell = tuple[str, str]


def hidden(cells: Mapping[Cell, int], least: int = LEAST) -> frozenset[Cell]:
    """The cells (place, area) that are not told; ``*`` marks totals, which are cells like others.

    Zeros are told: that nobody came says nothing about anybody. In every line, that is one place over all
    areas or one area over all places with its total, either nothing is hidden or at least two cells are, so
    that no difference leaves one of them alone. Of the cells that may be added the smallest is taken.
    """
    out = {cell for cell, value in cells.items() if 0 < value < least}
    lines = _lines(cells)
    changed = True
    while changed:
        changed = False
        for line in lines:
            concerned = [cell for cell in line if cell in out]
            if len(concerned) == 1:
                more = _next(cells, line, out)
                if more is not None:
                    out.add(more)
                    changed = True
    return frozenset(out)


def _lines(cells: Mapping[Cell, int]) -> list[list[Cell]]:
    """All lines with their total as the last cell."""
    places = sorted({place for place, _area in cells})
    areas = sorted({area for _place, area in cells})
    rows = [[(place, area) for area in _total_last(areas)] for place in places]
    columns = [[(place, area) for place in _total_last(places)] for area in areas]
    return [[cell for cell in line if cell in cells] for line in (*rows, *columns)]


def _total_last(keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=lambda key: (key == ALL, key))


def _next(cells: Mapping[Cell, int], line: list[Cell], out: set[Cell]) -> Cell | None:
    """The smallest cell that is told; a total only where nothing else is left."""
    told = [cell for cell in line if cell not in out and cells[cell] > 0]
    return min(told, key=lambda cell: (ALL in cell, cells[cell], cell), default=None)
