"""Milestone arrow and legend: the two drawings on the slides."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR

from wurt.modules.agenda.domain.snapshot import MilestoneFact
from wurt.modules.agenda.exports import slide_parts as parts
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.blocks import clean
from wurt.modules.agenda.exports.slide_flow import POINTS
from wurt.modules.agenda.exports.slide_parts import LEFT, RIGHT, Box
from wurt.modules.agenda.exports.slide_text import Para, fit, text_height
from wurt.modules.agenda.exports.symbols import status_png

LABEL_MILESTONES = "Planung nächste Meilensteine"
ARROW_LEFT = LEFT + 1.9
ARROW_HEIGHT, LABEL_HEIGHT, DATE_HEIGHT = 0.34, 0.86, 0.26
MILESTONE_BAND = LABEL_HEIGHT + ARROW_HEIGHT + DATE_HEIGHT + 0.12
CLOSE = 3.4
LEGEND_TOP = 6.4
LEGEND_WIDTHS = (3.3, 5.2, 3.7)


def _label_height(item: MilestoneFact, width: float) -> float:
    return text_height([Para(clean(item.label))], 12, width * POINTS) / POINTS


def _slot(group: Sequence[MilestoneFact], count: int) -> float:
    """Width of one milestone when ``count`` share the arrow. Where the labels allow it, few milestones stand
    close to their heading."""
    whole = (RIGHT - 0.55 - ARROW_LEFT) / count
    close = min(whole, CLOSE)
    return close if all(_label_height(item, close - 0.15) <= LABEL_HEIGHT for item in group) else whole


def milestone_groups(milestones: Sequence[MilestoneFact]) -> list[list[MilestoneFact]]:
    """As many milestones on one arrow as their labels leave room for, five at most, spread evenly."""
    if not milestones:
        return []
    count = 5
    while count > 1 and any(
        _label_height(item, _slot(milestones, count) - 0.15) > LABEL_HEIGHT for item in milestones
    ):
        count -= 1
    slides = -(-len(milestones) // count)
    share = -(-len(milestones) // slides)
    return [list(milestones[start : start + share]) for start in range(0, len(milestones), share)]


def milestone_arrow(slide: Any, group: Sequence[MilestoneFact], top: float) -> None:
    """Arrow with labels above and dates below; the arrow's alternative text tells all of it."""
    line = top + LABEL_HEIGHT + 0.04
    label = [Para("", label=LABEL_MILESTONES)]
    parts.text_box(
        slide, LABEL_MILESTONES, (LEFT, line - 0.08, 1.75, 0.5), label, 13, anchor=MSO_ANCHOR.MIDDLE, gap=0
    )
    box: Box = (ARROW_LEFT, line, RIGHT - ARROW_LEFT, ARROW_HEIGHT)
    arrow = parts.panel(slide, "Zeitpfeil", box, kind=MSO_SHAPE.RIGHT_ARROW, fill=parts.RULE)
    told = "; ".join(f"{clean(item.label)}: {wording.due_text(item.due)}" for item in group)
    parts.describe(arrow, f"{LABEL_MILESTONES}: {told}")
    wide = _slot(group, len(group))
    for number, item in enumerate(group):
        left = ARROW_LEFT + 0.1 + number * wide
        dot: Box = (left + wide / 2 - 0.09, line + ARROW_HEIGHT / 2 - 0.09, 0.18, 0.18)
        parts.decorate(parts.panel(slide, f"Punkt {number + 1}", dot, kind=MSO_SHAPE.OVAL, fill=parts.ACCENT))
        above: Box = (left + 0.05, top, wide - 0.1, LABEL_HEIGHT)
        size, head, tail = fit(
            [Para(clean(item.label))], above[2] * POINTS, LABEL_HEIGHT * POINTS, (14, 13, 12)
        )
        parts.text_box(
            slide,
            f"Meilenstein {number + 1}",
            above,
            [*head, *tail],
            size,
            centre=True,
            anchor=MSO_ANCHOR.BOTTOM,
            gap=0,
        )
        below: Box = (left + 0.05, line + ARROW_HEIGHT + 0.04, wide - 0.1, DATE_HEIGHT)
        when = [Para(wording.due_short(item.due), bold=True)]
        parts.text_box(
            slide, f"Termin {number + 1}", below, when, 13, centre=True, gap=0, colour=parts.ACCENT
        )


def legend(slide: Any) -> None:
    """The three meanings, always together."""
    left = LEFT
    for mark, wide in zip(wording.legend(), LEGEND_WIDTHS, strict=True):
        alt = _("Legend: %(shape)s") % {"shape": mark.shape}
        parts.picture(
            slide,
            f"Legende Zeichen {mark.word}",
            status_png(mark.code),
            (left, LEGEND_TOP + 0.05, 0.3, 0.3),
            alt,
        )
        box: Box = (left + 0.4, LEGEND_TOP, wide - 0.55, 0.42)
        line = [Para(mark.meaning)]
        parts.text_box(
            slide, f"Legende {mark.word}", box, line, 12, colour=parts.QUIET, anchor=MSO_ANCHOR.MIDDLE, gap=0
        )
        left += wide
