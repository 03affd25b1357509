"""PDF of a month, of profiles, of a strategy document: PDF/UA-1, tagged, the same bytes for the same facts.

Typst lets pass what an office must not hand out, such as a table without header cells: the house's
``typeset`` makes warnings errors, and :mod:`pdf_lint` checks the result in the tests.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from wurt.core.web.typeset import typeset
from wurt.modules.agenda.domain.snapshot import MonthFact, ProfileFact, ReportFact
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.document import document_data
from wurt.modules.agenda.exports.pdf_data import Imprint, month_data, profiles_data

TEMPLATES = Path(__file__).parent / "typst"


def month_pdf(
    month: MonthFact, *, names: Mapping[str, str], fonts: Path, reports: Collection[str] | None = None
) -> bytes:
    """The report of a month: one summary page, then one or two pages per project.

    ``names`` maps public ids of consenting people to their names. ``fonts`` is a folder of TTF files.
    ``reports`` limits the project pages to these project keys; None means all. Raises :class:`RuleBroken`
    (``web.fonts_missing``, ``web.pdf_failed``).
    """
    chosen = [report for report in month.reports if reports is None or report.profile.key in reports]
    with wording.german():
        data = month_data(month, chosen, names)
    return _compile("month.typ", data, fonts, month.published_at or _first_day(month))


def profile_pdf(
    entry: ProfileFact | ReportFact, *, imprint: Imprint, names: Mapping[str, str], fonts: Path
) -> bytes:
    """The profile (Steckbrief) of one project; with status, progress and milestones when given a report."""
    with wording.german():
        data = profiles_data([entry], imprint, names, solo=True)
    return _compile("profiles.typ", data, fonts, _midnight(imprint))


def profiles_pdf(
    entries: Sequence[ProfileFact | ReportFact], *, imprint: Imprint, names: Mapping[str, str], fonts: Path
) -> bytes:
    """All profiles in one document, in the order given, with a table of all projects in front."""
    with wording.german():
        data = profiles_data(entries, imprint, names, solo=False)
    return _compile("profiles.typ", data, fonts, _midnight(imprint))


def document_pdf(
    title: str, text: str, *, version: str, imprint: Imprint, example: bool = False, fonts: Path
) -> bytes:
    """A strategy document from CommonMark with tables; ``imprint.as_of`` is the day of this version."""
    with wording.german():
        data = document_data(title, text, version=version, imprint=imprint, example=example)
    return _compile("document.typ", data, fonts, _midnight(imprint))


def _first_day(month: MonthFact) -> datetime:
    return datetime.fromisoformat(f"{month.month}-01T00:00:00+00:00")


def _midnight(imprint: Imprint) -> datetime:
    return datetime.combine(imprint.as_of, time(), UTC)


def _compile(template: str, data: dict[str, Any], fonts: Path, when: datetime) -> bytes:
    return typeset(TEMPLATES, template, data, when=when, fonts=fonts)
