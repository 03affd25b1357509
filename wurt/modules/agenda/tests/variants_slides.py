"""Invented status reports as slides: tables, text boxes, groups, chevrons, lights."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from wurt.modules.agenda.tests.variants import GREY, HEIGHT, LAMPS, WIDTH, Project, Report, Wording


def box(
    slide: Any,
    x: float,
    y: float,
    wide: float,
    high: float,
    paragraphs: Sequence[str],
    size: float = 11,
    bold: bool = False,
) -> Any:
    shape = slide.shapes.add_textbox(Pt(x), Pt(y), Pt(wide), Pt(high))
    frame = shape.text_frame
    frame.word_wrap = True
    for n, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), bold
    return shape


def pptx(path: Path, report: Report, *, table: bool = True, alternate: bool = False) -> Path:
    """Slides: a divider, a profile and a status slide for each project."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    w = report.wording
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Zusammenfassung Projektstatusbericht"
    box(slide, 40, 120, 400, 30, [report.intro])
    box(slide, 40, 160, 400, 30, [report.sentence])
    box(
        slide, 40, 220, 400, 200, ["Fortschritte in den Projekten:", *(f"• {name}" for name in report.listed)]
    )
    box(
        slide,
        500,
        200,
        300,
        60,
        [
            f"{n} {label}"
            for n, label in zip(report.counts, ("abgeschlossene", "aktuelle", "künftige"), strict=True)
        ],
    )
    for project in report.projects:
        for second in (False, True):
            slide = deck.slides.add_slide(deck.slide_layouts[5])
            slide.shapes.title.text = f"{w.title}{project.title}"
            slide_header(slide, project, report, table)
            if second:
                box(slide, 40, 200, 850, 20, [w.progress], bold=True)
                box(slide, 40, 222, 850, 60, [project.progress or ""])
                box(slide, 40, 300, 850, 100, [w.state, *(project.state or "").split("\n\n")])
                for n, sentence in enumerate(w.legend):
                    box(slide, 60 + n * 300, 470, 240, 40, [sentence], 8)
            else:
                slide_profile(slide, project, w, alternate)
    deck.save(str(path))
    return path


def slide_header(slide: Any, project: Project, report: Report, table: bool) -> None:
    w = report.wording
    rows = [
        (w.lead, f"{project.person}{w.separator}{project.organisation}", w.start, project.start),
        (w.month, report.month, w.end, project.end),
        (w.partners, ", ".join(project.partners), w.status, project.status or ""),
        (w.stakeholders, ", ".join(project.stakeholders), "", ""),
    ]
    if table:
        grid = slide.shapes.add_table(4, 4, Pt(40), Pt(90), Pt(800), Pt(100)).table
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                grid.cell(i, j).text = text
    else:
        for i, row in enumerate(rows):
            for j, x in enumerate((40, 200, 520, 640)):
                if row[j]:
                    box(slide, x, 90 + i * 26, 150 if j != 1 else 310, 22, [row[j]], 9)
    if project.lamp:
        for index, (name, rgb) in enumerate(LAMPS.items()):
            lamp = slide.shapes.add_shape(MSO_SHAPE.OVAL, Pt(850 + index * 24), Pt(142), Pt(18), Pt(18))
            lamp.fill.solid()
            shade = rgb if project.lamp in (name, "all") else GREY
            lamp.fill.fore_color.rgb = RGBColor(*(round(255 * part) for part in shade))


def slide_profile(slide: Any, project: Project, w: Wording, alternate: bool) -> None:
    box(slide, 40, 200, 150, 20, [w.goal], bold=True)
    box(slide, 200, 200, 700, 20, [project.goal])
    box(slide, 40, 230, 850, 60, [w.content, project.content])
    box(slide, 40, 320, 500, 80, [w.risks, *(f"• {risk}" for risk in project.risks)], 10)
    if not project.milestones:
        return
    box(slide, 40, 440, 150, 40, [w.milestones], bold=True)
    step = 640 / len(project.milestones)
    for index, (label, due) in enumerate(project.milestones):
        x = 240 + step * index
        box(slide, x, 455, step * 0.9, 18, [due], 9)
        box(slide, x, 425 if alternate and index % 2 else 478, step * 0.9, 30, [label], 9)


def chevrons(path: Path, *, together: bool) -> Path:
    """One slide: a body placeholder, a group of chevrons with dates, labels in them or below them."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Mobile Bücherei"
    body = slide.placeholders[1]
    body.left, body.top, body.width, body.height = Pt(500), Pt(250), Pt(400), Pt(120)
    body.text_frame.text = "Risiken"
    for risk in ("Fahrermangel", "Teurer Diesel"):
        body.text_frame.add_paragraph().text = risk
    box(
        slide,
        40,
        100,
        400,
        60,
        [
            "Projektleitung: Eva Maß – Stadt Buchen",
            "Berichtsmonat: Mai 2025",
            "Laufzeit: 01.01.2024 – 31.12.2026",
        ],
    )
    box(slide, 40, 200, 400, 20, ["Ziel"])
    box(slide, 40, 225, 400, 30, ["Bücher in jedes Dorf bringen."])
    box(slide, 40, 420, 130, 30, ["Meilensteine"])
    group = slide.shapes.add_group_shape()
    for index, (label, due) in enumerate(
        [("Kauf des Busses", "Q1 25"), ("Umbau", "Q2 25"), ("Abschluss", "Sep 25")]
    ):
        shape = group.shapes.add_shape(MSO_SHAPE.CHEVRON, Pt(180 + index * 200), Pt(420), Pt(190), Pt(40))
        shape.text_frame.text = due
        if together:
            shape.text_frame.add_paragraph().text = label
        else:
            group.shapes.add_textbox(Pt(180 + index * 200), Pt(465), Pt(190), Pt(40)).text_frame.text = label
    deck.save(str(path))
    return path
