"""The figures of a year as tables on pages and as a file."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wurt.core.moderation.figures import Row, Table, Year
from wurt.core.moderation.tally import SMALLEST
from wurt.core.web.csvfile import Cell, csv_response
from wurt.core.web.tables import Column, DataTable


def hidden_word() -> str:
    """What stands where a small count is hidden."""
    return _("hidden (fewer than %(number)d, or it would tell one)") % {"number": SMALLEST}


def parts(year: Year) -> list[tuple[str, Table]]:
    """The tables of a year with their titles."""
    return [
        (_("Notices by reason"), year.notices),
        (_("Decisions by measure"), year.measures),
        (_("Decisions by how they began"), year.origins),
        (_("Complaints and their outcome"), year.complaints),
        (_("Programs that took part"), year.machines),
        (_("Misuse of notices"), year.misuse),
    ]


def year_tables(year: Year) -> list[DataTable]:
    """For pages; the desk's have a column for each month."""
    return [_table(title, table, months=not year.is_public) for title, table in parts(year)]


def _table(title: str, table: Table, *, months: bool) -> DataTable:
    columns = [Column(title), Column(_("whole year"), numeric=True)]
    if months:
        columns += [Column(f"{number:02}", numeric=True) for number in range(1, 13)]
    rows = [_row(row, months=months) for row in table.rows]
    # What is complained and how it ended are two sums, so one total of both would mean nothing.
    return DataTable(caption=title, columns=columns, rows=rows)


def _row(row: Row, *, months: bool) -> list[object]:
    count = hidden_word() if row.count is None else row.count
    return [row.label, count, *(row.months if months else ())]


def year_csv(year: Year) -> HttpResponse:
    """One line per figure: table, figure, whole year, months."""
    columns = [
        _("Table"),
        _("What is counted"),
        _("whole year"),
        *(f"{year.year}-{number:02}" for number in range(1, 13)),
    ]
    shown = columns if not year.is_public else columns[:3]
    return csv_response(f"moderation-{year.year}", shown, _lines(year))


def _lines(year: Year) -> Iterator[list[Cell]]:
    for title, table in parts(year):
        for row in table.rows:
            yield [title, row.label, hidden_word() if row.count is None else row.count, *row.months]
    for label, days in (
        (_("Median time to a decision, in days"), year.days_to_decide),
        (_("Median time to a decision about a complaint, in days"), year.days_to_reconsider),
    ):
        yield [_("Times"), label, days]
    dismissed = hidden_word() if year.dismissed is None else year.dismissed
    yield [_("Automatic messages"), _("dismissed without a decision"), dismissed]
