"""Invented status reports as a word processor lays them out: tables that flow over A4 pages."""

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from wurt.modules.agenda.tests.variants import Project, Report

STYLES = getSampleStyleSheet()


def pdf_tables(path: Path, report: Report, *, valign: str, bold: bool, colon: str) -> Path:
    """Labels and values as cells of tables, values aligned as ``valign`` says."""
    story: list[Any] = []
    for project in report.projects:
        story += [*_profile(project, report, valign, bold, colon), PageBreak()]
        story.append(Paragraph(f"Projektstatus: {project.title}", STYLES["Heading1"]))
        story += [
            Paragraph("Fortschritt in der Berichtsphase:", STYLES["Heading3"]),
            _text(project.progress or ""),
        ]
        story += [
            Paragraph("Gesamter Sachstand:", STYLES["Heading3"]),
            _text(project.state or ""),
            PageBreak(),
        ]
    SimpleDocTemplate(str(path), pagesize=A4).build(story)
    return path


def _text(text: str) -> Paragraph:
    return Paragraph(text, STYLES["Normal"])


def _profile(project: Project, report: Report, valign: str, bold: bool, colon: str) -> list[Any]:
    def label(text: str) -> Paragraph:
        return _text(f"<b>{text}{colon}</b>" if bold else f"{text}{colon}")

    style = [("VALIGN", (0, 0), (-1, -1), valign)]
    head = [
        [
            label("Projektleitung"),
            _text(f"{project.person} – {project.organisation}"),
            label("Projektstart"),
            _text(project.start),
        ],
        [label("Datum Status"), _text(report.month), label("Projektende"), _text(project.end)],
        [
            label("Beteiligte Kooperationspartner"),
            _text(", ".join(project.partners)),
            label("Gesamtstatus"),
            _text(""),
        ],
        [label("Beteiligte Stakeholder"), _text(", ".join(project.stakeholders)), "", ""],
    ]
    arrow = Table(
        [[_text(due) for _, due in project.milestones], [_text(name) for name, _ in project.milestones]]
    )
    rows = [
        [label("Projektziel"), _text(project.goal)],
        [label("Projektinhalt"), _text(project.content)],
        [
            label("Kritische Punkte, sowie Risiken"),
            [Paragraph(risk, STYLES["Normal"], bulletText="•") for risk in project.risks],
        ],
        [label("Planung nächste Meilensteine"), arrow],
    ]
    title = Paragraph(f"Projektstatus: {project.title}", STYLES["Heading1"])
    return [
        title,
        Table(head, colWidths=[110, 180, 90, 120], style=style),
        Table(rows, colWidths=[110, 390], style=style),
    ]
