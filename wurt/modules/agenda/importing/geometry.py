"""Documents with places (PDF, slides) to lines in logical order."""

from collections.abc import Callable, Sequence
from pathlib import Path

from wurt.modules.agenda.importing.errors import ImportFailed
from wurt.modules.agenda.importing.flow import continued
from wurt.modules.agenda.importing.furniture import drop_furniture
from wurt.modules.agenda.importing.layout import Sheet, arrange
from wurt.modules.agenda.importing.lights import Shape, read_light
from wurt.modules.agenda.importing.model import Line, Message
from wurt.modules.agenda.importing.own_pdf import OwnParts, is_own, put_back, take_own
from wurt.modules.agenda.importing.pdf import read_pages
from wurt.modules.agenda.importing.sections import label_at
from wurt.modules.agenda.importing.slides import read_slides

Progress = Callable[[int, int], None]
GERMAN_COLOR = {"green": "grün", "yellow": "gelb", "red": "rot"}


def read_pdf(
    path: Path, max_pages: int, messages: list[Message], progress: Progress | None = None
) -> tuple[list[Line], int]:
    """Lines of a PDF in logical order and its number of pages."""
    sheets: list[Sheet] = []
    shapes: list[list[Shape]] = []
    scanned: list[int] = []
    count = 0
    for page in read_pages(path, max_pages, messages, progress):
        count = max(count, page.number)
        sheets.append(Sheet(page.number, page.width, page.height, page.segments))
        shapes.append(page.shapes)
        if page.pictures and sum(len(s.text) for s in page.segments) < 4:
            scanned.append(page.number)
    if scanned and all(len(s.lines) == 0 or s.number in scanned for s in sheets):
        raise ImportFailed("scanned_document", {"pages": count})
    messages += [Message("scanned_page", "warn", {"page": number}) for number in scanned]
    return _arranged(sheets, shapes, messages, own=is_own(path)), count


def read_pptx(
    path: Path, max_pages: int, messages: list[Message], progress: Progress | None = None
) -> tuple[list[Line], int]:
    """Lines of a presentation in logical order and its number of slides."""
    sheets: list[Sheet] = []
    shapes: list[list[Shape]] = []
    for slide in read_slides(path, max_pages, messages, progress):
        sheets.append(slide.sheet)
        shapes.append(slide.shapes)
    return _arranged(sheets, shapes, messages), len(sheets)


def _arranged(
    sheets: Sequence[Sheet], shapes: Sequence[Sequence[Shape]], messages: list[Message], *, own: bool = False
) -> list[Line]:
    drop_furniture(sheets)
    out: list[Line] = []
    for sheet, fills in zip(sheets, shapes, strict=True):
        _light(sheet, fills, messages)
        parts = take_own(sheet) if own else OwnParts()
        arranged = put_back(arrange(sheet), parts)
        out = continued(out, arranged, sheet.height)
    return out


def _light(sheet: Sheet, fills: Sequence[Shape], messages: list[Message]) -> None:
    near = None
    for index, line in enumerate(sheet.lines):
        found = label_at([line, *sheet.lines[index + 1 : index + 2]], 0)
        if found and found[0].key == "status" and not found[0].rest:
            near = line.bbox
            break
    status, seen = read_light(fills, near, sheet.width)
    if status is not None:
        number = sheet.lines[0].number if sheet.lines else 0
        sheet.status = Line(GERMAN_COLOR[status], number, sheet.number, near)
    elif seen and near is not None:
        messages.append(Message("light_unreadable", "info", {"page": sheet.number}))
