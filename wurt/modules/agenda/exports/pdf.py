"""PDF of a month, of profiles, of a strategy document: PDF/UA-1, tagged, the same bytes for the same facts.

Typst lets pass what an office must not hand out (a table without header cells, a missing font), so every
warning of the compiler is an error here, fonts come from one folder only, and :mod:`pdf_lint` checks the
result in the tests.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.domain.snapshot import MonthFact, ProfileFact, ReportFact
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.document import document_data
from wurt.modules.agenda.exports.pdf_data import Imprint, month_data, profiles_data

TEMPLATES = Path(__file__).parent / "typst"
FONT_FAMILY = "Fira Sans"

_MISSING_GLYPH = re.compile(r"the text `(\".*?\")` could not be displayed", re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MAX_REPLACED = 40


def month_pdf(
    month: MonthFact, *, names: Mapping[str, str], fonts: Path, reports: Collection[str] | None = None
) -> bytes:
    """The report of a month: one summary page, then one or two pages per project.

    ``names`` maps public ids of consenting people to their names. ``fonts`` is a folder of TTF files.
    ``reports`` limits the project pages to these project keys; None means all. Raises :class:`RuleBroken`
    (``agenda.fonts_missing``, ``agenda.pdf_failed``).
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


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> Any:
    if not any(folder.glob("*.ttf")):
        raise RuleBroken(
            "agenda.fonts_missing", f"No fonts for PDF in {folder}. Run `make setup`, which makes them."
        )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
    if FONT_FAMILY not in fonts.families():
        raise RuleBroken(
            "agenda.fonts_missing", f"{folder} holds no {FONT_FAMILY}. Run `make setup`, which makes it."
        )
    return fonts


def _compile(template: str, data: dict[str, Any], fonts: Path, when: datetime) -> bytes:
    """Compile, and write out characters that no font has as ``(U+1F600)`` instead of failing the month."""
    book = _fonts(fonts)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for _attempt in range(_MAX_REPLACED):
        try:
            return _run(template, text, book, when)
        except typst.TypstError as error:
            found = _MISSING_GLYPH.search(error.message)
            if found is None:
                raise RuleBroken(
                    "agenda.pdf_failed", f"{template}: {error.message} {error.diagnostic}"
                ) from error
            text = _spell_out(text, found.group(1))
    raise RuleBroken("agenda.pdf_failed", f"{template}: too many characters that no font has")


def _spell_out(text: str, missing: str) -> str:
    missing = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), missing)
    for character in sorted(set(missing)):
        if ord(character) > 0x7F:
            text = text.replace(character, f"(U+{ord(character):04X})")
    return text


def _run(template: str, text: str, book: Any, when: datetime) -> bytes:
    made, warnings = typst.compile_with_warnings(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=book,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": text},
        pdf_standards=["ua-1"],
        timestamp=int(when.timestamp()),
    )
    if warnings:
        raise RuleBroken(
            "agenda.pdf_failed", f"{template}: " + "; ".join(warning.message for warning in warnings)
        )
    if not isinstance(made, bytes):
        raise RuleBroken("agenda.pdf_failed", f"{template}: the compiler gave no document")
    return made
