"""Small tables of the public pages: on a phone each row becomes a card, like every data table."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from wurt.core.web import format as formats
from wurt.core.web.tables import Cell, Column, DataTable
from wurt.core.web.text import german
from wurt.modules.agenda.queries.public_months import MonthLine, MonthList, MonthPage
from wurt.modules.agenda.queries.public_published import ReportRow
from wurt.modules.agenda.queries.public_strategy import BodyPage


def _status(status: str | None) -> Cell:
    return Cell(status=status or "none")  # type: ignore[arg-type]


def _progress(has_progress: bool) -> str:
    return _("yes") if has_progress else _("none reported")


def history_table(rows: Iterable[ReportRow], slug: str, caption: str) -> DataTable:
    """A project month by month."""
    return DataTable(
        caption=caption,
        caption_hidden=True,
        columns=[Column(_("Month")), Column(_("Status")), Column(_("Progress"))],
        rows=[
            (
                Cell(
                    formats.month_name(row.month),
                    url=f"{reverse('agenda:month', args=[row.month])}#{slug}",
                ),
                _status(row.status),
                _progress(row.has_progress),
            )
            for row in rows
        ],
    )


def sections_table(page: MonthPage) -> DataTable:
    """The projects of a report with their status; each leads to its section."""
    facts = [section.fact for section in page.sections]
    return DataTable(
        caption=_("Projects of this report with their status"),
        caption_hidden=True,
        columns=[Column(_("Project")), Column(_("Status")), Column(_("Progress"))],
        rows=[
            (
                Cell(german(fact.profile.short_title or fact.profile.title), url=f"#{fact.profile.key}"),
                _status(fact.status),
                _progress(fact.has_progress),
            )
            for fact in facts
        ],
    )


def months_table(page: MonthList) -> DataTable:
    """The published months."""
    return DataTable(
        caption=_("Published months with the number of reports by status"),
        caption_hidden=True,
        columns=[
            Column(_("Month")),
            Column(_("Reports"), numeric=True),
            Column(_("With progress"), numeric=True),
            Column(_("Status")),
            Column(_("Published")),
            Column(_("Download")),
        ],
        rows=[_month(line) for line in page.lines],
    )


def _month(line: MonthLine) -> tuple[object, ...]:
    month = line.edition.month
    published = formats.day(line.edition.published_at)
    if line.edition.number > 1:
        corrected = _("version %(number)s, corrected") % {"number": line.edition.number}
        published = f"{published}, {corrected}"
    return (
        Cell(formats.month_name(month), url=reverse("agenda:month", args=[month])),
        line.reports,
        line.progress,
        render_to_string("agenda/parts/status_counts.html", {"line": line}),
        published,
        render_to_string("agenda/parts/month_pdf.html", {"month": month}),
    )


def seats_table(page: BodyPage) -> DataTable:
    """The members of a body; a name only with consent."""
    return DataTable(
        caption=_("Members by partner and function"),
        caption_hidden=True,
        columns=[Column(_("Partner")), Column(_("Function")), Column(_("Name"))],
        rows=[
            (Cell(seat.organisation, url=seat.website), german(seat.function), seat.name)
            for seat in page.seats
        ],
    )
