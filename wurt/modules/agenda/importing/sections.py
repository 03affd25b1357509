"""From lines in reading order to parts (one per printed page of a project) with labelled entries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from wurt.modules.agenda.importing.joining import clean, glue, join
from wurt.modules.agenda.importing.labels import DATED, Label, is_weak, match
from wurt.modules.agenda.importing.model import Line
from wurt.modules.agenda.importing.vocabulary import HEADER, LEGEND, PORTFOLIO, SECTIONS, STATUS_WORD

_SENTENCE_END = re.compile(r"[a-zäöüß)“]{2}[.!?](?:\s|$)")
_COLORS = {"green", "yellow", "red"}
_SHORT = HEADER - {"partners", "stakeholders"}


@dataclass(slots=True)
class Entry:
    """One labelled section: its lines include blank ones, because they part paragraphs."""

    key: str
    label: Label
    start: Line
    lines: list[Line] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        """Whether anything follows the label."""
        return any(line.text.strip() for line in self.lines)


@dataclass(slots=True)
class Part:
    """A stretch of the document under one title; ``kind`` "summary" for the pages about all projects."""

    kind: str = "preamble"
    title: str = ""
    divider: bool = False
    title_line: Line | None = None
    entries: list[Entry] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)
    legend: bool = False

    @property
    def keys(self) -> set[str]:
        """Which labels stand in this part."""
        return {entry.key for entry in self.entries}


def label_at(lines: Sequence[Line], index: int) -> tuple[Label, int] | None:
    """The label that starts at a line and the number of lines it takes (labels may be broken over three)."""
    first = lines[index]
    if first.role != "text" or not first.text.strip():
        return None
    best: tuple[Label, int] | None = None
    text = ""
    for count in range(1, 4):
        if index + count > len(lines):
            break
        line = lines[index + count - 1]
        if not line.text.strip() or line.role != "text" or (count > 1 and line.bullet):
            break
        before, text = text, glue(text, line.text)
        found = match(text, cell=bool(first.heading) or first.bold)
        if found is None and _stands_alone(lines, index, count):
            found = match(text, cell=True)
            found = found if found is not None and found.key in SECTIONS and not found.rest else None
        if found is None or (count > 1 and (found.guessed or not _spans(before, found))):
            continue
        if count > 1 and best is not None and best[0].colon:
            break
        best = (found, count)
    return best


def _stands_alone(lines: Sequence[Line], index: int, count: int) -> bool:
    """A line of a text file between blank lines, where even an ordinary word is a heading."""
    if lines[index].bbox is not None or lines[index].bullet:
        return False
    above = lines[index - 1].text.strip() if index else ""
    after = lines[index + count] if index + count < len(lines) else None
    below = after.text.strip() if after is not None else ""
    if not above and not below:
        return True
    # Between a finished sentence (or an entry of a list) and a new beginning a single word is a heading.
    ended = above.endswith((".", "!", "?", "“", ")")) or (index > 0 and lines[index - 1].bullet)
    begins = bool(after is not None and (after.bullet or below[:1].isupper()))
    return count == 1 and bool(below) and begins and (ended or not above)


def _spans(before: str, label: Label) -> bool:
    """Whether the label really reaches into the last line."""
    return len(clean(label.printed)) > len(clean(before)) and not label.divider


def legend_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of lines that explain the three colours. They are never a status."""
    found: set[int] = set()
    runs = _runs(lines, bullets=False)
    for run in runs:
        found.update(_glued_legend(lines, run))
    found.update(_repeated_legend(lines, [run for run in runs if not found.intersection(run)]))
    groups = [run for run in _runs(lines, bullets=True) if not found.intersection(run)]
    colors = [_color_of(lines, group) for group in groups]
    for index in range(len(groups) - 2):
        if set(colors[index : index + 3]) == _COLORS:
            if index + 3 < len(groups) and set(colors[index + 1 : index + 4]) == _COLORS:
                continue  # the sentence before is a report, the legend comes after it
            found.update(i for group in groups[index : index + 3] for i in group)
    return found


def _runs(lines: Sequence[Line], bullets: bool) -> list[list[int]]:
    """Indexes of lines without a blank line between them; with ``bullets`` every bullet begins a run."""
    runs: list[list[int]] = []
    fresh = True
    for index, line in enumerate(lines):
        if not line.text.strip() or line.role in ("break", "page", "reset"):
            fresh = True
            continue
        if fresh or (bullets and line.bullet):
            runs.append([])
        runs[-1].append(index)
        fresh = False
    return runs


def _glued_legend(lines: Sequence[Line], run: Sequence[int]) -> set[int]:
    """Three explanations that follow a text without a blank line: up to three lines each."""
    found: set[int] = set()
    for n in range(len(run)):
        if run[n] in found or not LEGEND[2][1].search(join(lines[i] for i in run[n : n + 2])):
            continue
        window = next((w for start in range(n, max(-1, n - 9), -1) if (w := _window(lines, run, start))), ())
        found.update(window)
    return found


def _window(lines: Sequence[Line], run: Sequence[int], start: int) -> Sequence[int]:
    """Indexes of three explanations that begin at a position of a run; empty when there are none."""
    for a, b, c in product((1, 2, 3), repeat=3):
        cuts = [
            run[start : start + a],
            run[start + a : start + a + b],
            run[start + a + b : start + a + b + c],
        ]
        if sum(map(len, cuts)) < a + b + c or not all(lines[cut[0]].text[:1].isupper() for cut in cuts):
            continue
        if {_color_of(lines, cut) for cut in cuts} == _COLORS:
            return run[start : start + a + b + c]
    return ()


def _repeated_legend(lines: Sequence[Line], runs: Sequence[Sequence[int]]) -> set[int]:
    """Explanations that run into each other on one line: taken so only where they stand several times."""
    windows: dict[str, list[Sequence[int]]] = {}
    for run in runs:
        for start in range(len(run)):
            if not any(pattern.match(lines[run[start]].text) for _, pattern in LEGEND):
                continue
            for length in range(1, 6):
                text = join(lines[i] for i in run[start : start + length])
                if len(text) <= 330 and all(pattern.search(text) for _, pattern in LEGEND):
                    windows.setdefault(text, []).append(run[start : start + length])
                    break
    return {i for places in windows.values() if len(places) > 1 for place in places for i in place}


def legend_color(lines: Sequence[Line]) -> str | None:
    """The colour that some lines explain, if they do."""
    return _color(join(lines))


def _color_of(lines: Sequence[Line], group: Sequence[int]) -> str | None:
    return _color(join(lines[i] for i in group))


def _color(text: str) -> str | None:
    if not text.strip() or len(text) > 150:
        return None
    found = [color for color, pattern in LEGEND if pattern.search(text)]
    return found[-1] if found else None


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Split a document into parts and entries."""
    return _Reader(lines).run()


_FRAME = re.compile(
    r"(?:Projektstatus|Statusbericht|Projekt|Vorhaben|Maßnahme)\s*:?\s*[„\"»“](?P<name>[^„“\"»«”]+)[“\"«”]"
)


def unframed(title: str) -> str:
    """A title without the word and the quotation marks around it: „Projekt „X““ is X."""
    found = _FRAME.fullmatch(title.strip())
    return found.group("name").strip() if found else title.strip('"„“ ')


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.legend = legend_lines(lines)
        self.parts = [Part()]
        self.entry: Entry | None = None
        self.blanks = 0

    def run(self) -> list[Part]:
        index = 0
        while index < len(self.lines):
            index = self._step(index)
        return [p for p in self.parts if p.title or p.entries or any(x.text.strip() for x in p.loose)]

    def _step(self, index: int) -> int:
        line = self.lines[index]
        if line.role == "reset":
            self._open(Part())
            return index + 1
        if line.role in ("break", "page"):
            self._blank(line)
            self.blanks += 3 if line.role == "page" else 0
            if line.role == "break":
                self.entry = (
                    self.entry if self.entry and not self.entry.filled and line.page is None else None
                )
            return index + 1
        if not line.text.strip():
            self._blank(line)
            return index + 1
        if index in self.legend:
            self.parts[-1].legend = True
            self.entry = None
            return index + 1
        if line.role == "title":
            self._open(Part("project", unframed(line.text), title_line=line))
            return index + 1
        found = label_at(self.lines, index)
        if found is not None and self._acceptable(found[0], line, index + found[1]):
            return self._label(index, *found)
        self._text(line)
        return index + 1

    def _acceptable(self, label: Label, line: Line, after: int) -> bool:
        """Ordinary words inside a running paragraph are not labels."""
        if label.divider:
            return self.blanks > 0 or not self.entry or self._heading_follows(after)
        inside = self.entry is not None and self.entry.key == "milestones" and is_weak(label)
        if inside and (label.key in DATED or not (label.colon or line.heading or line.bold)):
            return False  # "Start" and "Abschluss" are names of milestones there
        if (
            label.colon
            or self.blanks
            or line.heading
            or line.bold
            or label.key in PORTFOLIO
            or self.entry is None
        ):
            return True
        last = next((x for x in reversed(self.entry.lines) if x.text.strip()), None)
        if last is None or self.entry.key in HEADER:
            return True
        return (
            (not last.soft and last.text.rstrip().endswith((".", "!", "?", ")", "“")))
            or last.bullet
            or bool(label.rest)
        )

    def _heading_follows(self, after: int) -> bool:
        """Whether the heading of a project comes within the next lines."""
        nearby = range(after, min(after + 4, len(self.lines)))
        labels = (label_at(self.lines, i) for i in nearby)
        return any(found and found[0].key == "title" and found[0].colon for found in labels)

    def _label(self, index: int, label: Label, count: int) -> int:
        line = self.lines[index]
        self.blanks = 0
        if label.key == "title":
            return self._title(index, label, count)
        if label.key in PORTFOLIO:
            if self.parts[-1].kind == "project" or (label.key == "summary" and self.parts[-1].entries):
                self._open(Part("summary"))
            self.parts[-1].kind = "summary"
        if label.key == "legend":
            self.entry = None
            return index + count
        self.entry = Entry(label.key, label, line)
        self.parts[-1].entries.append(self.entry)
        if label.rest:
            last = self.lines[index + count - 1]
            for cell in label.rest.split("\t"):
                self.entry.lines.append(replace(last, text=cell.strip(), bullet=False, heading=0))
        return index + count

    def _title(self, index: int, label: Label, count: int) -> int:
        start = self.lines[index]
        text = label.rest
        position = index + count
        blanks = 0
        own_page = not text
        while position < len(self.lines):
            line = self.lines[position]
            if not line.text.strip() and line.role == "text":
                blanks += 1
                position += 1
                if blanks > 1 or (text and not own_page):
                    break
                continue
            if (
                line.role != "text"
                or line.bullet
                or position in self.legend
                or label_at(self.lines, position)
            ):
                break
            if text and (len(text) + len(line.text) > 160 or _SENTENCE_END.search(line.text)):
                break
            text = glue(text, line.text)
            blanks = 0
            position += 1
        title = unframed(clean(text))
        if not title or (own_page and STATUS_WORD.fullmatch(title)):
            self.entry = Entry("status", replace(label, key="status"), start)
            self.parts[-1].entries.append(self.entry)
            if title:
                self.entry.lines.append(replace(start, text=title))
            return position
        self._open(Part("project", title, label.divider, replace(start, text=title)))
        return position

    def _open(self, part: Part) -> None:
        self.parts.append(part)
        self.entry = None
        self.blanks = 0

    def _blank(self, line: Line) -> None:
        self.blanks += 1
        if self.entry is not None:
            self.entry.lines.append(replace(line, text="", role="text"))
        else:
            self.parts[-1].loose.append(replace(line, text="", role="text"))

    def _text(self, line: Line) -> None:
        entry = self.entry
        if entry is not None and entry.filled and self.blanks and self._closed(entry, line):
            self.entry = entry = None
        if entry is not None and entry.key == "status" and not entry.filled and not _short_status(line.text):
            self.entry = entry = None
        self.blanks = 0
        (entry.lines if entry is not None else self.parts[-1].loose).append(line)

    def _closed(self, entry: Entry, line: Line) -> bool:
        """Whether a blank line ends the entry: always in the header, on a new page for prose."""
        last = next(x for x in reversed(entry.lines) if x.text.strip())
        if entry.key in _SHORT:
            return True
        if entry.key in ("partners", "stakeholders"):
            return not last.bullet and not last.text.rstrip().endswith((",", "-", ";"))
        if entry.key == "progress_list":
            return last.bullet and not line.bullet
        if entry.key in ("milestones", "counts"):
            return False
        return (
            self.blanks >= 3 and not last.soft and last.text.rstrip().endswith((".", "!", "?", "“", ")", ":"))
        )


def _short_status(text: str) -> bool:
    return bool(STATUS_WORD.search(text)) and len(text) <= 60
