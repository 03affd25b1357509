"""The whole agenda on one time axis: an SVG that reads without colour, and the same as a table.

No inline style (the pages forbid it): colours are ``currentColor`` and classes, states differ by pattern,
milestones by shape. The drawing is a group and not an image, since an image may hold no links.
"""

import calendar
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wurt.core.web.text import COUNTY_LANGUAGE, in_german
from wurt.modules.agenda.domain.snapshot import MilestoneFact, State, Status
from wurt.modules.agenda.exports import gantt_marks as marks
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.gantt_marks import add

MONTH_WIDTH = 15
"""At least; a short time is drawn wider, so that the drawing fills ``FULL_WIDTH``."""
FULL_WIDTH = 1100
HEAD, ROW, GROUP, FOOT, PAD = 44, 46, 34, 106, 12
BAR = 14
MAX_MONTHS = 20 * 12
YEARS_BACK, YEARS_AHEAD = 10, 10


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One project of the timeline; ``url`` is where its name leads."""

    title: str
    url: str
    field: str
    state: State
    status: Status | None = None
    start: date | None = None
    end: date | None = None
    milestones: tuple[MilestoneFact, ...] = ()
    example: bool = False
    planned_start: str = ""
    """YYYY, YYYY-Qn or YYYY-MM, where no day is fixed yet."""

    @property
    def begin(self) -> date | None:
        """The first day of the bar."""
        if self.start or not self.planned_start:
            return self.start
        if len(self.planned_start) == 4:
            return date(int(self.planned_start), 1, 1)
        due = wording.parse_due(self.planned_start)
        return due.earliest if due else None


@dataclass(frozen=True, slots=True)
class GanttChart:
    """``svg`` can go into a page as it is; ``columns`` and ``rows`` are the table that says the same."""

    svg: SafeString
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    months: int

    @property
    def month(self) -> int:
        """Width of a month."""
        return max(MONTH_WIDTH, (FULL_WIDTH - 2 * PAD) // self.months)

    @property
    def width(self) -> int:
        return self.months * self.month + 2 * PAD

    def holds(self, day: date) -> bool:
        """Is the day inside the axis?"""
        return 0 <= (day.year - self.first.year) * 12 + day.month - self.first.month < self.months

    def x(self, day: date) -> float:
        """Left edge of a day, kept inside the axis."""
        whole = (day.year - self.first.year) * 12 + day.month - self.first.month
        part = (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
        return round(PAD + min(max(whole + part, 0), self.months) * self.month, 1)


def gantt(
    rows: Sequence[GanttRow], *, today: date, title: str = "", prefix: str = "gantt", language: str = "de"
) -> GanttChart:
    """Draw the agenda in a language. ``prefix`` keeps ids apart when a page holds two timelines."""
    with translation.override(language):
        ordered = sorted(rows, key=lambda row: (row.field, row.begin or date.max, row.title))
        groups = [(field, list(items)) for field, items in groupby(ordered, key=lambda row: row.field)]
        axis = _axis(rows, today)
        height = HEAD + sum(GROUP + ROW * len(items) for _field, items in groups) + FOOT
        svg = _canvas(axis, height, title or _("Timeline of all projects"), len(rows), prefix)
        if any(row.example for row in rows):
            x, y = axis.width - PAD, height - 10
            mark = add(svg, "text", x=x, y=y, class_="gantt-example", text_anchor="end")
            _say(mark, wording.EXAMPLE, "")
        _grid(svg, axis, height - FOOT)
        top = HEAD
        for field, items in groups:
            line = add(svg, "text", x=PAD, y=top + 23, class_="gantt-field", font_weight="600")
            _say(line, field, "" if field else _("no field of action"))
            top += GROUP
            for row in items:
                _row(svg, axis, row, top, prefix)
                top += ROW
        if axis.holds(today):
            _today(svg, axis, today, height - FOOT)
        marks.legend(svg, PAD, height - FOOT + 38, prefix)
        # ElementTree has escaped every text and attribute.
        drawing = mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308
        return GanttChart(drawing, _columns(), tuple(_table_row(row) for row in ordered))


def _axis(rows: Sequence[GanttRow], today: date) -> _Axis:
    """Whole quarters around everything that has a date; far outliers are cut off at the edge.

    Today does not stretch it: years after the last date there would be nothing to see but today.
    """
    days: list[date] = []
    for row in rows:
        days += [day for day in (row.begin, row.end) if day]
        days += [due.latest for due in (wording.parse_due(item.due) for item in row.milestones) if due]
    days = days or [today]
    first = max(min(days), date(today.year - YEARS_BACK, 1, 1))
    last = min(max(days), date(today.year + YEARS_AHEAD, 12, 31))
    begin = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    months = (last.year - begin.year) * 12 + last.month - begin.month + 1
    return _Axis(begin, max(12, min(MAX_MONTHS + 12, -(-months // 3) * 3)))


def _canvas(axis: _Axis, height: int, title: str, count: int, prefix: str) -> ET.Element:
    svg = ET.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "class": "gantt", "role": "group", "fill": "currentColor",
        "aria-labelledby": f"{prefix}-title", "aria-describedby": f"{prefix}-desc", "font-size": "13",
        "viewBox": f"0 0 {axis.width} {height}", "width": str(axis.width), "height": str(height),
    })  # fmt: skip
    add(svg, "title", title, id=f"{prefix}-title")
    about = _("%(count)s projects on a time axis. The table below says the same in words.") % {"count": count}
    add(svg, "desc", about, id=f"{prefix}-desc")
    marks.patterns(svg, prefix)
    return svg


def _grid(svg: ET.Element, axis: _Axis, bottom: int) -> None:
    """A line per quarter, a strong one per year. The table has the dates; the grid is not read aloud."""
    grid = add(svg, "g", class_="gantt-grid", aria_hidden="true")
    for number in range(0, axis.months + 1, 3):
        year, month = divmod(axis.first.year * 12 + axis.first.month - 1 + number, 12)
        x = PAD + number * axis.month
        is_year = month == 0
        kind = "gantt-year" if is_year else "gantt-quarter"
        opacity = "0.55" if is_year else "0.2"
        top = 6 if is_year else 26
        add(
            grid,
            "line",
            x1=x,
            x2=x,
            y1=top,
            y2=bottom,
            class_=kind,
            stroke="currentColor",
            stroke_opacity=opacity,
        )
        if number == axis.months:
            break
        if is_year or number == 0:
            add(grid, "text", str(year), x=x + 4, y=18, class_="gantt-year-label", font_weight="600")
        add(grid, "text", f"Q{month // 3 + 1}", x=x + 4, y=36, class_="gantt-quarter-label", font_size="11")


def _row(svg: ET.Element, axis: _Axis, row: GanttRow, top: int, prefix: str) -> None:
    """Name with status above, bar with milestones below. All names start at the left: a narrow screen shows
    them without scrolling."""
    group = add(svg, "g", class_=f"gantt-row gantt-{row.state}")
    left = axis.x(row.begin) if row.begin else PAD
    right = axis.x(row.end) if row.end else axis.width - PAD
    mark = wording.mark(row.status)
    words = f" – {wording.state_word(row.state)}"
    if row.state == "running":
        words = f"{words}, {mark.word}"
    if not (row.begin or row.end):
        words = _("%(words)s (no dates stated)") % {"words": words}
    if row.state == "running":
        marks.status(group, mark.code, PAD, top + 3)
    add(
        group, "line", x1=PAD, x2=axis.width - PAD, y1=top - 4, y2=top - 4,
        class_="gantt-line", stroke="currentColor", stroke_opacity="0.15",
    )  # fmt: skip
    label = _link(group, row)
    x = PAD + (18 if row.state == "running" else 0)
    _say(add(label, "text", x=x, y=top + 14, class_="gantt-label"), row.title, words)
    if row.begin or row.end:
        bar = add(
            group, "rect", x=left, y=top + 21, width=max(4.0, round(right - left, 1)), height=BAR, rx=3,
            class_=_bar_class(row), fill=f"url(#{prefix}-{row.state})", stroke="currentColor",
        )  # fmt: skip
        if not (row.start and row.end):
            bar.set("stroke-dasharray", "5 3")
        add(bar, "title", f"{row.title}: {_span(row)}")
    for item in sorted(row.milestones, key=wording.milestone_order):
        due = wording.parse_due(item.due)
        if due:
            told = f"{item.label}: {wording.due_text(item.due)}, {wording.milestone_word(item)}"
            marks.milestone(
                group, wording.milestone_state(item), axis.x(due.latest), top + 21 + BAR / 2, told
            )


def _say(line: ET.Element, title: str, words: str) -> None:
    """A title of the county and what the drawing says about it; the title is marked where the drawing speaks
    another language."""
    if in_german() and title:
        add(line, "tspan", title, lang=COUNTY_LANGUAGE).tail = words
    else:
        line.text = title + words


def _bar_class(row: GanttRow) -> str:
    return f"gantt-bar gantt-bar-{wording.mark(row.status).code}" if row.state == "running" else "gantt-bar"


def _link(parent: ET.Element, row: GanttRow) -> ET.Element:
    """A link where the address is one of the web, else a plain group."""
    if urlsplit(row.url).scheme not in ("", "http", "https") or not row.url:
        return add(parent, "g")
    return add(parent, "a", href=row.url, class_="gantt-link")


def _today(svg: ET.Element, axis: _Axis, today: date, bottom: int) -> None:
    x = axis.x(today)
    line = add(svg, "g", class_="gantt-today")
    add(
        line,
        "line",
        x1=x,
        x2=x,
        y1=22,
        y2=bottom,
        stroke="currentColor",
        stroke_width=2,
        stroke_dasharray="2 4",
    )
    end = x > axis.width - 110
    words = _("Today, %(day)s") % {"day": wording.day_text(today)}
    add(
        line,
        "text",
        words,
        x=x - 4 if end else x + 4,
        y=bottom + 10,
        text_anchor="end" if end else "start",
        font_size="11",
    )


def _span(row: GanttRow) -> str:
    start = _start(row) or _("start not stated")
    end = wording.day_text(row.end) or _("end not fixed")
    return f"{start} – {end}"


def _start(row: GanttRow) -> str:
    if row.start or not row.planned_start:
        return wording.day_text(row.start)
    planned = row.planned_start
    return _("planned: %(start)s") % {"start": planned if len(planned) == 4 else wording.due_text(planned)}


def _columns() -> tuple[str, ...]:
    return (
        _("Project"), _("Field of action"), _("State"), _("Status"), _("Project start"), _("Project end"),
        _("Milestones"),
    )  # fmt: skip


def _table_row(row: GanttRow) -> tuple[str, ...]:
    told = [
        f"{item.label}: {wording.due_text(item.due)} ({wording.milestone_word(item)})"
        for item in sorted(row.milestones, key=wording.milestone_order)
    ]
    status = wording.mark(row.status).word if row.state == "running" else "–"
    unknown = _("not stated")
    return (
        row.title, row.field, wording.state_word(row.state), status, _start(row) or unknown,
        wording.day_text(row.end) or unknown, "; ".join(told) or "–",
    )  # fmt: skip
