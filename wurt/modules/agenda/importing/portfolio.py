"""The summary page: printed counts, list of progress, introduction, the sentence about all statuses."""

import re
from collections.abc import Sequence

from wurt.modules.agenda.domain.identity import resolve, same_title
from wurt.modules.agenda.domain.periods import find_dues
from wurt.modules.agenda.importing.joining import items, join, paragraphs, sentences, span
from wurt.modules.agenda.importing.model import CountsRead, Line, Read, Span, SummaryRead
from wurt.modules.agenda.importing.sections import Part
from wurt.modules.agenda.importing.statuses import status_sentences
from wurt.modules.agenda.importing.vocabulary import STATUS_WORD

_STATES = {
    "completed": r"abgeschlossen\w*|beendet\w*|fertig\w*|umgesetzt\w*|erledigt\w*",
    "current": r"aktuell\w*|laufend\w*|in umsetzung|aktiv\w*|in bearbeitung|gestartet\w*",
    "future": r"künftig\w*|zukünftig\w*|geplant\w*|ausstehend\w*|noch nicht gestartet\w*|in planung|anstehend\w*",  # noqa: E501
    "stopped": r"gestoppt\w*|zurückgestellt\w*|abgebrochen\w*|eingestellt\w*|pausiert\w*|ruhend\w*",
}
_STATE = re.compile(
    "|".join(f"(?P<{key}>(?<!\\w)(?:{words})(?!\\w))" for key, words in _STATES.items()), re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)(?!\.\d)")


def read_counts(lines: Sequence[Line]) -> Read[CountsRead | None]:
    """Printed numbers of completed, current and future projects."""
    text = "\n".join(line.text for line in lines)
    states = list(_STATE.finditer(text))
    kinds = [m.lastgroup or "" for m in states]
    numbers = list(_NUMBER.finditer(text))
    if not states or not numbers or len(set(kinds)) != len(kinds):
        return Read(None)
    places = span([line for line in lines if _NUMBER.search(line.text) or _STATE.search(line.text)])
    paired = _adjacent(text, states, numbers) or _by_place(lines)
    if paired is None and len(states) == len(numbers):
        apart = numbers[-1].end() <= states[0].start() or states[-1].end() <= numbers[0].start()
        if apart:
            paired = {kind: int(n.group(0)) for kind, n in zip(kinds, numbers, strict=True)}
    if paired is None:
        return Read(None, places, False, "counts_unclear")
    return Read(CountsRead(**paired), places)


def _by_place(lines: Sequence[Line]) -> dict[str, int] | None:
    """Numbers and words in boxes of their own: the nearest number belongs to a word, each number once."""
    numbers = [line for line in lines if line.bbox and re.fullmatch(r"\d{1,3}", line.text.strip())]
    words = [
        (m.lastgroup or "", line)
        for line in lines
        if line.bbox and len(line.text.split()) <= 3 and (m := _STATE.search(line.text))
    ]
    if not words or len(words) != len(numbers):
        return None
    out: dict[str, int] = {}
    used: set[int] = set()
    for kind, line in words:
        nearest = min(range(len(numbers)), key=lambda i, line=line: _apart(line, numbers[i]))  # type: ignore[misc]
        used.add(nearest)
        out[kind] = int(numbers[nearest].text)
    return out if len(used) == len(words) == len(out) else None


def _apart(a: Line, b: Line) -> float:
    x, y = a.bbox or (0, 0, 0, 0), b.bbox or (0, 0, 0, 0)
    return abs(x[0] + x[2] - y[0] - y[2]) / 2 + abs(x[1] + x[3] - y[1] - y[3]) / 2


def _adjacent(
    text: str, states: Sequence[re.Match[str]], numbers: Sequence[re.Match[str]]
) -> dict[str, int] | None:
    """ "8 laufende Projekte", "Abgeschlossen: 1": one number beside each word on the same line."""
    out: dict[str, int] = {}
    for state in states:
        start = text.rfind("\n", 0, state.start()) + 1
        end = text.find("\n", state.end())
        line_end = end if end >= 0 else len(text)
        here = [n for n in numbers if start <= n.start() and n.end() <= line_end]
        peers = [s for s in states if start <= s.start() and s.end() <= line_end]
        if len(here) != len(peers):
            return None
        out[state.lastgroup or ""] = int(here[peers.index(state)].group(0))
    return out


def read_summary(parts: Sequence[Part]) -> SummaryRead | None:
    """The summary of a report from its parts that are no project; None when there is none."""
    lines = [line for part in parts for line in _ordered(part)]
    text_groups = paragraphs(lines)
    sentence, place = _status_sentence(text_groups)
    printed: Read[tuple[str, ...] | None] = Read(None)
    for part in parts:
        for entry in part.entries:
            if entry.key == "progress_list":
                printed = Read(items(entry.lines)[0], span([entry.start, *entry.lines]))
    plain = [line for line in lines if not find_dues(line.text) and not STATUS_WORD.search(line.text)]
    about = {id(x) for group in text_groups if status_sentences(sentences(join(group))) for x in group}
    counts = read_counts([line for line in plain if id(line) not in about])
    counts = counts if counts.value is not None else read_counts(plain)
    known = any(part.kind == "summary" for part in parts)
    if not known and sentence is None and printed.value is None and counts.value is None:
        return None
    return SummaryRead(
        counts=counts,
        progress_printed=printed,
        status_sentence=Read(sentence, place),
        intro=_intro(parts, sentence),
    )


def _ordered(part: Part) -> list[Line]:
    lines = list(part.loose)
    for entry in part.entries:
        if entry.key != "progress_list":
            lines += [*([Line("", entry.start.number)]), *entry.lines]
    return (
        sorted(lines, key=lambda line: (line.page or 0, line.number))
        if all(x.bbox is None for x in lines)
        else lines
    )


def _status_sentence(groups: Sequence[Sequence[Line]]) -> tuple[str | None, Span | None]:
    for group in groups:
        found = status_sentences(sentences(join(group)))
        if found:
            own = [line for line in group if STATUS_WORD.search(line.text)] or list(group)
            return " ".join(found), span(own)
    return None, None


def _intro(parts: Sequence[Part], sentence: str | None) -> Read[str | None]:
    """Whole sentences on the summary page that are none of the other things."""
    texts: list[str] = []
    used: list[Line] = []
    for part in parts:
        if part.kind != "summary":
            continue
        groups = [*paragraphs(part.loose)]
        for entry in part.entries:
            if entry.key == "summary":
                groups += paragraphs(entry.lines)
        for group in groups:
            text = join(group)
            rest = _without(sentences(text)) if sentence else text
            if len(rest.split()) >= 4 and rest.endswith((".", "!", "?")) and not group[0].bullet:
                texts.append(rest)
                used += group
    return Read("\n\n".join(texts) or None, span(used))


def _without(found: Sequence[str]) -> str:
    known = status_sentences(found)
    return " ".join(s for s in found if s not in known)


def match_name(name: str, titles: Sequence[Sequence[str]]) -> int | None:
    """Index of the one project a printed name means; ``titles`` are all spellings of each project."""
    exact = {i for i, group in enumerate(titles) if any(same_title(name, t) for t in group)}
    if len(exact) == 1:
        return exact.pop()
    near = {i for i, group in enumerate(titles) if resolve(name, group).outcome != "new"}
    return near.pop() if len(near) == 1 and not exact else None
