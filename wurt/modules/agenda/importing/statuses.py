"""The sentence of a summary page that gives all projects their status.

What is not fully understood gives nobody a status: a wrong green is worse than none.
"""

import re
from collections.abc import Sequence

from wurt.modules.agenda.domain.identity import contains, fold, same_title
from wurt.modules.agenda.importing.joining import clean
from wurt.modules.agenda.importing.model import Read
from wurt.modules.agenda.importing.vocabulary import STATUS_WORD, STATUS_WORDS

_VERB = r"befinde[nt]|sind|ist|steh(?:en|t)|lieg(?:en|t)|im status|auf"
_EXCEPT = re.compile(
    r"\b(?:bis auf|außer|mit ausnahme (?:von|des|der)|ausgenommen|abgesehen von|ohne)\b"
    rf"\s*(?P<names>.+?)(?=\s+(?:{_VERB})\b|[.;]|$)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:nicht|kein\w*|noch nie|weder)\b", re.IGNORECASE)
_COUNTED = r"\d+|acht|sieben|neun|zehn|fünf|sechs|vier|drei|zwei"
_OTHERS = re.compile(r"\b(?:alle|die) (?:übrigen|anderen|weiteren|restlichen)\b|\bder rest\b", re.IGNORECASE)
_ALL = re.compile(
    rf"\b(?:alle|sämtliche|die)\s+(?:(?:{_COUNTED}|übrigen|anderen|weiteren|restlichen|laufenden|aktuellen"
    r"|laufende|aktuelle|derzeitigen|unsere|derzeit|geplanten)\s+)*(?:projekt\w*|vorhaben|maßnahmen)",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"\b(?:\w+|\d+) (?:von|der) (?:\w+|\d+) (?:laufenden |aktuellen )?projekten?\b"
    r"|\b(?:viele|die meisten|einige|mehrere|fast alle|nahezu alle|überwiegend|größtenteils)\b",
    re.IGNORECASE,
)
# What was, shall be or may be is no status of this month.
_NOT_NOW = re.compile(
    r"\b(?:befanden|befand|waren|war|standen|stand|lagen|soll|sollen|sollten|sollte|wird|werden|würden|könn\w+"
    r"|dürften|voraussichtlich|geplant|angestrebt|zuletzt|ehemals|bislang)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[„\"“»]([^„\"“”»«]+)[“\"”«]")
_BRACKETED = re.compile(
    r"\s*\(\s*(?:(?:mit\s+)?(?:Status|Ampel)\s*:?\s*)?[„\"“»]?(?P<color>[^\W\d_]+)[“\"”«]?\s*\)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[;.,]|\bwährend\b|\b(?:und|aber|jedoch|lediglich|nur|sowie)\b"
    r"(?=[^,;.]*\b(?:ist|sind|steht|stehen|befinde[nt]|gelb|rot|grün)\b)"
)


def is_status_sentence(sentence: str) -> bool:
    """A sentence that gives colours to projects of the whole report."""
    about = r"\b(?:projekt\w*|vorhaben|maßnahmen|alle|übrigen)\b"
    return _colored(sentence) and bool(re.search(about, sentence, re.IGNORECASE))


def _colored(sentence: str) -> bool:
    verb = r"\bstatus\w*|\bampel\w*|\bbefinde[nt]\b|\bsteh(?:t|en)\b|\bsind\b|\bist\b|\bauf\b"
    return bool(STATUS_WORD.search(sentence) and re.search(verb, sentence, re.IGNORECASE))


def status_sentences(found: Sequence[str]) -> list[str]:
    """The sentences about the statuses, with those directly behind that go on with single projects."""
    out: list[str] = []
    open_end = False
    for sentence in found:
        open_end = is_status_sentence(sentence) or (open_end and _colored(sentence))
        if open_end:
            out.append(sentence)
    return out


class _Masked:
    """A text whose quoted names cannot be cut."""

    def __init__(self, text: str) -> None:
        self.quotes: list[str] = []
        self.text = _QUOTED.sub(self._hide, text)

    def _hide(self, found: re.Match[str]) -> str:
        if STATUS_WORD.fullmatch(found.group(1).strip()):
            return f" {found.group(1)} "
        self.quotes.append(found.group(0))
        return f"\x01{len(self.quotes) - 1}\x02"

    def shown(self, text: str) -> str:
        return re.sub("\x01(\\d+)\x02", lambda m: self.quotes[int(m.group(1))], text)

    def clauses(self) -> list[str]:
        """Clauses with at least one colour each; what has none belongs to what follows."""
        out: list[str] = []
        waiting: list[str] = []
        for piece in _CUT.split(self.text):
            waiting.append(piece)
            if _colors(piece):
                out.append(", ".join(waiting))
                waiting = []
        if out and any(piece.strip() for piece in waiting):
            out[-1] = ", ".join([out[-1], *waiting])
        return out


def assign_statuses(sentence: str, names: Sequence[str]) -> list[Read[str | None]]:
    """The status of each project (``names`` in order) that a portfolio sentence gives."""
    sentence, single = _bracketed(sentence, names)
    masked = _Masked(sentence)
    whole: str | None = None
    excluded: set[int] = set()
    if _NOT_NOW.search(masked.text):
        return [Read(None, None, False, "portfolio_unclear") for _ in names]
    doubtful = any(not _mentioned(quote, names) for quote in masked.quotes)
    for clause in masked.clauses():
        exception = _EXCEPT.search(clause)
        if exception:
            without = masked.shown(exception.group("names"))
            left_out = _mentioned(without, names)
            excluded |= left_out
            single |= dict.fromkeys(left_out, _colors(without)[0]) if len(_colors(without)) == 1 else {}
            doubtful = doubtful or not left_out
            clause = clause[: exception.start()] + clause[exception.end() :]
        colors = _colors(clause)
        if _PARTIAL.search(clause) and "\x01" not in clause:
            continue
        if len(colors) > 1 or _NEGATED.search(clause):
            doubtful = True
        elif colors and (_ALL.search(clause) or _OTHERS.search(clause)) and "\x01" not in clause:
            doubtful = doubtful or whole not in (None, colors[0])
            whole = colors[0]
        elif colors:
            here = _mentioned(masked.shown(clause), names)
            doubtful = doubtful or not here or any(single.get(i, colors[0]) != colors[0] for i in here)
            single |= dict.fromkeys(here, colors[0])
    known = set(single) | excluded
    doubtful = doubtful or bool(_mentioned(sentence, names) - known)
    doubtful = doubtful or bool(_OTHERS.search(masked.text) and not known)
    whole = None if _PARTIAL.search(masked.text) else whole
    return _reads(len(names), whole, single, excluded, doubtful, len(_colors(sentence)) > 1)


def _reads(
    count: int, whole: str | None, single: dict[int, str], excluded: set[int], doubtful: bool, several: bool
) -> list[Read[str | None]]:
    """With doubt only what is said about single projects counts; with several colours nothing does."""
    out: list[Read[str | None]] = []
    for index in range(count):
        value = single.get(index) or (None if index in excluded or doubtful else whole)
        unclear = value is None or (doubtful and several)
        out.append(Read(None, None, False, "portfolio_unclear") if unclear else Read(value))
    return out


def _colors(text: str) -> list[str]:
    return list(dict.fromkeys(STATUS_WORDS[m.group(0).lower()] for m in STATUS_WORD.finditer(text)))


def _bracketed(sentence: str, names: Sequence[str]) -> tuple[str, dict[int, str]]:
    """Colours in brackets behind a name ("X (Status rot)") and the sentence without the brackets."""
    single: dict[int, str] = {}
    while found := next((m for m in _BRACKETED.finditer(sentence) if _colors(m.group("color"))), None):
        quoted = list(_QUOTED.finditer(sentence[: found.start()]))
        before = re.split(r"[,;.]|\bund\b", sentence[: found.start()])[-1]
        if quoted and quoted[-1].end() == found.start():
            before = quoted[-1].group(0)
        here = _mentioned(before, names)
        if len(here) != 1:
            break
        single |= dict.fromkeys(here, _colors(found.group("color"))[0])
        sentence = sentence[: found.start()] + sentence[found.end() :]
    return sentence, single


def _mentioned(text: str, names: Sequence[str]) -> set[int]:
    """Which projects a text names, by full title or by a word that only one title has."""
    found = {i for i, name in enumerate(names) if fold(name) in fold(text)}
    for piece in [*_QUOTED.findall(text), *re.split(r",|\bund\b", text)]:
        piece = re.sub(
            r"^\s*(?:das|dem|den|die|der|des)?\s*(?:projekte?[ns]?|vorhabens?)?\s+",
            "",
            " " + clean(piece),
            flags=re.IGNORECASE,
        )
        piece = re.split(rf"\s(?:{_VERB})\b", " " + piece, maxsplit=1)[0].strip(' „“"')
        matches = {
            i for i, name in enumerate(names) if piece and (same_title(piece, name) or contains(piece, name))
        }
        if len(matches) == 1:
            found |= matches
    return found
