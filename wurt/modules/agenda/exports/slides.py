"""The slides of a month, in the layout the project group presents from.

Labels are written exactly as in the county's own slides and share a text box with their value, so that our
importer (and everybody's eye) finds them; they are part of the format and therefore not translated.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from pptx.enum.text import MSO_ANCHOR

from wurt.modules.agenda.domain.snapshot import MonthFact, ReportFact
from wurt.modules.agenda.exports import slide_parts as parts
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.blocks import clean
from wurt.modules.agenda.exports.pdf_data import edition
from wurt.modules.agenda.exports.slide_flow import POINTS, Section, pour_columns, stack
from wurt.modules.agenda.exports.slide_marks import (
    LEGEND_TOP,
    MILESTONE_BAND,
    legend,
    milestone_arrow,
    milestone_groups,
)
from wurt.modules.agenda.exports.slide_parts import LEFT, RIGHT, Box
from wurt.modules.agenda.exports.slide_text import Para, fit, items, paragraphs, text_height
from wurt.modules.agenda.exports.symbols import status_png

LANGUAGE = "de-DE"
CONTINUED = "Fortsetzung"
LABEL_LEAD, LABEL_DATE, LABEL_PARTNERS = "Projektleitung:", "Datum Status:", "Beteiligte Kooperationspartner:"
LABEL_START, LABEL_END, LABEL_STAKEHOLDERS = "Projektstart:", "Projektende:", "Beteiligte Stakeholder:"
LABEL_STATUS = "Gesamtstatus:"
LABEL_GOAL, LABEL_CONTENT, LABEL_RISKS = "Projektziel:", "Projektinhalt:", "Kritische Punkte, sowie Risiken:"
LABEL_PROGRESS, LABEL_STATE = "Fortschritt in der Berichtsphase:", "Gesamter Sachstand:"
LABEL_NEXT = "Nächste Schritte:"
PROFILE_SLIDE, STATUS_SLIDE = "Ziel und Inhalt", "Fortschritt und Sachstand"

BODY_TOP, BODY_BOTTOM = 1.3, 6.85
HEADER_COLUMNS = ((LEFT + 0.15, 5.9), (LEFT + 6.35, 3.75))
STATUS_LEFT, STATUS_WIDTH = RIGHT - 1.75, 1.65
TITLE_SIZES = (26, 24, 22, 20, 18, 16, 14, 12)


def month_pptx(month: MonthFact, *, names: Mapping[str, str]) -> bytes:
    """Title, summary, then two slides per project (more where the text is long). Same facts, same bytes.

    ``names`` maps public ids of consenting people to their names.
    """
    with wording.german():
        builder = _Builder(month, names)
        builder.title_slide()
        builder.summary_slide()
        for report in month.reports:
            builder.project(report)
        return builder.finish()


class _Builder:
    """One presentation in the making."""

    def __init__(self, month: MonthFact, names: Mapping[str, str]) -> None:
        self.month, self.names = month, names
        self.deck = parts.new_presentation()
        self.heading = f"Projektstatusbericht {wording.month_name(month.month)}"
        self.foot = " · ".join(part for part in (month.county, month.agenda, self.heading) if part)

    def _slide(self, title: str, above: str = "") -> Any:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[1])
        width, height = parts.TITLE_BOX[2] * POINTS, parts.TITLE_BOX[3] * POINTS - (18 if above else 0)
        size, _head, _tail = fit([Para(title, bold=True)], width, height, TITLE_SIZES)
        parts.set_title(slide.shapes.title, title, size, above=above)
        self._example(slide)
        return slide

    def _example(self, slide: Any) -> None:
        if self.month.example:
            left, top, width, height = parts.MARKER_BOX
            parts.decorate(parts.panel(slide, "Feld", parts.MARKER_BOX, fill=parts.MARKER))
            box = (left, top, width, height)
            line = [Para(wording.EXAMPLE, bold=True)]
            parts.text_box(
                slide, wording.EXAMPLE, box, line, 14, centre=True, anchor=MSO_ANCHOR.MIDDLE, gap=0
            )

    def title_slide(self) -> None:
        """County, month, version."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[0])
        parts.set_title(slide.shapes.title, self.heading, 44, white=True)
        subtitle = slide.placeholders[1]
        line = f"{self.month.county} · {self.month.agenda}"
        parts.set_title(subtitle, line, 24, below=edition(self.month), white=True)
        self._example(slide)
        parts.add_footers(slide, self.foot, parts.WHITE)

    def summary_slide(self) -> None:
        """Introduction, status sentence, progress list, counts, started and ended."""
        month = self.month
        slide = self._slide("Zusammenfassung Projektstatusbericht")
        sections = [_section("Fortschritte in den Projekten:", items(month.progress_projects))]
        if month.started_projects:
            sections.append(_section("Im Berichtsmonat begonnen:", items(month.started_projects)))
        if month.ended_projects:
            sections.append(_section("Im Berichtsmonat beendet:", items(month.ended_projects)))
        left: Box = (LEFT, BODY_TOP, 6.6, BODY_BOTTOM - BODY_TOP)
        opening = paragraphs(month.intro) + paragraphs(month.status_sentence)
        rest: list[Section] = []
        if opening:
            size, head, tail = fit(opening, left[2] * POINTS, 1.9 * POINTS)
            height = text_height(head, size, left[2] * POINTS) / POINTS
            parts.text_box(slide, "Einleitung", (left[0], left[1], left[2], height), head, size)
            left = (left[0], left[1] + height + 0.1, left[2], left[3] - height - 0.1)
            rest = [_section("Einleitung:", tail)] if tail else []
        rest += stack(slide, sections, left)
        self._counts(slide)
        if month.correction_note:
            rest += stack(
                slide,
                [_section("Berichtigung:", paragraphs(month.correction_note))],
                (7.6, 3.6, RIGHT - 7.6, 2.6),
            )
        parts.add_footers(slide, self.foot)
        self._continue("Zusammenfassung Projektstatusbericht", rest)

    def _counts(self, slide: Any) -> None:
        counts = self.month.counts
        cards = [
            (counts.completed, "Abgeschlossene"),
            (counts.running, "Aktuelle"),
            (counts.planned, "Künftige"),
        ]
        if counts.stopped:
            cards.append((counts.stopped, "Eingestellte"))
        left, width = 7.6, (RIGHT - 7.6 + 0.12) / len(cards)
        parts.text_box(
            slide,
            "Anzahl Projekte",
            (left, BODY_TOP, RIGHT - left, 0.35),
            [Para("", label="Anzahl Projekte")],
            16,
        )
        for number, (value, word) in enumerate(cards):
            box: Box = (left + number * width, BODY_TOP + 0.45, width - 0.12, 1.45)
            parts.decorate(parts.panel(slide, f"Feld {word}", box))
            inner: Box = (box[0], box[1] + 0.18, box[2], 0.7)
            parts.text_box(
                slide,
                f"Anzahl {word}",
                inner,
                [Para(str(value), bold=True)],
                36,
                centre=True,
                colour=parts.ACCENT,
                gap=0,
            )
            below: Box = (box[0], box[1] + 0.95, box[2], 0.3)
            parts.text_box(slide, word, below, [Para(word)], 14, centre=True, gap=0)

    def project(self, report: ReportFact) -> None:
        """Profile slide and status slide, each followed by what did not fit."""
        title = f"Projektstatus: {clean(report.profile.title)}"
        slide = self._slide(title, PROFILE_SLIDE)
        top, rest = self._header(slide, report)
        upcoming = sorted((m for m in report.milestones if not m.done), key=wording.milestone_order)
        groups = milestone_groups(upcoming)
        bottom = BODY_BOTTOM - (MILESTONE_BAND + 0.1 if groups else 0)
        rest += stack(slide, _profile_sections(report), (LEFT, top, 7.6, bottom - top))
        right: Box = (LEFT + 8.0, top, RIGHT - LEFT - 8.0, bottom - top)
        rest += stack(slide, _risk_sections(report), right)
        if groups:
            milestone_arrow(slide, groups[0], BODY_BOTTOM - MILESTONE_BAND)
        parts.add_footers(slide, self.foot)
        for number, first in enumerate(range(1, len(groups), 2), 1):
            further = self._slide(title, f"{CONTINUED} des Zeitstrahls {number}")
            for top, group in zip((1.9, 4.3), groups[first : first + 2], strict=False):
                milestone_arrow(further, group, top)
            parts.add_footers(further, self.foot)
        self._continue(title, rest, PROFILE_SLIDE)
        self._status_slide(report, title)

    def _status_slide(self, report: ReportFact, title: str) -> None:
        slide = self._slide(title, STATUS_SLIDE)
        top, _rest = self._header(slide, report)
        left: Box = (LEFT, top, 5.7, LEGEND_TOP - 0.1 - top)
        right: Box = (LEFT + 6.1, top, RIGHT - LEFT - 6.1, LEGEND_TOP - 0.1 - top)
        progress = _progress_sections(report, self.month.month)
        state = (
            [] if report.overall_state is None else [_section(LABEL_STATE, paragraphs(report.overall_state))]
        )
        if progress and state:
            rest = stack(slide, progress, left) + stack(slide, state, right)
        else:
            wide: Box = (LEFT, top, RIGHT - LEFT, left[3])
            rest = stack(slide, progress or state, wide)
        legend(slide)
        parts.add_footers(slide, self.foot)
        self._continue(title, rest, STATUS_SLIDE)

    def _header(self, slide: Any, report: ReportFact) -> tuple[float, list[Section]]:
        """The header block; gives back where the body begins and what did not fit."""
        columns = _header_columns(report, wording.month_name(self.month.month), self.names)
        size = (
            14
            if max(_high(column, 14, box[1]) for column, box in zip(columns, HEADER_COLUMNS, strict=True))
            < 1.1
            else 12
        )
        heights = [_high(column, size, box[1]) for column, box in zip(columns, HEADER_COLUMNS, strict=True)]
        height = min(2.6, max(1.02, *heights))
        parts.decorate(parts.panel(slide, "Kopf", (LEFT, BODY_TOP - 0.06, RIGHT - LEFT, height + 0.16)))
        rest: list[Section] = []
        for number, (column, box) in enumerate(zip(columns, HEADER_COLUMNS, strict=True), 1):
            _size, head, tail = fit(column, box[1] * POINTS, height * POINTS, (size,))
            parts.text_box(slide, f"Angaben {number}", (box[0], BODY_TOP + 0.04, box[1], height), head, size)
            rest += _carried(head, tail)
        mark = wording.mark(report.status)
        middle = STATUS_LEFT + STATUS_WIDTH / 2
        alt = f"{LABEL_STATUS} {mark.word} ({mark.shape})"
        parts.picture(
            slide, "Statuszeichen", status_png(mark.code), (middle - 0.24, BODY_TOP + 0.03, 0.48, 0.48), alt
        )
        words = [Para(f"{LABEL_STATUS} {mark.word}", bold=True)]
        parts.text_box(
            slide,
            "Gesamtstatus",
            (STATUS_LEFT, BODY_TOP + 0.55, STATUS_WIDTH, 0.45),
            words,
            12,
            centre=True,
            gap=0,
        )
        return BODY_TOP + height + 0.25, rest

    def _continue(self, title: str, rest: Sequence[Section], above: str = "") -> None:
        """Further slides for what did not fit, in two columns."""
        number = 0
        while rest:
            number += 1
            line = f"{above} ({CONTINUED} {number})" if above else f"{CONTINUED} {number}"
            slide = self._slide(title, line)
            width = (RIGHT - LEFT - 0.5) / 2
            high = BODY_BOTTOM - BODY_TOP
            columns: list[Box] = [(LEFT, BODY_TOP, width, high), (LEFT + width + 0.5, BODY_TOP, width, high)]
            rest = pour_columns(slide, rest, columns)
            parts.add_footers(slide, self.foot)

    def finish(self) -> bytes:
        """Document properties, then the file."""
        month, properties = self.month, self.deck.core_properties
        when = month.published_at or datetime.fromisoformat(f"{month.month}-01T00:00:00+00:00")
        mark = f" ({wording.EXAMPLE})" if month.example else ""
        properties.title, properties.author, properties.language = (
            f"{self.heading}{mark}",
            month.county,
            LANGUAGE,
        )
        properties.subject = f"{month.agenda}{mark}"
        properties.keywords = ", ".join(
            [month.agenda, month.county] + ([wording.EXAMPLE] if month.example else [])
        )
        properties.comments = _("Licence: %(licence)s") % {"licence": month.licence}
        properties.last_modified_by = month.county
        properties.created = properties.modified = when.astimezone(UTC).replace(tzinfo=None)
        properties.revision = month.version
        return parts.save(self.deck, LANGUAGE)


def _section(label: str, paras: Sequence[Para]) -> Section:
    return Section(label, tuple(paras), CONTINUED)


def _high(paras: Sequence[Para], size: int, width: float) -> float:
    return text_height(paras, size, width * POINTS) / POINTS


def _header_columns(
    report: ReportFact, month: str, names: Mapping[str, str]
) -> tuple[list[Para], list[Para]]:
    profile = report.profile
    left = [
        Para(clean(wording.lead_text(profile, names)), label=LABEL_LEAD),
        Para(month, label=LABEL_DATE),
        Para(clean(", ".join(profile.partners)), label=LABEL_PARTNERS),
    ]
    right = [
        Para(wording.day_text(profile.start), label=LABEL_START),
        Para(wording.day_text(profile.end), label=LABEL_END),
        Para(clean(", ".join(profile.stakeholders)), label=LABEL_STAKEHOLDERS),
    ]
    return left, right


def _carried(head: Sequence[Para], tail: Sequence[Para]) -> list[Section]:
    """Header facts that did not fit, each under its own label again."""
    found = []
    label = next((para.label for para in reversed(head) if para.label), "")
    for para in tail:
        label = para.label or label
        found.append(Section(label, (Para(para.text),), CONTINUED, continued=not para.label))
    return found


def _profile_sections(report: ReportFact) -> list[Section]:
    profile = report.profile
    pairs = ((LABEL_GOAL, profile.goal), (LABEL_CONTENT, profile.content))
    return [_section(label, paragraphs(text)) for label, text in pairs if text]


def _risk_sections(report: ReportFact) -> list[Section]:
    sections = [_section(LABEL_RISKS, items(report.risks))] if report.risks else []
    if report.status_reason:
        sections.append(_section("Begründung des Status:", paragraphs(report.status_reason)))
    return sections


def _progress_sections(report: ReportFact, month: str) -> list[Section]:
    """Progress (not where the source had none), next steps, figures, and milestones reached or moved."""
    sections = []
    if report.progress is not None:
        sections.append(_section(LABEL_PROGRESS, paragraphs(report.progress)))
    if report.next_activities:
        sections.append(_section(LABEL_NEXT, items(report.next_activities)))
    notes = [
        f"{clean(item.label)}: "
        f"{wording.milestone_word(item) if item.done else wording.shift_text(item.shifts)}"
        for item in sorted(report.milestones, key=wording.milestone_order)
        if item.done or item.shifts
    ]
    if notes:
        sections.append(_section("Hinweise zu Meilensteinen:", items(notes)))
    if report.figures:
        lines = [clean(wording.figure_line(fact, month)) for fact in report.figures]
        sections.append(_section("Kennzahlen des Monats:", items(lines)))
    return sections
