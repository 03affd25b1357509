"""Tables of the public pages, for the eye (DataTable) and as open data (columns and rows)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from wurt.core.web import format as formats
from wurt.core.web.tables import Cell, Column, DataTable, Export
from wurt.core.web.text import german, said
from wurt.modules.agenda.domain.snapshot import MilestoneFact
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.gantt import GanttChart, GanttRow, gantt
from wurt.modules.agenda.exports.tables import Cell as Value
from wurt.modules.agenda.queries.public_milestones import MilestoneLine, MilestonePage, Timeline
from wurt.modules.agenda.queries.public_months import MonthList
from wurt.modules.agenda.queries.public_overview import ProjectList
from wurt.modules.agenda.queries.public_strategy import GoalFact, OrganisationFact
from wurt.modules.agenda.views.public_show import capital, kind_word, query, state_word, status_word

Rows = tuple[list[str], list[Sequence[Value]]]


def sign(example: bool) -> str:
    """The mark of invented data."""
    return wording.EXAMPLE if example else ""


def projects_rows(page: ProjectList) -> Rows:
    """The table behind the overview."""
    columns = [
        _("Key"), _("Project"), _("Field of action"), _("State"), _("Status"), _("Reported in"),
        _("Project start"), _("Project end"), _("Lead organisation"), _("Partners"), _("Place"),
        _("Goal"), _("Marked as"),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        (
            card.slug, card.title, card.field, state_word(card.state),
            status_word(card.status) if card.reported else "", card.reported, card.start, card.end,
            card.lead_organisation, ", ".join(card.partners), card.place, card.goal, sign(card.example),
        )
        for card in page.cards
    ]  # fmt: skip
    return columns, rows


def months_rows(page: MonthList) -> Rows:
    """The list of months as a table."""
    columns = [
        _("Month"), _("Version"), _("Published at"), _("Reports"), _("With progress"),
        pgettext("status", "green"), pgettext("status", "yellow"), pgettext("status", "red"),
        _("not stated"), "SHA-256", _("Marked as"),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        (
            line.edition.month, line.edition.number, line.edition.published_at.isoformat(), line.reports,
            line.progress, line.green, line.yellow, line.red, line.none, line.edition.digest,
            sign(line.edition.example or page.agenda.example),
        )
        for line in page.lines
    ]  # fmt: skip
    return columns, rows


def _state_of(line: MilestoneLine) -> str:
    if line.kind == "done" and line.fact.done_on:
        return _("reached on %(day)s") % {"day": formats.day(line.fact.done_on)}
    return kind_word(line.kind)


def _done(day: date | None) -> str:
    return _("done on %(day)s") % {"day": formats.day(day)} if day else _("done")


def milestone_table(page: MilestonePage) -> SafeString:
    """The milestones that pass the filter, drawn once for the same milestones."""
    return _milestone_table(page.lines, get_language() or "")


@lru_cache(maxsize=64)
def _milestone_table(lines: tuple[MilestoneLine, ...], language: str) -> SafeString:
    columns = (_("Milestone"), _("Due"), _("State"), _("Moved"), _("Project"))
    table = DataTable(
        caption=_("Milestones"),
        caption_hidden=True,
        columns=[Column(label) for label in columns],
        rows=[
            (
                german(line.fact.label),
                formats.due(line.fact.due),
                capital(_state_of(line)),
                wording.shift_text(line.fact.shifts),
                Cell(german(line.project.name), url=reverse("agenda:project", args=[line.project.slug])),
            )
            for line in lines
        ],
        empty=_("No milestone fits this choice. Remove a filter to see more."),
    )
    return render_to_string("agenda/parts/table.html", {"table": table})


def milestones_rows(page: MilestonePage) -> Rows:
    """The milestones as open data. ``Due`` keeps the exactness of the source (2024-05, 2024-Q3)."""
    columns = [
        _("Key"), _("Project"), _("Milestone"), _("Due"), _("State"), _("Done on"), _("Moved"),
        _("Times moved"), _("Marked as"),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        (
            line.project.slug, line.project.title, line.fact.label, line.fact.due, kind_word(line.kind),
            line.fact.done_on, wording.shift_text(line.fact.shifts), len(line.fact.shifts),
            sign(line.project.example),
        )
        for line in page.lines
    ]  # fmt: skip
    return columns, rows


def timeline_chart(page: Timeline, day: date, language: str = "de") -> GanttChart:
    """The drawing and the rows of its table, drawn once for the same projects, day and language."""
    rows = tuple(
        GanttRow(
            title=row.project.name,
            url=reverse("agenda:project", args=[row.project.slug]),
            field=row.project.field,
            state=row.project.state,  # type: ignore[arg-type]
            status=row.project.status,  # type: ignore[arg-type]
            start=row.project.start,
            end=row.project.end,
            milestones=row.milestones,
            example=row.project.example,
            planned_start=row.project.planned_start,
        )
        for row in page.rows
    )
    return _chart(rows, day, language)


@lru_cache(maxsize=32)
def _chart(rows: tuple[GanttRow, ...], day: date, language: str) -> GanttChart:
    with override(language):
        return gantt(rows, today=day, title=_("Timeline of the projects"), language=language)


def timeline_table(page: Timeline, chart: GanttChart) -> SafeString:
    """The same as the drawing, in words; the project is a link."""
    about = tuple(
        (row.project.name, reverse("agenda:project", args=[row.project.slug]), row.milestones)
        for row in page.rows
    )
    return _timeline_table(chart.columns, chart.rows, about, page.field, get_language() or "")


def _told(milestones: Sequence[MilestoneFact]) -> str:
    """Milestones in one line, as the drawing orders them."""
    lines = [
        said(
            "%(label)s: %(due)s (%(word)s)",
            label=german(item.label),
            due=formats.due(item.due) if item.due else wording.due_text(None),
            word=_done(item.done_on) if item.done else wording.milestone_word(item),
        )
        for item in sorted(milestones, key=wording.milestone_order)
    ]
    return format_html_join("; ", "{}", ((line,) for line in lines)) or "–"


@lru_cache(maxsize=32)
def _timeline_table(
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    about: tuple[tuple[str, str, tuple[MilestoneFact, ...]], ...],
    field: str,
    language: str,
) -> SafeString:
    known = {name: (url, _told(milestones)) for name, url, milestones in about}
    csv = reverse("agenda:timeline_csv") + (query([("feld", field)]) if field else "")
    table = DataTable(
        caption=_("The timeline as a table"),
        columns=[Column(label) for label in columns],
        rows=[
            (
                Cell(german(row[0]), url=known.get(row[0], ("", ""))[0]),
                german(row[1]),
                *row[2:-1],
                known.get(row[0], ("", row[-1]))[1],
            )
            for row in rows
        ],
        exports=(Export("CSV", csv),),
        empty=_("No project has a date yet."),
    )
    return render_to_string("agenda/parts/table.html", {"table": table})


def goals_rows(goals: Sequence[GoalFact], example: bool) -> Rows:
    """The goals, each with the keys of its projects."""
    columns = [_("Key"), _("Goal"), _("Text"), _("Projects"), _("Marked as")]
    rows: list[Sequence[Value]] = [
        (goal.slug, goal.title, goal.text, ", ".join(link.slug for link in goal.projects), sign(example))
        for goal in goals
    ]
    return columns, rows


def organisations_rows(found: Sequence[OrganisationFact]) -> Rows:
    """The organisations of the agenda."""
    columns = [_("Key"), _("Name"), _("Kind"), _("Place"), _("Website"), _("Partner"), _("Marked as")]
    rows: list[Sequence[Value]] = [
        (one.slug, one.name, one.kind, one.place, one.website, one.partner, sign(one.example))
        for one in found
    ]
    return columns, rows
