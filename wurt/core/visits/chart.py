"""Months as bars, drawn on the server: no script, readable without it as a table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wurt.core.visits.queries import Line, Usage
from wurt.core.web.format import month_name, number
from wurt.core.web.tables import Column, DataTable

HIDDEN = "·"


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: ``length`` is its share of the longest bar in percent, ``text`` what it counts in words."""

    label: str
    text: str
    length: int


def shown(line: Line) -> str:
    """The figure as text; a point where it is hidden."""
    return HIDDEN if line.figure.value is None else number(line.figure.value)


def months_chart(usage: Usage) -> tuple[Bar, ...]:
    """The newest month is the lowest bar. Lengths are shares, so that it fits into any width."""
    most = max((line.figure.value or 0 for line in usage.by_month), default=0) or 1
    return tuple(
        Bar(
            label=month_name(line.key),
            text=_("not told") if line.figure.hidden else number(line.figure.value),
            length=round(100 * (line.figure.value or 0) / most),
        )
        for line in usage.by_month
    )


def months_table(usage: Usage) -> DataTable:
    """The same as a table."""
    return DataTable(
        caption=_("Sum of daily visitors by month"),
        columns=[Column(_("Month")), Column(_("Sum of daily visitors"), numeric=True)],
        rows=[[month_name(line.key), shown(line)] for line in reversed(usage.by_month)],
    )


def lines_table(caption: str, head: str, lines: tuple[Line, ...]) -> DataTable:
    """Places or areas of the month."""
    return DataTable(
        caption=caption,
        columns=[Column(head), Column(_("Sum of daily visitors"), numeric=True)],
        rows=[[line.label, shown(line)] for line in lines],
        empty=_("Nobody came in this month."),
    )
