"""Text boxes of a presentation with their places, by python-pptx."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.util import Pt

from wurt.modules.agenda.importing.colors import fill_color, theme_colors
from wurt.modules.agenda.importing.errors import ImportFailed
from wurt.modules.agenda.importing.joining import clean, composed, is_bullet, only_bullet, without_bullet
from wurt.modules.agenda.importing.layout import Sheet
from wurt.modules.agenda.importing.lights import Shape
from wurt.modules.agenda.importing.mending import open_deck
from wurt.modules.agenda.importing.model import Bbox, Line, Message

_POINT = 12700.0
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SKIPPED = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)


@dataclass(slots=True)
class Slide:
    """One slide: its text lines as a sheet, and its coloured shapes without text."""

    sheet: Sheet
    shapes: list[Shape] = field(default_factory=list)
    boxes: int = 0
    numbers: int = 0
    colors: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)


def read_slides(
    path: Path, max_pages: int, messages: list[Message], progress: Callable[[int, int], None] | None = None
) -> Iterator[Slide]:
    """All slides. A broken slide becomes a message and loses no other."""
    try:
        deck, broken = open_deck(path)
        count = len(deck.slides)
    except (
        PackageNotFoundError,
        BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        SyntaxError,
        OSError,
    ) as error:
        raise ImportFailed("broken_file") from error
    if count > max_pages:
        raise ImportFailed("too_many_pages", {"pages": count, "limit": max_pages})
    width, height = (deck.slide_width or 12192000) / _POINT, (deck.slide_height or 6858000) / _POINT
    for index in range(count):
        slide = Slide(Sheet(index + 1, width, height, []))
        try:
            page = deck.slides[index]
            if str(page.part.partname) in broken:
                raise ValueError("broken slide")
            if page._element.get("show") in ("0", "false"):
                messages.append(Message("hidden_slide", "warn", {"page": index + 1}))
                continue
            slide.colors = theme_colors(page)
            for shape in page.shapes:
                _shape(shape, slide, (1.0, 0.0, 1.0, 0.0))
            if slide.outside:
                params = {"page": index + 1, "text": " ".join(slide.outside)[:200]}
                messages.append(Message("text_outside", "info", params))
        except (KeyError, ValueError, AttributeError, TypeError, IndexError):
            messages.append(Message("page_broken", "error", {"page": index + 1}))
        yield slide
        if progress is not None:
            progress(index + 1, count)


def _shape(shape: Any, slide: Slide, scale: tuple[float, float, float, float]) -> None:
    if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
        inner = _group_scale(shape, scale)
        for child in shape.shapes:
            _shape(child, slide, inner)
        return
    box = _place(shape, scale)
    if _unseen(shape):
        return
    if _beside(box, slide.sheet):
        slide.outside += [clean(shape.text_frame.text)] if shape.has_text_frame else []
        return
    if getattr(shape, "has_table", False) and shape.has_table:
        _table(shape.table, box, slide)
        return
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind in _SKIPPED:
        return
    text = shape.text_frame.text.strip() if shape.has_text_frame else ""
    if not text:
        color = fill_color(shape, slide.colors)
        if color is not None:
            slide.shapes.append(Shape(box, color))
        return
    slide.boxes += 1
    lines = _frame(shape.text_frame, box, slide, kind in _LISTS)
    slide.sheet.lines += lines
    if kind in _TITLES and slide.sheet.title is None and lines:
        joined = clean(" ".join(line.text for line in lines))
        slide.sheet.title = Line(joined, lines[0].number, slide.sheet.number, box, lines[0].size)


def _unseen(shape: Any) -> bool:
    """A shape that was switched off in the selection pane."""
    names = shape._element.xpath(".//p:cNvPr")
    return bool(names) and names[0].get("hidden") in ("1", "true")


def _beside(box: Bbox, sheet: Sheet) -> bool:
    """Notes for the author stand beside the slide, where no audience sees them."""
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return not (-1 <= middle[0] <= sheet.width + 1 and -1 <= middle[1] <= sheet.height + 1) and (
        box[2] <= 0.02 * sheet.width
        or box[0] >= 0.98 * sheet.width
        or box[3] <= 0.02 * sheet.height
        or box[1] >= 0.98 * sheet.height
    )


def _group_scale(group: Any, scale: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Factors and offsets from the coordinates of a group's children to the slide."""
    xfrm = group._element.grpSpPr.find(f"{_A}xfrm")
    if xfrm is None:
        return scale
    child_off, child_ext = xfrm.find(f"{_A}chOff"), xfrm.find(f"{_A}chExt")
    if child_off is None or child_ext is None:
        return scale
    fx = group.width / (int(child_ext.get("cx")) or 1)
    fy = group.height / (int(child_ext.get("cy")) or 1)
    x = group.left - int(child_off.get("x")) * fx
    y = group.top - int(child_off.get("y")) * fy
    return scale[0] * fx, scale[0] * x + scale[1], scale[2] * fy, scale[2] * y + scale[3]


def _place(shape: Any, scale: tuple[float, float, float, float]) -> Bbox:
    left, top = float(shape.left or 0), float(shape.top or 0)
    right, bottom = left + float(shape.width or 0), top + float(shape.height or 0)
    x = (left * scale[0] + scale[1], right * scale[0] + scale[1])
    y = (top * scale[2] + scale[3], bottom * scale[2] + scale[3])
    return x[0] / _POINT, y[0] / _POINT, x[1] / _POINT, y[1] / _POINT


def _table(table: Any, box: Bbox, slide: Slide) -> None:
    y = box[1]
    for row in table.rows:
        x, high = box[0], float(row.height) / _POINT
        for index, cell in enumerate(row.cells):
            wide = float(table.columns[index].width) / _POINT
            if not cell.is_spanned and cell.text_frame.text.strip():
                slide.boxes += 1
                span = (
                    sum(
                        float(table.columns[i].width)
                        for i in range(index, min(index + cell.span_width, len(table.columns)))
                    )
                    / _POINT
                    if cell.is_merge_origin
                    else wide
                )
                lines = _frame(cell.text_frame, (x, y, x + span, y + high), slide, False)
                # A cell fills its row, so that label and value stand in one row whatever their length.
                step = high / max(len(lines), 1)
                for number, line in enumerate(lines):
                    top = y + number * step + 0.5
                    slide.sheet.lines.append(_moved(line, (x + 1, top, x + span - 1, top + step - 1)))
            x += wide
        y += high


def _moved(line: Line, box: Bbox) -> Line:
    return Line(
        line.text,
        line.number,
        line.page,
        box,
        min(line.size, box[3] - box[1] + 1),
        line.bullet,
        line.soft,
        bold=line.bold,
        block=line.block,
    )


def _frame(frame: Any, box: Bbox, slide: Slide, bullets: bool) -> list[Line]:
    """Paragraphs of a text box with estimated places of their lines."""
    paragraphs = list(frame.paragraphs)
    size = _font_size(paragraphs)
    pieces: list[tuple[str, bool, bool]] = []
    for paragraph in paragraphs:
        bold = bool(paragraph.runs) and all(run.font.bold for run in paragraph.runs if run.text.strip())
        text = "".join(
            "\v" if node.tag == f"{_A}br" else (node.text or "")
            for node in paragraph._p.iter(f"{_A}t", f"{_A}br")
        )
        for number, part in enumerate(composed(text).replace("\n", "\v").split("\v")):
            part = "" if only_bullet(part) else part
            pieces.append((part, _is_bullet(paragraph, part, bullets) and number == 0, bold))
    inner = max(box[2] - box[0] - 14, size)
    heights = [max(1, math.ceil(len(text) * 0.5 * size / inner)) * 1.2 * size for text, _, _ in pieces]
    y = _first_top(frame, box, sum(heights))
    lines: list[Line] = []
    for (text, bullet, bold), high in zip(pieces, heights, strict=True):
        slide.numbers += 1
        body = without_bullet(text) if bullet else text
        body = "\t".join(clean(cell) for cell in body.split("\t"))
        wide = min(inner, max(len(body), 1) * 0.55 * size) + 7
        lines.append(Line(body, slide.numbers, slide.sheet.number, (box[0], y, min(box[2], box[0] + wide) if wide < 0.6 * inner and not _centered(frame) else box[2], y + high),  # noqa: E501
                          size, bullet and bool(body.strip()), bold=bold, block=slide.boxes))  # fmt: skip
        y += high
    return lines


def _centered(frame: Any) -> bool:
    return any(p.alignment is not None and int(p.alignment) == 2 for p in frame.paragraphs)


def _first_top(frame: Any, box: Bbox, needed: float) -> float:
    anchor = frame._txBody.bodyPr.get("anchor") if frame._txBody.bodyPr is not None else None
    room = max(box[3] - box[1] - needed, 0.0)
    return box[1] + (room / 2 if anchor == "ctr" else room if anchor == "b" else min(room, 3.6))


def _font_size(paragraphs: list[Any]) -> float:
    sizes = [run.font.size.pt for p in paragraphs for run in p.runs if run.font.size is not None]
    return float(sizes[0]) if sizes else float(Pt(12).pt)


def _is_bullet(paragraph: Any, text: str, inherited: bool) -> bool:
    if not text.strip():
        return False
    if is_bullet(text):
        return True
    properties = paragraph._p.pPr
    if properties is None:
        return inherited
    if properties.find(f"{_A}buNone") is not None:
        return False
    return inherited or any(
        properties.find(f"{_A}{name}") is not None for name in ("buChar", "buAutoNum", "buBlip")
    )
