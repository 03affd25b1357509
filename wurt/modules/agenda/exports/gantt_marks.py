"""The shapes of the timeline: patterns of states, marks of milestones, marks of status, legend."""

import xml.etree.ElementTree as ET
from typing import Literal

from django.utils.translation import gettext as _

from wurt.modules.agenda.exports import wording

STATES: tuple[Literal["running", "planned", "completed", "stopped"], ...] = (
    "running", "planned", "completed", "stopped",
)  # fmt: skip

STATUS: tuple[Literal["green", "yellow", "red"] | None, ...] = ("green", "yellow", "red", None)


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str | float) -> ET.Element:
    """A child element. Attribute names are written with ``_`` for ``-``; ``class_`` is class."""
    named = {key.rstrip("_").replace("_", "-"): _number(value) for key, value in attributes.items()}
    child = ET.SubElement(parent, tag, named)
    child.text = text
    return child


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def patterns(svg: ET.Element, prefix: str) -> None:
    """Running is full, planned is hatched, completed is dotted, stopped is crossed."""
    defs = add(svg, "defs")
    for state in STATES:
        pattern = add(
            defs, "pattern", id=f"{prefix}-{state}", width=8, height=8, patternUnits="userSpaceOnUse"
        )
        opacity = "0.28" if state == "running" else "0.1"
        add(
            pattern,
            "rect",
            width=8,
            height=8,
            class_=f"gantt-fill-{state}",
            fill="currentColor",
            fill_opacity=opacity,
        )
        if state in ("planned", "stopped"):
            add(
                pattern,
                "path",
                d="M-2 2l4-4M0 8l8-8M6 10l4-4",
                stroke="currentColor",
                stroke_width=1.2,
                stroke_opacity=0.45,
                fill="none",
            )
        if state == "stopped":
            add(
                pattern,
                "path",
                d="M-2 6l4 4M0 0l8 8M6-2l4 4",
                stroke="currentColor",
                stroke_width=1.2,
                fill="none",
            )
        if state == "completed":
            add(pattern, "circle", cx=4, cy=4, r=1.6, fill="currentColor")


def milestone(parent: ET.Element, state: str, x: float, y: float, told: str) -> None:
    """Done is a full diamond, open a hollow one, overdue a triangle with a sign. ``told`` is its title."""
    group = add(parent, "g", class_=f"gantt-milestone gantt-milestone-{state}")
    add(group, "title", told)
    if state == "overdue":
        # The exclamation mark is a hole, so that it shows on a light and on a dark page.
        outer = f"M{x:g} {y - 11:g}L{x + 10:g} {y + 8:g}H{x - 10:g}z"
        sign = f"M{x - 1:g} {y - 4:g}h2v6h-2zM{x - 1:g} {y + 4:g}h2v2h-2z"
        add(group, "path", d=outer + sign, class_="gantt-mark", fill_rule="evenodd")
        return
    points = f"{x:g},{y - 9:g} {x + 8:g},{y:g} {x:g},{y + 9:g} {x - 8:g},{y:g}"
    fill = "currentColor" if state == "done" else "none"
    add(
        group,
        "polygon",
        points=points,
        class_="gantt-mark",
        stroke="currentColor",
        stroke_width=2.2,
        fill=fill,
    )


def status(parent: ET.Element, code: str, x: float, y: float) -> None:
    """The status mark, 14 units square, beside its word. Shape: disc, triangle, octagon, dashed ring."""
    group = add(parent, "g", class_=f"gantt-status gantt-status-{code}", aria_hidden="true")
    group.set("transform", f"translate({x:g} {y:g})")
    if code == "green":
        add(group, "circle", cx=7, cy=7, r=6.5)
    elif code == "yellow":
        add(group, "path", d="M7 .5l6.7 13H.3z")
    elif code == "red":
        add(group, "path", d="M4.2.5h5.6l3.7 3.7v5.6l-3.7 3.7H4.2L.5 9.8V4.2z")
    else:
        add(
            group,
            "circle",
            cx=7,
            cy=7,
            r=6,
            fill="none",
            stroke="currentColor",
            stroke_width=1.4,
            stroke_dasharray="2.4 2",
        )


def legend(svg: ET.Element, left: float, top: float, prefix: str) -> None:
    """What the patterns and marks mean, in words."""
    group = add(svg, "g", class_="gantt-legend", font_size="12")
    x = left
    for state in STATES:
        add(
            group,
            "rect",
            x=x,
            y=top - 10,
            width=26,
            height=12,
            fill=f"url(#{prefix}-{state})",
            stroke="currentColor",
        )
        word = wording.state_word(state)
        add(group, "text", word, x=x + 32, y=top)
        x += 52 + 7 * len(word)
    x = left
    for given in STATUS:
        mark = wording.mark(given)
        status(group, mark.code, x + 3, top + 15)
        add(group, "text", mark.word, x=x + 24, y=top + 26)
        x += 46 + 7 * len(mark.word)
    x = left
    for kind, word in (("done", _("done")), ("open", _("open")), ("overdue", _("overdue"))):
        text = _("Milestone %(state)s") % {"state": word}
        milestone(group, kind, x + 10, top + 48, text)
        add(group, "text", text, x=x + 24, y=top + 52)
        x += 46 + 7 * len(text)
