"""Rules of figures: few people stay hidden whatever a reader adds up, and the way to a target."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.indicators.registry import Direction
from wurt.core.indicators.rules import (
    HIDDEN,
    Aim,
    Change,
    Figure,
    Way,
    change,
    expected,
    percent,
    protected,
    way,
)


def told(cells: tuple[int, ...], least: int, outside: int = 0) -> tuple[object, ...]:
    """What a reader sees of cells numbered in order, and of their sum."""
    figures, total = protected(dict(enumerate(cells)), sum(cells) + outside, least)
    return (*figures.values(), total)


@pytest.mark.parametrize(("places", "least", "most"), [(1, 3, 9), (2, 3, 9), (3, 3, 8), (4, 2, 5), (3, 5, 9)])
def test_nobody_can_tell_a_hidden_cell_even_who_knows_the_rule(places: int, least: int, most: int) -> None:
    """Every table of this size is published; what looks the same leaves two values for each small cell."""
    looks: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for cells in product(range(most + 1), repeat=places):
        looks[told(cells, least)].append(cells)
    checked = 0
    for look, worlds in looks.items():
        for place in range(places):
            values = {world[place] for world in worlds}
            if min(values) < least and look[place] != HIDDEN:
                checked += 1
                assert len(values) > 1, (look, worlds)
            if look[place] == HIDDEN and places > 1:
                # Nobody even learns that it is small: another cell of the table may be the small one.
                assert len(values) > 1, (look, worlds)
                assert max(values) >= least, (look, worlds)
    assert checked or places == 1


@pytest.mark.parametrize("cells", [(3, 10, 20), (0, 0, 20), (4, 4, 20)])
def test_control_without_the_rule_the_sum_tells(cells: tuple[int, ...]) -> None:
    """Hiding only the small ones: the difference to the sum leaves one table of such small cells."""
    least = 5
    rest = sum(cells) - sum(value for value in cells if value >= least)
    few = sum(value < least for value in cells)
    assert sum(sum(small) == rest for small in product(range(least), repeat=few)) == 1
    figures, total = protected(dict(enumerate(cells)), sum(cells), least)
    assert set(figures.values()) == {HIDDEN}
    assert total == Figure(Decimal(sum(cells)))


def test_where_the_sum_leaves_a_choice_the_others_are_told() -> None:
    few = Figure(below=5)
    assert protected({"a": 3, "b": 0, "c": 20}, 30, 5) == (
        {"a": few, "b": few, "c": Figure(Decimal(20))},
        Figure(Decimal(30)),
    )


def test_without_a_sum_nothing_can_be_subtracted() -> None:
    few = Figure(below=5)
    assert protected({"a": 3}, 9, 5) == ({"a": HIDDEN}, Figure(Decimal(9)))
    assert protected({"a": 3, "b": 0}, 3, 5) == ({"a": few, "b": few}, few)
    assert protected({"a": 3, "b": 7}, None, 5) == ({"a": few, "b": Figure(Decimal(7))}, None)


def test_who_counts_no_people_hides_nothing() -> None:
    assert protected({"a": 0, "b": 3}, 3, 0) == (
        {"a": Figure(Decimal(0)), "b": Figure(Decimal(3))},
        Figure(Decimal(3)),
    )


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(2, 9), st.integers(0, 20))
def test_what_is_told_is_true_and_the_rest_adds_up_to_more_than_one_table(
    cells: list[int], least: int, outside: int
) -> None:
    figures, total = protected(dict(enumerate(cells)), sum(cells) + outside, least)
    few = [value for value in cells if value < least]
    assert total == (
        Figure(below=least) if sum(cells) + outside < least else Figure(Decimal(sum(cells) + outside))
    )
    for key, value in enumerate(cells):
        assert figures[key] in (HIDDEN, Figure(below=least) if value < least else Figure(Decimal(value)))
    if total.known and any(figure.below for figure in figures.values()):
        assert len(few) > 1
        assert 0 < sum(few) < len(few) * (least - 1)


# --- change


def test_change_needs_two_told_figures() -> None:
    ten, twelve = Figure(Decimal(10)), Figure(Decimal(12))
    assert change(twelve, ten) == (Change.UP, Decimal(2))
    assert change(ten, twelve) == (Change.DOWN, Decimal(-2))
    assert change(ten, ten) == (Change.SAME, Decimal(0))
    assert change(ten, None) == (Change.UNKNOWN, None)
    assert change(ten, Figure(below=5)) == (Change.UNKNOWN, None)
    assert change(HIDDEN, ten) == (Change.UNKNOWN, None)
    assert percent(Decimal(2), Decimal(10)) == Decimal(20)
    assert percent(Decimal(2), Decimal(0)) is None


# --- target

AIM = Aim(Decimal(100), date(2024, 1, 31), Decimal(200), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("value", "day", "answer"),
    [
        (200, date(2024, 3, 31), Way.REACHED),
        (118, date(2024, 3, 31), Way.ON_WAY),  # 60 of 335 days: 117.9…
        (117, date(2024, 3, 31), Way.BEHIND),
        (199, date(2024, 12, 31), Way.BEHIND),
        (199, date(2025, 1, 31), Way.MISSED),
        (100, date(2023, 6, 30), Way.ON_WAY),
        (99, date(2024, 1, 31), Way.BEHIND),
    ],
)
def test_the_straight_line(value: int, day: date, answer: Way) -> None:
    assert way(AIM, Figure(Decimal(value)), day, Direction.NEUTRAL) == answer


def test_what_is_not_known() -> None:
    day = date(2024, 3, 31)
    five = Figure(Decimal(5))
    assert way(Aim(), five, day, Direction.MORE) is None
    assert way(AIM, None, day, Direction.MORE) == Way.UNKNOWN
    assert way(AIM, Figure(below=5), day, Direction.MORE) == Way.UNKNOWN
    assert way(Aim(target=Decimal(9)), five, day, Direction.MORE) == Way.OPEN
    assert way(Aim(target=Decimal(9)), five, day, Direction.LESS) == Way.REACHED
    assert way(Aim(target=Decimal(9), target_on=day - timedelta(1)), five, day, Direction.MORE) == Way.MISSED


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
amounts = st.decimals(-1000, 1000, places=1)


@given(amounts, amounts, days, days, days)
def test_the_line_stays_between_its_ends(a: Decimal, b: Decimal, first: date, last: date, day: date) -> None:
    aim = Aim(a, first, b, last)
    line = expected(aim, day)
    if first >= last:
        assert line is None
        return
    assert line is not None
    assert min(a, b) <= line <= max(a, b)
    assert expected(aim, first) == a
    assert expected(aim, last) == b


@given(amounts, amounts, days, days, days, amounts, amounts)
def test_a_better_figure_is_never_judged_worse(
    a: Decimal, b: Decimal, first: date, last: date, day: date, one: Decimal, other: Decimal
) -> None:
    aim = Aim(a, first, b, last)
    order = [Way.MISSED, Way.BEHIND, Way.OPEN, Way.ON_WAY, Way.REACHED]
    low, high = sorted((one, other), reverse=b < a)
    worse = way(aim, Figure(low), day, Direction.MORE)
    better = way(aim, Figure(high), day, Direction.MORE)
    assert order.index(worse) <= order.index(better)  # type: ignore[arg-type]


@given(amounts, amounts, days, days, days, amounts)
def test_mirrored_is_judged_the_same(
    a: Decimal, b: Decimal, first: date, last: date, day: date, value: Decimal
) -> None:
    """A falling target is the rising one upside down."""
    if a == b:
        return
    there = way(Aim(a, first, b, last), Figure(value), day, Direction.MORE)
    back = way(Aim(-a, first, -b, last), Figure(-value), day, Direction.LESS)
    assert there == back
