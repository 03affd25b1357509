"""Tables as CSV and a month as JSON, for people with a spreadsheet and for machines.

CSV is UTF-8 **with** byte order mark, separated by semicolons, lines ended by CRLF, decimal comma: what a
German Excel opens by double click, and every other program can be told. Cells that a spreadsheet would
run as a formula get an apostrophe in front. Dates are ISO (2024-05-14), so that they sort.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from wurt.modules.agenda.domain.snapshot import (
    FORMAT,
    MonthFact,
    ProfileFact,
    ReportFact,
    canonical_json,
    digest,
    to_data,
)
from wurt.modules.agenda.exports import wording

Cell = str | int | Decimal | date | bool | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"


def rows_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Any table as CSV. Every row has as many cells as there are columns, else ValueError."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([_cell(column) for column in columns])
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row has {len(row)} cells, the table {len(columns)} columns")
        writer.writerow([_cell(value) for value in row])
    return (BOM + out.getvalue()).encode("utf-8")


def _cell(value: Cell) -> str:
    """Text of a cell. Only text can be a formula; numbers and dates are written by us."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, (int, date)):
        return str(value)
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) or value.startswith(_FORMULA) else value


def _sign(example: bool) -> str:
    return wording.EXAMPLE if example else ""


def projects_csv(profiles: Iterable[ProfileFact], names: Mapping[str, str]) -> bytes:
    """One row per project."""
    with wording.german():
        columns = [
            _("Key"), _("Project"), _("Field of action"), _("State"), _("Project lead"), _("Project start"),
            _("Project end"), _("Cooperation partners"), _("Stakeholders involved"), _("Goal"), _("Content"),
            _("Participation"), _("Marked as"),
        ]  # fmt: skip
        rows = [
            (
                item.key, item.title, item.field, wording.state_word(item.state),
                wording.lead_text(item, names), item.start, item.end, ", ".join(item.partners),
                ", ".join(item.stakeholders), item.goal, item.content,
                item.participation or item.participation_none_reason, _sign(item.example),
            )
            for item in profiles
        ]  # fmt: skip
        return rows_csv(columns, rows)


def reports_csv(months: Iterable[MonthFact]) -> bytes:
    """One row per report and month, several months in one table."""
    with wording.german():
        columns = [
            _("Month"), _("Version"), _("Key"), _("Project"), _("Status"), _("Reason of the status"),
            _("Progress in the reporting period"), _("Overall state"), _("Critical points and risks"),
            _("Next steps"), _("Licence"), _("Marked as"), _("Figures of the month"),
        ]  # fmt: skip
        rows = [
            (
                month.month, month.version, report.profile.key, report.profile.title,
                wording.mark(report.status).word, report.status_reason, report.progress, report.overall_state,
                "; ".join(report.risks), "; ".join(report.next_activities), month.licence,
                _sign(month.example or report.profile.example),
                "; ".join(wording.figure_line(fact, month.month) for fact in report.figures),
            )
            for month in months
            for report in month.reports
        ]  # fmt: skip
        return rows_csv(columns, rows)


def milestones_csv(reports: Iterable[ReportFact]) -> bytes:
    """One row per milestone. ``Due`` keeps the exactness of the source (2024-05, 2024-Q3)."""
    with wording.german():
        columns = [
            _("Key"), _("Project"), _("Milestone"), _("Due"), _("Due at the latest"), _("State"),
            _("Done on"), _("Moved"), _("Times moved"), _("Marked as"),
        ]  # fmt: skip
        states = {"done": _("done"), "overdue": _("overdue"), "open": _("open")}
        rows = [
            (
                report.profile.key, report.profile.title, item.label, item.due, _latest(item.due),
                states[wording.milestone_state(item)], item.done_on, wording.shift_text(item.shifts),
                len(item.shifts), _sign(report.profile.example),
            )
            for report in reports
            for item in sorted(report.milestones, key=wording.milestone_order)
        ]  # fmt: skip
        return rows_csv(columns, rows)


def _latest(due: str | None) -> date | None:
    parts = wording.parse_due(due)
    return parts.latest if parts else None


def decisions_csv(profiles: Iterable[ProfileFact]) -> bytes:
    """One row per political decision."""
    with wording.german():
        columns = [
            _("Key"), _("Project"), _("Political body"), _("Decided on"), _("Reference"),
            _("Decision"), _("Marked as"),
        ]  # fmt: skip
        rows = [
            (item.key, item.title, one.body, one.decided_on, one.reference, one.title, _sign(item.example))
            for item in profiles
            for one in item.decisions
        ]
        return rows_csv(columns, rows)


def costs_csv(profiles: Iterable[ProfileFact]) -> bytes:
    """One row per cost. ``Amount in euros`` is empty where the source gives no number."""
    with wording.german():
        columns = [
            _("Key"), _("Project"), _("Cost"), _("Amount in euros"), _("Kind"), _("Source"), _("Marked as"),
        ]  # fmt: skip
        rows = [
            (item.key, item.title, one.text, one.amount, one.kind, one.source, _sign(item.example))
            for item in profiles
            for one in item.costs
        ]
        return rows_csv(columns, rows)


def month_json(month: MonthFact, *, names: Mapping[str, str] | None = None) -> str:
    """The published month for machines.

    ``facts`` is what was frozen, ``sha256`` the digest of its canonical form (sorted keys, no blanks, UTF-8),
    so that anybody can check it. ``names`` stands outside the digest, because a name can be withdrawn.
    """
    document: dict[str, Any] = {
        "licence": {"name": month.licence, "url": month.licence_url, "attribution": month.county},
        "sha256": digest(canonical_json(month)),
        "facts": {"format": FORMAT, **to_data(month)},
    }
    if names:
        document["names"] = dict(names)
    if month.example:
        document["note"] = wording.EXAMPLE
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
