"""Text that goes on at the top of the next page, as in documents of a word processor."""

from collections.abc import Sequence
from dataclasses import replace

from wurt.modules.agenda.importing.labels import match
from wurt.modules.agenda.importing.model import Line


def continued(before: list[Line], page: list[Line], height: float) -> list[Line]:
    """The lines so far with those of the next page. What stands there above the first label or title, in the
    column and size of the last section of the page before, goes on with that section."""
    moved = _top(page)
    last = next((line for line in reversed(before) if line.text.strip()), None)
    if not moved or last is None or not _goes_on(last, moved[0], before, height):
        return [*before, *page]
    while before and not before[-1].text.strip() and before[-1].role in ("break", "text"):
        before.pop()
    ids = {id(line) for line in moved}
    rest = [line for line in page if id(line) not in ids]
    first = moved[0]
    broken = not last.text.rstrip().endswith((".", "!", "?", ":", "“", ")"))
    glued = [replace(last, soft=True)] if broken and not first.bullet else [last]
    gap = [] if broken or first.bullet else [Line("", 0, first.page)]
    # The page role comes after what was moved: it would end the section.
    return [*before[:-1], *glued, *gap, *moved, Line("", 0, first.page, role="break"), *rest]


def _top(page: Sequence[Line]) -> list[Line]:
    """The lines of a page that stand above all its labels and titles and belong to none of them."""
    owned = [line for line in page if line.bbox and (line.role == "title" or _labelled(line))]
    edge = min((line.bbox[1] for line in owned if line.bbox), default=float("inf"))
    found = [line for line in page if line.bbox and line.text.strip() and line.bbox[3] <= edge + 1]
    return [line for line in found if line not in owned]


def _labelled(line: Line) -> bool:
    return match(line.text, cell=line.bold) is not None


def _goes_on(last: Line, first: Line, before: Sequence[Line], height: float) -> bool:
    if last.bbox is None or first.bbox is None or last.page is None or first.page != last.page + 1:
        return False
    if abs(last.size - first.size) > 0.1 * last.size:
        return False
    lowest = max((x.bbox[3] for x in before if x.page == last.page and x.bbox), default=0.0)
    if last.bbox[3] < lowest - 1 or last.bbox[3] < 0.75 * height:
        return False
    same = abs(last.bbox[0] - first.bbox[0]) < 0.4 * last.size
    return same or (_labelled(last) and abs(last.bbox[0] - first.bbox[0]) < 3 * last.size)
