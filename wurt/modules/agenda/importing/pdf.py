"""Words of a PDF with their places, by pypdfium2, as segments: pieces of lines without a wide gap.

Coordinates are points from the top left of the visible page, after cropping and rotation.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from wurt.modules.agenda.importing.errors import ImportFailed
from wurt.modules.agenda.importing.joining import (
    BULLET,
    clean,
    composed,
    is_bullet,
    only_bullet,
    without_bullet,
)
from wurt.modules.agenda.importing.labels import match
from wurt.modules.agenda.importing.lights import Shape, fills_of
from wurt.modules.agenda.importing.model import Bbox, Line, Message

Word = tuple[str, Bbox, bool]  # text, place, bold
GAP = 1.3  # a gap wider than this many font sizes parts two cells
_SYMBOLS = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\u0002": "-", "\ufffe": "-", "\u00a0": " "}
)


@dataclass(slots=True)
class PdfPage:
    """One page: its segments from top to bottom, coloured shapes, size in points."""

    number: int
    width: float
    height: float
    segments: list[Line]
    shapes: list[Shape]
    pictures: int = 0


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """Open a file or raise :class:`ImportFailed` with "encrypted" or "broken_file"."""
    try:
        return pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "broken_file"
        raise ImportFailed(code) from error


def read_pages(
    path: Path, max_pages: int, messages: list[Message], progress: Callable[[int, int], None] | None = None
) -> Iterator[PdfPage]:
    """All pages. A broken page becomes a message and loses no other page."""
    document = open_pdf(path)
    try:
        count = len(document)
        if count > max_pages:
            raise ImportFailed("too_many_pages", {"pages": count, "limit": max_pages})
        if count == 0:
            raise ImportFailed("broken_file")
        for index in range(count):
            try:
                yield _read_page(document, index)
            except (pdfium.PdfiumError, ValueError, OverflowError):
                messages.append(Message("page_broken", "error", {"page": index + 1}))
            if progress is not None:
                progress(index + 1, count)
    finally:
        document.close()


def _read_page(document: pdfium.PdfDocument, index: int) -> PdfPage:
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            place = _Placer(page, _direction(text))
            words = list(_words(text, place))
        finally:
            text.close()
        shapes, pictures = fills_of(page, place.box)
        return PdfPage(index + 1, place.width, place.height, segments_of(words, index + 1), shapes, pictures)
    finally:
        page.close()


class _Placer:
    """Turns PDF coordinates into points from the top left of the visible page."""

    def __init__(self, page: pdfium.PdfPage, direction: int | None) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        # Text is read in its own direction, even where the page shows it lying on its side.
        self.rotation = page.get_rotation() if direction is None else direction
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> Bbox:
        x0, x1 = left - self.left, right - self.left
        y0, y1 = bottom - self.bottom, top - self.bottom
        if self.rotation == 90:
            return y0, x0, y1, x1
        if self.rotation == 180:
            return self.width - x1, y0, self.width - x0, y1
        if self.rotation == 270:
            return self.width - y1, self.height - x1, self.width - y0, self.height - x0
        return x0, self.height - y1, x1, self.height - y0


def _words(text: pdfium.PdfTextPage, place: _Placer) -> Iterator[Word]:
    count = text.count_chars()
    rect = raw.FS_RECTF()
    reference = ctypes.byref(rect)
    word, box, bold = "", None, False
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if (code <= 32 and code != 2) or code == 160:
            if word and box:
                yield word, box, bold
            word, box = "", None
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, reference):
            continue
        char = place.box(rect.left, rect.bottom, rect.right, rect.top)
        if box is not None and box[1] <= (char[1] + char[3]) / 2 <= box[3]:
            char = char[0], box[1], char[2], box[3]  # the line is known: a word stands on one
        else:
            char = _even(text, index, char, place)
        if char[2] < 0 or char[0] > place.width or char[3] < 0 or char[1] > place.height:
            continue  # outside of the visible page
        if box is not None and _apart(box, char):
            yield word, box, bold
            word, box = "", None
        if not word:
            bold = raw.FPDFText_GetFontWeight(text, index) >= 600 or _bold_name(text, index)
        word += chr(code)
        box = (
            char
            if box is None
            else (min(box[0], char[0]), min(box[1], char[1]), max(box[2], char[2]), max(box[3], char[3]))
        )
    if word and box:
        yield word, box, bold


def _direction(text: pdfium.PdfTextPage) -> int | None:
    """The turn (0, 90, 180, 270) that makes most characters upright; None without text."""
    count = text.count_chars()
    seen: Counter[int] = Counter()
    matrix = raw.FS_MATRIX()
    for index in range(0, count, max(1, count // 200)):
        if raw.FPDFText_GetUnicode(text, index) > 32 and raw.FPDFText_GetMatrix(text, index, matrix):
            seen[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360] += 1
    return seen.most_common(1)[0][0] if seen else None


def _even(text: pdfium.PdfTextPage, index: int, char: Bbox, place: "_Placer") -> Bbox:
    """The box of a character with the height of its font about the baseline.

    Some fonts state no height; their boxes are as high as the ink, so that lines with and without descenders
    would differ in size and place.
    """
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetMatrix(text, index, matrix) or not raw.FPDFText_GetCharOrigin(text, index, x, y):
        return char
    size = raw.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    turned = math.degrees(math.atan2(matrix.b, matrix.a)) - place.rotation
    if not 1 < size < 400 or abs((turned + 180) % 360 - 180) > 2:
        return char
    base = place.box(x.value, y.value, x.value, y.value)[1]
    return char[0], base - 0.79 * size, char[2], base + 0.21 * size


def _bold_name(text: pdfium.PdfTextPage, index: int) -> bool:
    """Whether the font of a character is named as a bold one."""
    buffer = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, index, buffer, 96, flags)
    name = buffer.raw[: max(0, min(length, 96))].lower()
    return bool(length) and (b"bold" in name or b"black" in name or b"heavy" in name)


def _apart(box: Bbox, char: Bbox) -> bool:
    size = max(char[3] - char[1], 1.0)
    gap = char[0] - box[2]
    return (
        gap > 0.3 * size
        or gap < -0.5 * size - (box[2] - box[0])
        or min(box[3], char[3]) - max(box[1], char[1]) < 0.4 * size
    )


def segments_of(words: list[Word], page: int) -> list[Line]:
    """Words of one baseline without a wide gap between them, sorted from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w[1][1] + w[1][3]) / 2):
        middle, size = (word[1][1] + word[1][3]) / 2, word[1][3] - word[1][1]
        for row in reversed(rows[-6:]):
            last = row[-1][1]
            if abs((last[1] + last[3]) / 2 - middle) < 0.3 * min(size, last[3] - last[1]):
                row.append(word)
                break
        else:
            rows.append([word])
    segments: list[Line] = []
    for row in rows:
        row.sort(key=lambda w: w[1][0])
        segments += _cut(row, page)
    segments.sort(key=lambda s: ((s.bbox or (0, 0))[1], (s.bbox or (0, 0))[0]))
    return [replace(s, number=n) for n, s in enumerate(segments, start=1)]


def _cut(row: list[Word], page: int) -> Iterator[Line]:
    pieces: list[list[Word]] = []
    for word in row:
        if pieces:
            last = pieces[-1][-1][1]
            size = min(last[3] - last[1], word[1][3] - word[1][1])
            alone = (
                len(pieces[-1]) == 1
                and bool(BULLET.match(pieces[-1][0][0].translate(_SYMBOLS) + " x"))
                and len(pieces[-1][0][0]) == 1
            )
            if word[1][0] - last[2] < (4 * size if alone else GAP * size):
                pieces[-1].append(word)
                continue
        pieces.append([word])
    for piece in (part for whole in pieces for part in _cut_at_labels(whole)):
        text = " ".join(w for w, *_ in piece).translate(_SYMBOLS)
        text = composed(text)
        if only_bullet(text):
            continue
        bullet = is_bullet(text)
        left, right = min(b[0] for _, b, _ in piece), max(b[2] for _, b, _ in piece)
        if bullet and len(piece) > 1:
            left = piece[1][1][0]
        box = (left, min(b[1] for _, b, _ in piece), right, max(b[3] for _, b, _ in piece))
        bold = all(word[2] for word in piece)
        yield Line(
            clean(without_bullet(text) if bullet else text), 0, page, box, box[3] - box[1], bullet, bold=bold
        )


def _cut_at_labels(piece: list[Word]) -> list[list[Word]]:
    """Narrow columns: a gap wider than a blank parts cells where a label ends or begins at it."""
    for index in range(1, len(piece)):
        size = min(piece[index - 1][1][3] - piece[index - 1][1][1], piece[index][1][3] - piece[index][1][1])
        gap = piece[index][1][0] - piece[index - 1][1][2]
        turns = piece[index - 1][2] and not piece[index][2]
        if gap < 0.4 * size and not turns:
            continue
        left, right = (" ".join(w for w, *_ in part) for part in (piece[:index], piece[index:]))
        before, after = match(left, cell=turns), match(right)
        ends = before is not None and not before.rest and not before.divider
        begins = (
            gap > 0.6 * size and after is not None and not after.divider and (after.colon or not after.rest)
        )
        if ends or begins:
            return [piece[:index], *_cut_at_labels(piece[index:])]
    return [piece]
