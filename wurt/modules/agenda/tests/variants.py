"""Invented status reports of invented counties as PDF and text, in several layouts and wordings."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 960.0, 540.0
LAMPS = {"green": (0, 0.62, 0.25), "yellow": (1.0, 0.75, 0.0), "red": (0.85, 0.1, 0.1)}
GREY = (0.8, 0.8, 0.8)


@dataclass
class Project:
    title: str
    person: str = "Ida Behrens"
    organisation: str = "Landkreis Osterau"
    partners: tuple[str, ...] = ("Stadt Nordhausen an der Au", "Gemeinde Tümpelbach")
    stakeholders: tuple[str, ...] = ("Musikschule Osterau e.V.", "Förderverein Auenland")
    start: str = "01.02.2025"
    end: str = "31.03.2027"
    goal: str = "Alle Vereine melden ihre Veranstaltungen an einer einzigen Stelle."
    content: str = (
        "Ein gemeinsamer Kalender führt die Termine aus allen Orten zusammen. Veranstalterinnen und Veranstalter tragen sie einmal ein; "  # noqa: E501
        "die Öffentlichkeit findet sie auf jeder Internetseite der Gemeinden wieder. Große Überraschungen für Gäste gehören dazu."  # noqa: E501
    )
    risks: tuple[str, ...] = (
        "Zu wenige Einträge",
        "Der Dienstleister kann die zugesagte Schnittstelle zu den Internetseiten der Gemeinden nicht rechtzeitig liefern und es entsteht eine Lücke",  # noqa: E501
        "Übergabe an neue Kräfte",
    )
    milestones: tuple[tuple[str, str], ...] = (
        ("Auswahl der Software", "Mai 25"),
        ("Schulung der Redaktion", "Q3 25"),
        ("Start", "Dez 25"),
        ("Abschluss", "2. Quartal 2026"),
    )
    progress: str | None = "Die Ausschreibung ist veröffentlicht. Fünf Anbieter haben sich gemeldet."
    state: str | None = "Das Konzept wurde im Ausschuss vorgestellt. Die Mittel stehen bereit."
    status: str | None = None
    lamp: str | None = None


@dataclass
class Wording:
    """Labels of a county."""

    title: str = "Projektstatus: "
    lead: str = "Projektleitung:"
    month: str = "Datum Status:"
    partners: str = "Beteiligte Kooperationspartner:"
    stakeholders: str = "Beteiligte Stakeholder:"
    start: str = "Projektstart:"
    end: str = "Projektende:"
    status: str = "Gesamtstatus"
    goal: str = "Projektziel:"
    content: str = "Projektinhalt:"
    risks: str = "Kritische Punkte, sowie Risiken:"
    milestones: str = "Planung nächste Meilensteine"
    progress: str = "Fortschritt in der Berichtsphase:"
    state: str = "Gesamter Sachstand:"
    separator: str = " – "
    legend: tuple[str, ...] = (
        "Projektfortschritt entspricht der Planung",
        "Es bestehen leichte Risiken, die durch den Projektverantwortlichen geklärt werden können",
        "Der Gesamterfolg des Projektes ist gefährdet",
    )


OTHER = Wording(
    title="Projekt: ", lead="Projektverantwortliche/r", month="Berichtsmonat", partners="Kooperationspartner", stakeholders="Projektbeteiligte",  # noqa: E501
    start="Projektbeginn", end="Projektende", status="Ampel", goal="Zielsetzung", content="Projektbeschreibung", risks="Herausforderungen",  # noqa: E501
    milestones="Meilensteine", progress="Fortschritt seit dem letzten Bericht", state="Aktueller Stand", separator=", ",  # noqa: E501
    legend=("Projekt läuft planmäßig", "Einzelne Abweichungen vom Zeitplan", "Projekterfolg ist gefährdet"),
)  # fmt: skip


UNTITLED = replace(OTHER, title="")
PLAIN = Wording(
    title="Statusbericht zum Projekt: ", lead="Ansprechperson", month="Stand", partners="Partner", stakeholders="Weitere Akteure",  # noqa: E501
    start="Beginn", end="Ende", status="Ampel", goal="Ziele", content="Kurzbeschreibung", risks="Probleme und Risiken",  # noqa: E501
    milestones="Zeitplan", progress="Fortschritte", state="Sachstand", separator=" | ",
    legend=("Grün: Alles im Plan", "Gelb: Kleinere Abweichungen", "Rot: Projektziel gefährdet"),
)  # fmt: skip


@dataclass
class Report:
    month: str
    projects: list[Project]
    wording: Wording = field(default_factory=Wording)
    sentence: str = "Alle laufenden Projekte befinden sich im Status „grün“."
    intro: str = "Wir freuen uns über den guten Start ins neue Jahr."
    counts: tuple[int, int, int] = (4, 2, 11)
    listed: tuple[str, ...] = ()


def wrap(text: str, width: float, size: float, hyphenate: bool = False) -> list[str]:
    """Lines no wider than ``width`` points; with ``hyphenate`` compound words break after a hyphen."""
    lines: list[str] = []
    current = ""
    words = [
        w
        for word in text.split()
        for w in (word.replace("-", "-\x00").split("\x00") if hyphenate else [word])
    ]
    for word in words:
        joiner = "" if current.endswith("-") and hyphenate else " "
        trial = f"{current}{joiner}{word}" if current else word
        if current and stringWidth(trial, "Helvetica", size) > width:
            lines.append(current)
            current = word
        else:
            current = trial
    return [*lines, current] if current else lines


class Page:
    """Draws on a PDF page with y measured from the top."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, text: str, size: float = 11, bold: bool = False) -> None:
        self.canvas.setFillColor(Color(0, 0, 0))
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y - size, text)

    def block(
        self, x: float, y: float, text: str, width: float, size: float = 11, bold: bool = False
    ) -> float:
        for paragraph in text.split("\n\n"):
            for line in wrap(paragraph, width, size):
                self.text(x, y, line, size, bold)
                y += size * 1.2
            y += size * 0.9
        return y

    def centered(self, x: float, y: float, text: str, width: float, size: float = 10) -> None:
        for line in wrap(text, width, size):
            self.text(x - stringWidth(line, "Helvetica", size) / 2, y, line, size)
            y += size * 1.2

    def bullets(self, x: float, y: float, entries: Sequence[str], width: float, size: float = 11) -> float:
        for entry in entries:
            self.text(x, y, "•", size)
            for line in wrap(entry, width, size):
                self.text(x + 14, y, line, size)
                y += size * 1.2
        return y

    def circle(self, x: float, y: float, radius: float, rgb: tuple[float, float, float]) -> None:
        self.canvas.setFillColor(Color(*rgb))
        self.canvas.circle(x, HEIGHT - y, radius, stroke=0, fill=1)

    def lamps(self, x: float, y: float, lit: str | None) -> None:
        for index, (name, rgb) in enumerate(LAMPS.items()):
            self.circle(x + index * 24, y, 9, rgb if lit in (name, "all") else GREY)


def header(page: Page, project: Project, report: Report, y: float = 60) -> None:
    w = report.wording
    left = [
        (w.lead, f"{project.person}{w.separator}{project.organisation}"),
        (w.month, report.month),
        (w.partners, ", ".join(project.partners)),
        (w.stakeholders, ", ".join(project.stakeholders)),
    ]
    for label, value in left:
        label_lines, value_lines = wrap(label, 140, 10), wrap(value, 250, 10, True)
        for n, line in enumerate(label_lines):
            page.text(40, y + n * 12, line, 10, True)
        for n, line in enumerate(value_lines):
            page.text(200, y + n * 12, line, 10)
        y += max(len(label_lines), len(value_lines)) * 12 + 6
    for n, (label, value) in enumerate([(w.start, project.start), (w.end, project.end)]):
        page.text(520, 60 + n * 20, label, 10, True)
        page.text(640, 60 + n * 20, value, 10)
    page.text(760, 60, w.status, 10, True)
    if project.lamp:
        page.lamps(770, 90, project.lamp)
    if project.status:
        page.text(860, 60, project.status, 10)


def arrow(page: Page, project: Project, top: float, alternate: bool) -> None:
    """The arrow: dates in a row, labels above or below them."""
    count = len(project.milestones)
    step = 640 / max(count, 1)
    for index, (label, due) in enumerate(project.milestones):
        x = 240 + step * (index + 0.5)
        upper = alternate and index % 2 == 1
        page.text(x - stringWidth(due, "Helvetica", 10) / 2, top + 40, due, 10)
        page.centered(x, top if upper else top + 62, label, step * (1.5 if alternate else 0.9))


def pdf(
    path: Path,
    report: Report,
    *,
    body_first: bool = False,
    alternate: bool = False,
    footer: str = "",
    rotate: int = 0,
) -> Path:
    """Two pages a project (profile; status) after a summary page and dividers."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    page = Page(canvas)
    w = report.wording
    draw_summary(page, report)
    canvas.showPage()
    for project in report.projects:
        page.text(300, 200, "Projektstatus", 40)
        page.block(300, 250, project.title, 600, 40)
        canvas.showPage()
        steps: list[Any] = [
            lambda p=project: header(page, p, report),
            lambda p=project: profile(page, p, w, alternate),
        ]
        draw(page, project, w, steps, body_first, footer)
        canvas.showPage()
        steps = [lambda p=project: header(page, p, report), lambda p=project: status_page(page, p, w)]
        draw(page, project, w, steps, body_first, footer)
        canvas.showPage()
    canvas.save()
    return path


def draw(page: Page, project: Project, w: Wording, steps: list[Any], body_first: bool, footer: str) -> None:
    order = list(reversed(steps)) if body_first else steps
    for step in order:
        step()
    page.text(40, 20, f"{w.title}{project.title}", 22)
    if footer:
        page.text(40, 520, footer.format(n=page.canvas.getPageNumber()), 8)


def draw_summary(page: Page, report: Report) -> None:
    page.text(40, 30, "Zusammenfassung Projektstatusbericht", 24)
    page.block(40, 90, report.intro, 400)
    page.block(40, 130, report.sentence, 400)
    page.text(40, 190, "Fortschritte in den Projekten:", 12, True)
    page.bullets(40, 210, report.listed, 400)
    page.text(640, 90, "Anzahl Projekte", 12)
    for n, (number, label) in enumerate(
        zip(report.counts, ("Abgeschlossene", "Aktuelle", "Künftige"), strict=True)
    ):
        page.text(560 + n * 120, 150, str(number), 20)
        page.text(540 + n * 120, 200, label, 10)
    page.text(40, 480, f"Projektstatusbericht {report.month}", 9)


def profile(page: Page, project: Project, w: Wording, alternate: bool) -> None:
    y = 190.0
    for label, text in ((w.goal, project.goal), (w.content, project.content)):
        page.text(40, y, label, 10, True)
        y = page.block(200, y, text, 700, 10) + 6
    page.block(40, y, w.risks, 140, 10, True)
    y = page.bullets(200, y, project.risks, 500, 10) + 14
    if project.milestones:
        page.block(40, y + 30, w.milestones, 140, 10, True)
        arrow(page, project, y, alternate)


def status_page(page: Page, project: Project, w: Wording) -> None:
    y = 190.0
    for label, text in ((w.progress, project.progress), (w.state, project.state)):
        if text is None:
            continue
        page.text(40, y, label, 11, True)
        y = page.block(40, y + 18, text, 850, 11) + 10
    for n, sentence in enumerate(w.legend):
        page.circle(60 + n * 300, 480, 5, list(LAMPS.values())[n])
        page.block(72 + n * 300, 474, sentence, 220, 8)


def one_page_pdf(path: Path, report: Report) -> Path:
    """One page a project: two columns of headings with text below."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    page = Page(canvas)
    w = report.wording
    for project in report.projects:
        page.text(40, 20, f"{w.title}{project.title}", 22)
        header(page, project, report)
        y = page.block(40, 200, w.goal, 400, 11, True) - 9
        y = page.block(40, y, project.goal, 400, 10) + 4
        y = page.block(40, y, w.content, 400, 11, True) - 9
        y = page.block(40, y, project.content, 400, 10) + 4
        y = page.block(40, y, w.risks, 400, 11, True) - 9
        page.bullets(40, y, project.risks, 380, 10)
        y = page.block(500, 200, w.progress, 400, 11, True) - 9
        y = page.block(500, y, project.progress or "", 400, 10) + 4
        y = page.block(500, y, w.state, 400, 11, True) - 9
        y = page.block(500, y, project.state or "", 400, 10) + 4
        y = page.block(500, y, w.milestones, 400, 11, True) - 9
        for label, due in project.milestones:
            page.text(500, y, due, 10)
            page.text(580, y, label, 10)
            y += 16
        canvas.showPage()
    canvas.save()
    return path


def text(report: Report, *, pairs: bool = True) -> str:
    """A text layer dump with form feeds; ``pairs``: every label is followed by its date."""
    w = report.wording
    out = [
        f"Zusammenfassung Projektstatusbericht\n\nFortschritte in den Projekten:\n\n{''.join(f'• {n}' + chr(10) for n in report.listed)}\n{report.sentence}\n"  # noqa: E501
    ]
    for p in report.projects:
        head = [
            f"{w.title}{p.title}\n", f"{w.lead.rstrip(':')}: {p.person}{w.separator}{p.organisation}\n", f"{w.month.rstrip(':')}: {report.month}\n",  # noqa: E501
            f"{w.partners.rstrip(':')}: {', '.join(p.partners)}\n", f"{w.stakeholders.rstrip(':')}: {', '.join(p.stakeholders)}\n",  # noqa: E501
            f"{w.start.rstrip(':')}: {p.start}\n{w.end.rstrip(':')}: {p.end}\n", f"{w.status.rstrip(':')}: {p.status or ''}\n",  # noqa: E501
        ]  # fmt: skip
        marks = "".join(
            f"{label}\n\n{due}\n\n" if pairs else f"{due}\n\n{label}\n\n" for label, due in p.milestones
        )
        risks = "".join(f"• {r}\n" for r in p.risks)
        out.append(
            "\n".join(
                [
                    *head,
                    f"{w.goal.rstrip(':')}: {p.goal}\n",
                    f"{w.content}\n\n{p.content}\n",
                    f"{w.risks}\n\n{risks}",
                    f"{w.milestones}\n\n{marks}",
                ]
            )
        )
        body = [f"{w.progress}\n\n{p.progress or ''}\n", *w.legend, "", f"{w.state}\n\n{p.state or ''}\n"]
        out.append("\n".join([head[0], *body, *head[1:]]))
    return "\f".join(out)
