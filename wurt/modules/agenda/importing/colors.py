"""Colours of shapes in a presentation, also those that the theme names."""

import re
from typing import Any

from pptx.enum.dml import MSO_COLOR_TYPE, MSO_THEME_COLOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

Rgb = tuple[int, int, int]
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLOTS = {MSO_THEME_COLOR[f"ACCENT_{n}"]: f"accent{n}" for n in range(1, 7)} | {
    MSO_THEME_COLOR[f"{name}_{n}"]: f"{slot}{n}"
    for name, slot in (("BACKGROUND", "lt"), ("LIGHT", "lt"), ("TEXT", "dk"), ("DARK", "dk"))
    for n in (1, 2)
}
_MAX_THEME = 4_000_000


def theme_colors(slide: Any) -> dict[str, Rgb]:
    """Colours of the theme of a slide by slot ("accent1", "lt1"); empty where the theme cannot be read."""
    try:
        blob = slide.slide_layout.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
        if len(blob) > _MAX_THEME:
            return {}
        scheme = parse_xml(blob).find(f".//{_A}clrScheme")
    except (KeyError, AttributeError, ValueError, SyntaxError):
        return {}
    out: dict[str, Rgb] = {}
    for slot in scheme if scheme is not None else ():
        value = next((c.get("lastClr") or c.get("val") for c in slot), None)
        if value and re.fullmatch(r"[0-9A-Fa-f]{6}", value):
            out[str(slot.tag).removeprefix(_A)] = _rgb(value)
    return out


def _rgb(value: str) -> Rgb:
    return int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)


def fill_color(shape: Any, theme: dict[str, Rgb]) -> Rgb | None:
    """The colour that fills a shape; None for none, for patterns and for pictures."""
    try:
        if shape.fill.type != 1:
            return None
        color = shape.fill.fore_color
        if color.type == MSO_COLOR_TYPE.RGB:
            return color.rgb[0], color.rgb[1], color.rgb[2]
        base = theme.get(_SLOTS.get(color.theme_color, ""))
        return _brighter(base, float(color.brightness)) if base else None
    except (AttributeError, TypeError, ValueError, KeyError):
        return None


def _brighter(rgb: Rgb, brightness: float) -> Rgb:
    """A colour made lighter (up to 1) or darker (down to -1)."""
    target, share = (255 if brightness > 0 else 0), min(abs(brightness), 1.0)
    red, green, blue = (round(value + (target - value) * share) for value in rgb)
    return red, green, blue
