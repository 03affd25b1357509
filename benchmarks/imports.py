"""Import of one month's report (8 projects), as PDF and PPTX that our own exports make, and as PDF text
alone.
"""

import tempfile
import time
from datetime import date
from pathlib import Path

import pypdfium2
from django.utils import translation

from benchmarks.papers import FONTS
from benchmarks.table import show
from benchmarks.world import month_fact
from wurt.modules.agenda.exports.pdf import month_pdf
from wurt.modules.agenda.exports.slides import month_pptx
from wurt.modules.agenda.importing import read_files


def _plain(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_bounded()


def run() -> None:
    """Measure and print."""
    month = month_fact(range(8), date(2024, 4, 1))
    with tempfile.TemporaryDirectory() as folder, translation.override("de"):
        slides, paper = Path(folder) / "month.pptx", Path(folder) / "month.pdf"
        slides.write_bytes(month_pptx(month, names={}))
        paper.write_bytes(month_pdf(month, names={}, fonts=FONTS))
        rows, floor = [], 0.0
        for name, job in {
            "plain text of the PDF (peer)": lambda: _plain(paper),
            "import of the PDF": lambda: read_files([paper]),
            "import of the PPTX": lambda: read_files([slides]),
        }.items():
            start = time.perf_counter()
            job()
            took = time.perf_counter() - start
            floor = floor or took
            rows.append([name, f"{took:.2f}", f"{took / floor:.1f}×"])
    show("Import (with the start of the child process)", ["what", "seconds", "of peer"], rows)
