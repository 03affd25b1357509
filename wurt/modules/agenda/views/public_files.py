"""Files made on request: PDF, slides, JSON and CSV of a month; profiles. Kept per version and names."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import wurt.core.web
from wurt.core.db.clock import today
from wurt.modules.agenda.domain.snapshot import MonthFact, ProfileFact, ReportFact
from wurt.modules.agenda.exports import tables
from wurt.modules.agenda.exports.pdf import month_pdf, profile_pdf, profiles_pdf
from wurt.modules.agenda.exports.pdf_data import Imprint
from wurt.modules.agenda.exports.slides import month_pptx
from wurt.modules.agenda.queries.public_months import MonthPage
from wurt.modules.agenda.queries.public_profiles import Profiles
from wurt.modules.agenda.queries.public_scope import AgendaFact

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FONTS = Path(wurt.core.web.__file__).parent / "static/web/dist/fonts-ttf"

Made = tuple[bytes, str]
Names = tuple[tuple[str, str], ...]


def _names(page: MonthPage) -> Names:
    return tuple(sorted(page.names.items()))


@lru_cache(maxsize=24)
def _month_pdf(month: MonthFact, names: Names) -> bytes:
    return month_pdf(month, names=dict(names), fonts=FONTS)


@lru_cache(maxsize=24)
def _month_pptx(month: MonthFact, names: Names) -> bytes:
    return month_pptx(month, names=dict(names))


def _pdf(page: MonthPage) -> Made:
    return _month_pdf(page.fact, _names(page)), PDF


def _pptx(page: MonthPage) -> Made:
    return _month_pptx(page.fact, _names(page)), PPTX


def _json(page: MonthPage) -> Made:
    return tables.month_json(page.fact, names=page.names).encode(), JSON


def _csv(page: MonthPage) -> Made:
    return tables.reports_csv([page.fact]), CSV


MONTH_FILES: dict[str, Callable[[MonthPage], Made]] = {"pdf": _pdf, "pptx": _pptx, "json": _json, "csv": _csv}


def _imprint(agenda: AgendaFact) -> Imprint:
    return Imprint(agenda.county, agenda.name, today(), agenda.licence)


def profile_file(found: Profiles) -> bytes:
    """The profile of one project as PDF, with its newest report if there is one."""
    return profile_pdf(found.entries[0].content, imprint=_imprint(found.agenda), names={}, fonts=FONTS)


def profiles_file(found: Profiles) -> bytes:
    """All profiles in one PDF."""
    contents: list[ProfileFact | ReportFact] = [entry.content for entry in found.entries]
    return profiles_pdf(contents, imprint=_imprint(found.agenda), names={}, fonts=FONTS)
