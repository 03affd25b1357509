"""No small figure is told, and none can be worked out from the others."""

from hypothesis import given
from hypothesis import strategies as st

from wurt.core.visits.hiding import ALL, LEAST, hidden

PLACES, AREAS = ("a", "b", "c", "d"), ("x", "y", "z")


@st.composite
def matrices(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    """Cells with totals that lie between the largest part and the sum of the parts, as sums of people do."""
    cells = {
        (place, area): draw(st.integers(0, 4) | st.integers(0, 40))
        for place in PLACES
        for area in AREAS
        if draw(st.booleans())
    }
    found = dict(cells)
    for keys, at in ((PLACES, 0), (AREAS, 1)):
        for key in keys:
            parts = [value for cell, value in cells.items() if cell[at] == key]
            if parts:
                total = draw(st.integers(max(parts), sum(parts)))
                found[(key, ALL) if at == 0 else (ALL, key)] = total
    if cells:
        found[ALL, ALL] = sum(cells.values())
    return found


@given(matrices())
def test_small_cells_are_hidden_and_never_alone_in_a_line(cells: dict[tuple[str, str], int]) -> None:
    out = hidden(cells)
    assert {cell for cell, value in cells.items() if 0 < value < LEAST} <= out
    assert not any(cells[cell] == 0 for cell in out)
    for at in (0, 1):
        for key in {cell[at] for cell in cells}:
            line = [cell for cell in cells if cell[at] == key]
            concerned = [cell for cell in line if cell in out]
            told = [cell for cell in line if cell not in out and cells[cell] > 0]
            assert len(concerned) != 1 or not told


@given(matrices())
def test_where_nothing_is_small_nothing_is_hidden(cells: dict[tuple[str, str], int]) -> None:
    assert hidden({cell: value + LEAST for cell, value in cells.items()}) == frozenset()


def test_the_smallest_other_cell_goes_with_a_small_one() -> None:
    cells = {("a", "x"): 3, ("a", "y"): 20, ("a", "z"): 9, ("a", ALL): 30}
    cells |= {("b", "x"): 50, ("b", "y"): 60, ("b", "z"): 70, ("b", ALL): 150}
    cells |= {(ALL, "x"): 53, (ALL, "y"): 80, (ALL, "z"): 79, (ALL, ALL): 180}
    assert hidden(cells) == {("a", "x"), ("a", "z"), ("b", "x"), ("b", "z")}


def test_a_total_is_hidden_only_where_nothing_else_is_left() -> None:
    cells = {("a", "x"): 3, ("a", ALL): 3, (ALL, "x"): 12, (ALL, ALL): 12, ("b", "x"): 9, ("b", ALL): 9}
    assert (ALL, ALL) not in hidden(cells)
    assert hidden({("a", "x"): 3, ("a", ALL): 7, (ALL, "x"): 9, (ALL, ALL): 20}) == {
        ("a", "x"),
        ("a", ALL),
        (ALL, "x"),
        (ALL, ALL),
    }
