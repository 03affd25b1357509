"""Reading a traffic light from coloured shapes. Only exactly one lit light of a light gives a status."""

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from wurt.modules.agenda.importing.model import Bbox

MAX_OBJECTS = 4000


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape without text: its place and colour (red, green, blue: 0 to 255)."""

    bbox: Bbox
    rgb: tuple[int, int, int]


def color_name(rgb: tuple[int, int, int]) -> str | None:
    """ "green", "yellow", "red" for a strong colour; None for grey, pale, dark or other colours."""
    red, green, blue = rgb
    high, low = max(rgb), min(rgb)
    if high < 110 or (high - low) < 0.45 * high:
        return None
    hue = _hue(red, green, blue)
    if hue < 18 or hue > 345:
        return "red"
    if 28 <= hue <= 66:
        return "yellow"
    return "green" if 80 <= hue <= 165 else None


def _hue(red: int, green: int, blue: int) -> float:
    high, low = max(red, green, blue), min(red, green, blue)
    span = float(high - low) or 1.0
    if high == red:
        return (60 * ((green - blue) / span)) % 360
    if high == green:
        return 60 * ((blue - red) / span) + 120
    return 60 * ((red - green) / span) + 240


def read_light(shapes: Sequence[Shape], near: Bbox | None, page_width: float) -> tuple[str | None, bool]:
    """(status, seen): a light is up to three small round or square shapes of equal size beside each other.

    Three shapes of which one is strongly coloured, or a single coloured shape, are readable. Three shapes in
    all three colours are a legend or an unlit picture: seen, but not readable.
    """
    small = [s for s in shapes if _lamp(s.bbox, page_width)]
    if near is not None:
        small = [s for s in small if _distance(s.bbox, near) < 0.16 * page_width]
    groups = _groups(small)
    named = [[color_name(s.rgb) for s in group] for group in groups]
    lit = [(len(group), [c for c in colors if c]) for group, colors in zip(groups, named, strict=True)]
    readable = [
        colors[0]
        for size, colors in lit
        if len(colors) == 1 and (size == 3 or (size == 1 and near is not None))
    ]
    seen = any(colors or size == 3 for size, colors in lit)
    return (readable[0], True) if len(readable) == 1 and not any(len(c) > 1 for _, c in lit) else (None, seen)


def _lamp(box: Bbox, page_width: float) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return 4 < wide < 0.09 * page_width and high > 4 and 0.7 < wide / high < 1.4


def _distance(a: Bbox, b: Bbox) -> float:
    dx = max(a[0] - b[2], b[0] - a[2], 0.0)
    dy = max(a[1] - b[3], b[1] - a[3], 0.0)
    return float((dx * dx + dy * dy) ** 0.5)


def _groups(shapes: Sequence[Shape]) -> list[list[Shape]]:
    """Shapes of the same size that stand beside or below each other."""
    groups: list[list[Shape]] = []
    for shape in shapes:
        wide = shape.bbox[2] - shape.bbox[0]
        for group in groups:
            same = abs((group[0].bbox[2] - group[0].bbox[0]) - wide) < 0.15 * wide
            if same and any(_distance(shape.bbox, other.bbox) < 1.2 * wide for other in group):
                group.append(shape)
                break
        else:
            groups.append([shape])
    return groups


def fills_of(
    page: pdfium.PdfPage, place: Callable[[float, float, float, float], Bbox]
) -> tuple[list[Shape], int]:
    """Filled paths of a page and the number of its pictures."""
    shapes: list[Shape] = []
    pictures = 0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPage_CountObjects(page)
    for index in range(min(count, MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        pictures += kind == raw.FPDF_PAGEOBJ_IMAGE
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPath_GetDrawMode(item, mode, stroke) or mode.value == raw.FPDF_FILLMODE_NONE:
            continue
        if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha) or alpha.value < 40:
            continue
        if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            box = place(left.value, bottom.value, right.value, top.value)
            shapes.append(Shape(box, (red.value, green.value, blue.value)))
    return shapes, pictures
