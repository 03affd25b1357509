"""Counting without telling who: medians, small cells. No database."""

from collections.abc import Mapping, Sequence
from statistics import median

SMALLEST = 5
"""Smaller counts are not published: one could guess who it was."""


def median_days(hours: Sequence[float]) -> float | None:
    """The median as days with one decimal; None without values."""
    return round(median(hours) / 24, 1) if hours else None


def published(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells with those from 1 to 4 hidden (None). Would one hidden cell follow from the sum of the
    others, the smallest that is left is hidden too; nothing shown adds up to what is hidden."""
    shown: dict[str, int | None] = {
        name: None if 0 < count < SMALLEST else count for name, count in cells.items()
    }
    hidden = [name for name, count in shown.items() if count is None]
    if len(hidden) == 1:
        rest = [(count, name) for name, count in shown.items() if count]
        if rest:
            shown[min(rest)[1]] = None
    return shown


def published_sum(cells: Mapping[str, int]) -> int | None:
    """The sum, hidden if it is small itself or would tell a single hidden cell."""
    total = sum(cells.values())
    hidden = [name for name, count in published(cells).items() if count is None]
    return None if 0 < total < SMALLEST or len(hidden) == 1 else total
