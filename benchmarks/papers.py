"""PDF and PPTX of a month with 8 reports, and the profiles of all 48 projects."""

import io
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils import translation
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from benchmarks.table import show
from benchmarks.world import month_fact
from wurt.modules.agenda.domain.snapshot import MonthFact
from wurt.modules.agenda.exports.pdf import month_pdf, profiles_pdf
from wurt.modules.agenda.exports.pdf_data import Imprint
from wurt.modules.agenda.exports.slides import month_pptx

FONTS = (
    Path(__file__).resolve().parents[1] / "wurt" / "core" / "web" / "static" / "web" / "dist" / "fonts-ttf"
)


def _peer(month: MonthFact) -> bytes:
    """The same words through reportlab: untagged, no tables, no symbols."""
    style = getSampleStyleSheet()["BodyText"]
    target = io.BytesIO()
    parts = [
        Paragraph(text, style)
        for report in month.reports
        for text in (
            report.profile.title,
            report.profile.goal,
            report.profile.content,
            report.progress or "",
            report.overall_state or "",
            *report.risks,
            *(m.label for m in report.milestones),
        )
    ]
    SimpleDocTemplate(target).build(parts)
    return target.getvalue()


def _timed(job: Callable[[], bytes]) -> tuple[float, int]:
    """Seconds and bytes."""
    start = time.perf_counter()
    size = len(job())
    return time.perf_counter() - start, size


def run() -> None:
    """Measure and print each twice: Typst keeps what it has set; the first time is that of a new month."""
    eight, all48 = month_fact(range(8), date(2024, 4, 1)), month_fact(range(48), date(2024, 4, 1))
    imprint = Imprint(all48.county, all48.agenda, date(2024, 4, 1))
    jobs: dict[str, Callable[[], bytes]] = {
        "words of 8 reports by reportlab (peer)": lambda: _peer(eight),
        "PDF/UA of a month with 8 reports": lambda: month_pdf(eight, names={}, fonts=FONTS),
        "PPTX of a month with 8 reports": lambda: month_pptx(eight, names={}),
        "PDF/UA of a month with 48 reports": lambda: month_pdf(all48, names={}, fonts=FONTS),
        "PDF/UA of 48 profiles": lambda: profiles_pdf(
            [report.profile for report in all48.reports], imprint=imprint, names={}, fonts=FONTS
        ),
    }
    rows, floor = [], 0.0
    with translation.override("de"):
        for name, job in jobs.items():
            first, size = _timed(job)
            again, _same = _timed(job)
            floor = floor or first
            rows.append([name, f"{first:.2f}", f"{first / floor:.1f}×", f"{again:.2f}", f"{size / 1000:.0f}"])
    show("Papers", ["what", "first s", "of peer", "again s", "kB"], rows)
