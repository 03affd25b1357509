"""Recognising the labels of sections and fields, tolerant of typing errors and of other wording."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from wurt.modules.agenda.domain.identity import fold
from wurt.modules.agenda.domain.periods import find_dues, parse_due
from wurt.modules.agenda.importing.joining import clean
from wurt.modules.agenda.importing.vocabulary import SECTIONS, STATUS_WORD, TERMS

_COLON = re.compile(r"\s*(?:[:：](?![a-zäöü/])|\t)\s*")
_CONTINUED = re.compile(r"\s*\((?:Fortsetzung|Forts\.|\d\s?(?:/|von)\s?\d)\)", re.IGNORECASE)
_DIVIDER = re.compile(r"^(?:Projektstatus|Projektsteckbrief|Statusbericht Projekt)(?:\s+(?P<rest>\S.*))?$")
# After a noun these words only have a capital where a sentence begins.
_SENTENCE_BEGINS = re.compile(
    r"(?:Die|Der|Das|Den|Dem|Des|Ein|Eine|Einen|In|Im|Es|Alle|Für|Mit|Zur|Zum|Durch|Mittels|Bei|Beim|Auf|Um|Am"
    r"|Seit|Nach|Aus|Von|Vom|Wir|Dieses?|Diese[rnm]?|Derzeit|Aktuell|Zurzeit|Bisher|Nachdem|Aufgrund)\s"
)
_OPEN = frozenset({"milestones", "status"})
DATED = frozenset({"start", "end", "month", "duration"})


@dataclass(frozen=True, slots=True)
class Label:
    """A recognised label: ``rest`` is what follows it on the line, ``typo`` that it was misspelled,
    ``guessed`` that no list has it and only a word in it says what it may mean."""

    key: str
    rest: str = ""
    printed: str = ""
    typo: bool = False
    colon: bool = False
    continued: bool = False
    divider: bool = False
    guessed: bool = False


def compact(text: str) -> str:
    """Letters and digits only, folded: hyphenation, blanks and punctuation do not count."""
    return re.sub(r"[^a-z0-9]+", "", fold(text))


STRONG: dict[str, str] = {compact(v): term.key for term in TERMS for v in term.strong}
ALL: dict[str, str] = {**{compact(v): term.key for term in reversed(TERMS) for v in term.weak}, **STRONG}
_LONG_ALL = [v for v in ALL if len(v) >= 8]
_LONG_STRONG = [v for v in STRONG if len(v) >= 10]
_MAX_WORDS = 9


@lru_cache(maxsize=4096)
def lookup(head: str, weak: bool) -> tuple[str, bool] | None:
    """(key, misspelled) of a label text without its value, or None."""
    core = compact(_CONTINUED.sub("", head))
    table = ALL if weak else STRONG
    if core in table:
        return table[core], False
    if len(core) < 8 or len(core) > 60 or any(c.isdigit() for c in core):
        return None
    choices = _LONG_ALL if weak else _LONG_STRONG
    best = process.extract(core, choices, scorer=fuzz.ratio, limit=4, score_cutoff=88 if weak else 92)
    if not best:
        return None
    keys = {ALL[name] for name, score, _ in best if score > best[0][1] - 3}
    return (ALL[best[0][0]], True) if len(keys) == 1 else None


@lru_cache(maxsize=8192)
def match(text: str, *, cell: bool = False) -> Label | None:
    """The label a line begins with. ``cell``: the text stands alone as a cell or heading, so that ordinary
    words count without a colon."""
    line = text.replace("**", "").strip()
    line = re.sub(r"^\s*(?:[-•*#]+\s+)?", "", line)
    if not line or len(line) > 4000:
        return None
    for colon in _COLON.finditer(line[:90]):
        head = line[: colon.start()]
        if len(head.split()) > _MAX_WORDS:
            break
        found = lookup(clean(head), True)
        if found:
            return _label(found, head, line[colon.end() :], True)
        break
    whole = clean(line)
    if whole.endswith(":") and (key := _by_keyword(whole[:-1])):
        return Label(key, "", whole[:-1], colon=True, guessed=True)
    if len(whole.split()) <= _MAX_WORDS and not whole.endswith((".", ",", ";")):
        found = lookup(whole.rstrip(":"), cell)
        if found and not (found[0] == "title" and not cell):
            return _label(found, whole, "", whole.endswith(":"))
    divider = _DIVIDER.match(whole)
    if divider and len(whole.split()) <= 16 and not whole.endswith("."):
        return Label("title", divider.group("rest") or "", "Projektstatus", divider=True)
    return _open_prefix(whole)


_KEYWORDS = (
    ("milestones", re.compile(r"meilenstein")),
    ("next", re.compile(r"nächsten?\s+schritte?|geplante\s+(?:aktivität|schritt|maßnahm)|ausblick")),
    ("risks", re.compile(r"risik|kritische\s+punkt|herausforderung|hemmnis|hindernis")),
    ("progress", re.compile(r"fortschritt(?!e\s+in\s+den\s+projekten)")),
    ("state", re.compile(r"sachstand|gesamtstand|umsetzungsstand|projektstand|aktueller\s+stand")),
    ("goal", re.compile(r"\b(?:projekt)?ziele?\b|zielsetzung")),
    ("content", re.compile(r"beschreibung|(?:projekt)?inhalte?\b")),
)


def _by_keyword(head: str) -> str | None:
    """The section a short line with a colon announces in words that no list has; None when unclear."""
    if not head[:1].isupper() or len(head.split()) > 6 or re.search(r"[.!?;:]|\d", head):
        return None
    if "projekten" in head.lower():
        return None
    found = [key for key, pattern in _KEYWORDS if pattern.search(head.lower())]
    return found[0] if found else None


def is_weak(label: Label) -> bool:
    """Whether the label is an ordinary word, too."""
    return compact(label.printed) not in STRONG


def _label(found: tuple[str, bool], head: str, rest: str, colon: bool) -> Label:
    key, typo = found
    rest = rest.strip()
    if key == "title" and "status" in compact(head) and rest and STATUS_WORD.fullmatch(rest.strip(' .„“"()')):
        key = "status"
    if (
        key == "month"
        and rest
        and not find_dues(rest)
        and parse_due(rest) is None
        and compact(head) == "stand"
    ):
        key = "state"
    return Label(key, rest, clean(head), typo, colon, bool(_CONTINUED.search(head)))


def _open_prefix(line: str) -> Label | None:
    """Labels without a colon whose value follows on the same line."""
    words = line.split(" ")
    for count in range(min(len(words) - 1, 5), 0, -1):
        head, rest = " ".join(words[:count]), " ".join(words[count:])
        core = compact(head)
        key = STRONG.get(core)
        if (
            key == "milestones"
            and count >= 2
            and core.startswith(("planung", "naechste", "geplante", "kommende"))
        ):
            return Label(key, rest, head)
        if key == "status" and STATUS_WORD.fullmatch(rest.strip(' .„“"()')):
            return Label(key, rest, head)
        if (
            key in SECTIONS
            and rest[:1].isupper()
            and len(rest.split()) >= 3
            and " " in rest
            and compact(rest)[:1]
        ):
            return Label(key, rest, head)
        any_key = ALL.get(core)
        if any_key in SECTIONS and _SENTENCE_BEGINS.match(rest) and len(rest.split()) >= 4:
            return Label(any_key, rest, head)
        if any_key in DATED and (
            parse_due(rest) is not None or (any_key == "duration" and len(find_dues(rest)) == 2)
        ):
            return Label(any_key, rest, head)
        if key in ("lead",) and re.search(r"\s?[–-]\s", rest):
            return Label(key, rest, head)
    return None
