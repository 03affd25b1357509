"""Figures of projects and goals as words, drawings and tables."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wurt.core.indicators.chart import Drawing, drawn
from wurt.core.indicators.rules import Way
from wurt.core.indicators.words import (
    aim_text,
    figure_text,
    plot_title,
    source_text,
    trend_text,
    unit_text,
    way_text,
    way_word,
)
from wurt.core.web import format as formats
from wurt.core.web.tables import Cell, Column, DataTable
from wurt.core.web.text import german
from wurt.modules.agenda.exports.wording import capital
from wurt.modules.agenda.queries.measures import Measured
from wurt.modules.agenda.queries.public_success import SuccessPage

BADGES = {
    Way.REACHED: "success",
    Way.ON_WAY: "success",
    Way.BEHIND: "warning",
    Way.MISSED: "danger",
    Way.OPEN: "info",
    Way.UNKNOWN: "info",
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A figure ready to show. ``way`` is the judgement in words, "" without a target; ``kind`` its badge."""

    item: Measured
    name: str
    url: str
    query: str
    text: str
    month: str
    trend: str
    aim: str
    way: str
    kind: str
    why: str
    title: str
    unit: str
    source: str
    drawing: Drawing | None
    table: DataTable


def plot(item: Measured) -> Plot:
    """A figure of a project or goal."""
    one = item.series
    latest = one.latest
    query = f"?{urlencode({'ort': one.place})}" if one.place else ""
    return Plot(
        item=item,
        name=name_of(item),
        url=reverse("indicators:page", args=[one.info.key]) + query,
        query=query,
        text=figure_text(latest.figure, german(one.info.unit)) if latest else _("no value yet"),
        month=formats.month_name(latest.period.first) if latest else "",
        trend=trend_text(one),
        aim=aim_text(item.aim, german(one.info.unit)),
        way=capital(way_word(item.way)) if item.way else "",
        kind=BADGES[item.way] if item.way else "",
        why=way_text(item.way, item.line, german(one.info.unit)) if item.way else "",
        title=plot_title(one),
        unit=unit_text(one.info),
        source=source_text(one.info, latest),
        drawing=drawn(one, item.aim),
        table=_table(item),
    )


def name_of(item: Measured) -> str:
    """Name of the figure, with its place if it has one."""
    one = item.series
    name = german(one.info.name)
    return format_html("{}, {}", name, one.place_name) if one.place else name


def _table(item: Measured) -> DataTable:
    one = item.series
    return DataTable(
        caption=name_of(item),
        columns=[Column(_("Month")), Column(_("Value"), numeric=True, unit=german(one.info.unit))],
        rows=[
            [formats.month_name(point.period.first), figure_text(point.figure)]
            for point in reversed(one.points)
        ],
        empty=_("There is no value yet."),
        caption_hidden=True,
    )


def goals_table(page: SuccessPage) -> DataTable:
    """One line per figure of a goal: baseline, target, now."""
    rows: list[list[Any]] = []
    for goal in page.measured:
        for item in goal.measures:
            rows.append([Cell(german(goal.title), url=f"#{goal.slug}"), *_cells(item)])
    return DataTable(
        caption=_("The goals and their figures"),
        columns=[
            Column(_("Goal")),
            Column(_("Figure")),
            Column(_("Baseline"), numeric=True),
            Column(_("Target"), numeric=True),
            Column(_("Now"), numeric=True),
            Column(_("How far")),
        ],
        rows=rows,
        caption_hidden=True,
    )


def _cells(item: Measured) -> list[Any]:
    one, aim = item.series, item.aim
    latest = one.latest
    query = f"?{urlencode({'ort': one.place})}" if one.place else ""
    return [
        Cell(name_of(item), url=reverse("indicators:page", args=[one.info.key]) + query),
        _dated(formats.number(aim.baseline), formats.day(aim.baseline_on)),
        _dated(formats.number(aim.target), formats.day(aim.target_on)),
        _dated(figure_text(latest.figure), formats.month_name(latest.period.first)) if latest else "–",
        capital(way_word(item.way)) if item.way else _("no target"),
    ]


def _dated(value: str, when: str) -> str:
    if not value:
        return "–"
    return f"{value} ({when})" if when else value
