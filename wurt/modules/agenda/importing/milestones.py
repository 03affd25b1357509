"""Milestones: which date belongs to which label.

Where places are known, the label nearest in x to a date belongs to it. In plain text the order decides, and
only where it leaves no doubt: "label, date" pairs or a single pair. Everything else is marked ambiguous with
all readings that the order allows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wurt.modules.agenda.domain.periods import Period, find_dues, parse_due
from wurt.modules.agenda.importing.joining import clean, is_placeholder, join, span
from wurt.modules.agenda.importing.model import Line, MilestoneRead

_DONE = re.compile(
    # Begins where a run of blanks begins: tried from each blank of a long run it would take cubic time.
    r"(?<!\s)\s*[(\[]?\s*(?:✓|✔|☑|erledigt|abgeschlossen|erreicht|umgesetzt)\s*[)\]]?\s*$|^\s*(?:✓|✔|☑|\[x\])\s*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:[,/&(–-]|(?:^|\s)[a-zäöüß]+)$")
_ADJECTIVE = re.compile(r"(?:e|er|es|en|em|ale|ive|ische|liche)$")
_SEP_AFTER = re.compile(r"^\s*(?:[:–—|\t]|-\s)\s*")
_SEP_BEFORE = re.compile(
    r"(?<!\s)\s*(?:[:–—|\t(\[,]|\s-|\bbis(?: zum)?|\bim|\bam|\bab|\bvoraussichtlich|\bca\.)\s*$"
)


_NUMBERED = re.compile(
    r"^\d{1,2}[.)]\s+(?=[A-ZÄÖÜ])(?!(?:Quartal|Halbjahr|HJ|Q\d|Jan|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\b)(?!(?:Januar|Februar|März|April|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
)
_HEAD = re.compile(
    r"^(?:Meilensteine?|Termine?|Datum|Bezeichnung|Fällig(?:keit)?|Zeitpunkt|Nr\.?|Status|Bis wann|Was|Wann)$",  # noqa: E501
    re.IGNORECASE,
)
_OPEN_DATE = re.compile(r"\s*[(:–-]\s*(?P<due>[^()]{1,24}?)\s*\)?$")


@dataclass(slots=True)
class _Token:
    """A date or a piece of a label in reading order."""

    period: Period | None = None
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    bullet: bool = False


def read_milestones(lines: Sequence[Line]) -> tuple[MilestoneRead, ...]:
    """All milestones of a section in plain reading order."""
    inline, tokens = _tokens(_pieces(lines))
    if inline and not any(t.period for t in tokens):
        rest = [t for t in tokens if not _HEAD.match(t.text)]
        return tuple(inline + _undated(rest))
    dates = [i for i, t in enumerate(tokens) if t.period]
    labels = [i for i, t in enumerate(tokens) if not t.period]
    if not dates:
        return tuple(inline + _undated(tokens))
    if not labels:
        return tuple(inline)
    return tuple(inline + _paired(tokens, dates, labels))


def _pieces(lines: Sequence[Line]) -> list[Line]:
    """Numbered lines as bullets; several "label: date" pairs on one line as lines of their own."""
    numbered = sum(bool(_NUMBERED.match(line.text)) for line in lines) > 1
    out: list[Line] = []
    for line in lines:
        if numbered and _NUMBERED.match(line.text):
            line = replace(line, text=_NUMBERED.sub("", line.text), bullet=True)
        parts = [part.strip() for part in line.text.split(";") if part.strip()]
        if len(parts) < 2 or not all(find_dues(part) for part in parts):
            parts = re.split(r",\s+(?=[A-ZÄÖÜ])", line.text)
        if len(parts) > 1 and all(len(find_dues(part)) == 1 and parse_due(part) is None for part in parts):
            out += [replace(line, text=part, bullet=True) for part in parts]
        else:
            out.append(line)
    return out


def _tokens(lines: Sequence[Line]) -> tuple[list[MilestoneRead], list[_Token]]:
    inline: list[MilestoneRead] = []
    tokens: list[_Token] = []
    for line in lines:
        if not line.text.strip() or (is_placeholder(line.text) and parse_due(line.text) is None):
            continue
        pair = _inline(line)
        if pair is not None:
            inline.append(pair)
            continue
        for cell in line.text.split("\t"):
            tokens += _split(cell, line)
    return inline, tokens


def _split(text: str, line: Line) -> list[_Token]:
    """One line as dates and label pieces: "Q2 24 Q2 24 Q3 24" is three dates."""
    whole = parse_due(text)
    if whole is not None:
        return [_Token(whole, text, [line], line.bullet)]
    found = find_dues(text)
    out: list[_Token] = []
    position = 0
    edges = [
        f
        for f in found
        if not text[: f[0]].strip(" ,;/|") or not text[f[1] :].strip(" ,;/|") or len(found) > 1
    ]
    for start, end, period in edges:
        if text[position:start].strip(" ,;/|"):
            out.append(_Token(None, clean(text[position:start]), [line], line.bullet and not out))
        out.append(_Token(period, text[start:end], [line]))
        position = end
    if text[position:].strip(" ,;/|"):
        out.append(_Token(None, clean(text[position:]), [line], line.bullet and not out))
    return out


def _inline(line: Line) -> MilestoneRead | None:
    """Label and date on one line, joined by punctuation, a tab or a bracket: certain."""
    cells = [cell.strip() for cell in line.text.split("\t") if cell.strip()]
    if len(cells) == 2:
        first, second = parse_due(cells[0]), parse_due(cells[1])
        if (first is None) != (second is None):
            period = first or second
            return _single(cells[1] if first else cells[0], period, [line])
    found = find_dues(line.text)
    if len(found) != 1:
        return None
    start, end, period = found[0]
    before, after = line.text[:start], line.text[end:]
    if not before.strip(" (") and _SEP_AFTER.match(after) and len(after.strip()) > 3:
        return _single(_SEP_AFTER.sub("", after), period, [line])
    if not after.strip(" ).]✓✔") and (_SEP_BEFORE.search(before) or line.bullet) and len(before.strip()) > 3:
        label = _SEP_BEFORE.sub("", before)
        label = _SEP_BEFORE.sub("", label)
        return _single(label + (" ✓" if after.strip(" ).]") else ""), period, [line])
    if line.bullet and not before.strip(" (") and len(after.strip()) > 3:
        return _single(after, period, [line])
    return None


def _single(label: str, period: Period | None, lines: Sequence[Line], *, ambiguous: bool = False, reason: str = "",  # noqa: E501
            alternatives: Sequence[str] = ()) -> MilestoneRead:  # fmt: skip
    label = label.strip(" :–-|,;\t")
    done = bool(_DONE.search(label))
    text = re.sub(r"^\[\s?\]\s*", "", clean(_DONE.sub("", label))).strip(" :–-|,;")
    unknown = _OPEN_DATE.search(text) if period is None else None
    if unknown and (open_date := parse_due(unknown.group("due"))) is not None and open_date.due is None:
        text, period = text[: unknown.start()], open_date
    doubtful = ambiguous or (period is not None and not period.certain and period.due is not None)
    others = list(alternatives) + (list(period.alternatives) if period and not period.certain else [])
    due = period.due if period else None
    return MilestoneRead(
        label=text, due=due, due_printed=period.printed if period else None, ambiguous=doubtful,
        reason=reason or (period.reason if period and not period.certain else ""),
        alternatives=tuple(dict.fromkeys(o for o in others if o != due)), done=done, source=span(lines),
    )  # fmt: skip


def _undated(tokens: Sequence[_Token]) -> list[MilestoneRead]:
    return [
        _single(join([t.text for t in unit]), None, [x for t in unit for x in t.lines])
        for unit in _units(tokens)
    ]


def _paired(tokens: list[_Token], dates: list[int], labels: list[int]) -> list[MilestoneRead]:
    if len(dates) == 1 and not any(tokens[i].bullet for i in labels[1:]):
        pieces = [tokens[i] for i in labels]
        return [
            _single(
                join([t.text for t in pieces]), tokens[dates[0]].period, [x for t in tokens for x in t.lines]
            )
        ]
    shape = re.sub(r"L+", "L", "".join("D" if t.period else "L" for t in tokens))
    if re.fullmatch(r"(?:LD)+", shape):
        return _runs(tokens)
    if re.fullmatch(r"(?:DL)+", shape):
        return _date_first(tokens)
    if shape in ("LD" + "D" * (len(dates) - 1), "D" * len(dates) + "L"):
        return _rows(tokens, [tokens[i].period for i in dates], [tokens[i] for i in labels])
    return _irregular(tokens)


def _label_runs(tokens: Sequence[_Token]) -> list[list[_Token]]:
    runs: list[list[_Token]] = []
    fresh = True
    for token in tokens:
        if token.period:
            fresh = True
            continue
        if fresh:
            runs.append([])
        runs[-1].append(token)
        fresh = False
    return runs


def _runs(tokens: Sequence[_Token]) -> list[MilestoneRead]:
    """Every label is followed by its date."""
    periods = [t.period for t in tokens if t.period]
    return [
        _single(join([t.text for t in run]), period, [x for t in run for x in t.lines])
        for run, period in zip(_label_runs(tokens), periods, strict=True)
    ]


def _date_first(tokens: Sequence[_Token]) -> list[MilestoneRead]:
    """Dates and labels alternate from a date on: drawn before its label, or the last label drawn first."""
    periods = [t.period for t in tokens if t.period]
    runs = _label_runs(tokens)
    out = []
    for index, run in enumerate(runs):
        nearby = [periods[(index + 1) % len(periods)], periods[index - 1]]
        others = [p.due for p in nearby if p is not None and p.due]
        out.append(_single(join([t.text for t in run]), periods[index], [x for t in run for x in t.lines],
                           ambiguous=True, reason="drawing_order", alternatives=others))  # fmt: skip
    return out


def _units(tokens: Sequence[_Token]) -> list[list[_Token]]:
    """Pieces of labels put together again: a piece that ends openly goes on in the next."""
    units: list[list[_Token]] = []
    bulleted = any(token.bullet for token in tokens)
    for token in tokens:
        previous = units[-1][-1] if units else None
        if previous is not None and bulleted:
            goes_on = not token.bullet
        else:
            goes_on = previous is not None and (
                previous.lines[-1].soft or bool(_GOES_ON.search(previous.text)) or token.text[:1].islower()
            )
        if goes_on:
            units[-1].append(token)
        else:
            units.append([token])
    return units


def _rows(
    tokens: Sequence[_Token], periods: Sequence[Period | None], labels: Sequence[_Token]
) -> list[MilestoneRead]:
    """A row of labels and a row of dates: the order of the labels is not the order on paper."""
    texts = [(join([t.text for t in unit]), [x for t in unit for x in t.lines]) for unit in _units(labels)]
    while len(texts) < len(periods) and (split := _split_glued(texts)) is not None:
        texts = split
    count = len(texts)
    dues = [p.due if p else None for p in periods]
    readings = [
        list(range(count)),
        _alternating(count, count // 2, False),
        _alternating(count, (count + 1) // 2, True),
    ]
    out = []
    for index, (text, lines) in enumerate(texts):
        if count != len(periods):
            out.append(_single(text, None, lines, ambiguous=True, reason="count_differs",
                               alternatives=[d for d in dict.fromkeys(dues) if d]))  # fmt: skip
            continue
        others = [dues[reading[index]] for reading in readings]
        out.append(_single(text, periods[index], lines, ambiguous=True, reason="labels_then_dates",
                           alternatives=[d for d in others if d]))  # fmt: skip
    return out


def _alternating(count: int, upper: int, first_upper: bool) -> list[int]:
    """Position on the arrow of each label when the first ``upper`` labels stand in the upper row."""
    up = [i for i in range(count) if (i % 2 == 0) == first_upper][:upper]
    low = [i for i in range(count) if i not in up]
    return up + low


def _split_glued(texts: list[tuple[str, list[Line]]]) -> list[tuple[str, list[Line]]] | None:
    """Split the label in which two seem to be glued: a noun, then another capital."""
    best: tuple[int, int, int] | None = None
    for index, (text, _) in enumerate(texts):
        words = text.split(" ")
        for position in range(1, len(words)):
            left, right = words[position - 1], words[position]
            if not (left[:1].isupper() and right[:1].isupper()) or _ADJECTIVE.search(left):
                continue
            if best is None or len(text) > best[0]:
                best = (len(text), index, position)
    if best is None:
        return None
    _, index, position = best
    words, lines = texts[index][0].split(" "), texts[index][1]
    halves = [(" ".join(words[:position]), lines), (" ".join(words[position:]), lines)]
    return texts[:index] + halves + texts[index + 1 :]


def _irregular(tokens: Sequence[_Token]) -> list[MilestoneRead]:
    """No rule fits: keep all labels, propose the next date in order, mark everything."""
    dues = [t.period.due for t in tokens if t.period and t.period.due]
    out: list[MilestoneRead] = []
    waiting: list[_Token] = []
    last: Period | None = None
    for token in [*tokens, _Token(Period(None))]:
        if token.period is None:
            waiting.append(token)
            continue
        for unit in _units(waiting):
            period = token.period if token.period.due else last
            out.append(_single(join([t.text for t in unit]), period, [x for t in unit for x in t.lines], ambiguous=True,  # noqa: E501
                               reason="irregular_order", alternatives=list(dict.fromkeys(dues))))  # fmt: skip
        waiting, last = [], token.period
    return out


def read_by_place(
    labels: Sequence[tuple[str, list[Line]]], dates: Sequence[tuple[Period, Line]]
) -> tuple[MilestoneRead, ...]:
    """Pair labels and dates by their places: the nearest in x, each date once."""
    places = [_extent([line]) for _, line in dates]
    order = sorted((left + right) / 2 for left, right in places)
    pitch = min((b - a for a, b in pairwise(order)), default=1e9)
    gaps = [[_offset(_extent(lines), place) for place in places] for _, lines in labels]
    choice = [min(range(len(places)), key=lambda d, row=row: row[d]) for row in gaps]  # type: ignore[misc]
    unique = len(set(choice)) == len(choice) == len(dates)
    out: list[tuple[float, MilestoneRead]] = []
    for (text, lines), row, best in zip(labels, gaps, choice, strict=True):
        near = sorted(row)
        clear = unique and (
            len(near) == 1 or (near[0] < 0.35 * max(pitch, 1.0) and near[1] > 1.5 * near[0] + 1)
        )
        others = sorted(range(len(places)), key=lambda d, row=row: row[d])[1:3]  # type: ignore[misc]
        read = _single(text, dates[best][0], [*lines, dates[best][1]], ambiguous=not clear, reason="" if clear else "places_unclear",  # noqa: E501
                       alternatives=[] if clear else [dates[d][0].due or "" for d in others])  # fmt: skip
        out.append((sum(places[best]) if unique else sum(_extent(lines)), read))
    return tuple(read for _, read in sorted(out, key=lambda item: item[0]))


def _extent(lines: Sequence[Line]) -> tuple[float, float]:
    boxes = [line.bbox for line in lines if line.bbox]
    return (min(b[0] for b in boxes), max(b[2] for b in boxes)) if boxes else (0.0, 0.0)


def _offset(label: tuple[float, float], date: tuple[float, float]) -> float:
    """How far two texts are from being aligned left, right or at their centres."""
    left, right = abs(label[0] - date[0]), abs(label[1] - date[1])
    return min(left, right, abs(sum(label) - sum(date)) / 2)


def pair_rows(rows: Sequence[tuple[str, list[Line], Period, Line]]) -> tuple[MilestoneRead, ...]:
    """Milestones of a table: label and date stand in one row, which is certain."""
    return tuple(_single(text, period, [*lines, line]) for text, lines, period, line in rows)
