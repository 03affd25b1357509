"""Invented status reports as a word processor writes them: one project after the other, without dividers."""

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from wurt.modules.agenda.tests.variants import Project, Report

STYLES = getSampleStyleSheet()
TEXT = STYLES["Normal"]
BOLD = ParagraphStyle("bold", TEXT, fontName="Helvetica-Bold", spaceBefore=5)
TITLE = ParagraphStyle("title", TEXT, fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=10)


def pdf_flow(path: Path, report: Report, *, prefix: str, table: bool) -> Path:
    """A4 pages that break where they are full; ``table``: milestones as a table with heads of columns."""
    story: list[Any] = [Paragraph(f"Statusbericht {report.month}", STYLES["Title"])]
    for project in report.projects:
        story += [Paragraph(f"{prefix}{project.title}", TITLE), *_head(project, report)]
        story += _section("Ziel", project.goal) + _section("Kurzbeschreibung", project.content)
        story += [Paragraph("Risiken", BOLD), *_list(project.risks), Paragraph("Meilensteine", BOLD)]
        story += [_table(project)] if table else _list([f"{due}: {name}" for name, due in project.milestones])
        story += _section("Fortschritt seit dem letzten Bericht", project.progress or "")
        story += _section("Aktueller Stand", project.state or "")
    SimpleDocTemplate(str(path), pagesize=A4).build(story, onFirstPage=_foot, onLaterPages=_foot)
    return path


def _foot(canvas: Canvas, _: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(62, 36, "Landkreis Osterau · Stand 12.02.2025")
    canvas.drawString(490, 36, f"Seite {canvas.getPageNumber()} von 4")


def _head(project: Project, report: Report) -> list[Any]:
    rows = [
        ("Verantwortlich", f"{project.person} ({project.organisation})"),
        ("Stand:", report.month),
        ("Laufzeit:", f"{project.start} – {project.end}"),
        ("Projektpartner", ", ".join(project.partners)),
        ("Beteiligte", ", ".join(project.stakeholders)),
    ]
    cells = [[Paragraph(label, BOLD), Paragraph(value, TEXT)] for label, value in rows]
    return [Table(cells, colWidths=[165, 310])]


def _section(label: str, text: str) -> list[Any]:
    return [Paragraph(label, BOLD), Paragraph(text, TEXT)]


def _list(entries: Any) -> list[Any]:
    return [Paragraph(entry, TEXT, bulletText="•") for entry in entries]


def _table(project: Project) -> Table:
    rows = [[Paragraph(text, BOLD) for text in ("Meilenstein", "Geplant bis", "Erledigt")]]
    for index, (name, due) in enumerate(project.milestones):
        rows.append([Paragraph(text, TEXT) for text in (name, due, "nein" if index else "ja")])
    return Table(rows, colWidths=[300, 90, 85])
