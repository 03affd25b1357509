"""Compounds: "Busanbindung" is Bus and Anbindung. The dictionary is what the indexed texts themselves say."""

import re
from collections.abc import Callable, Iterable, Iterator

from wurt.core.search.engine.words import STOP

SHORTEST_WORD = 7
SHORTEST_PART = 4
SHORTEST_REST = 6
LONG_PIECE = 5
NOUN_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "heiten",
    "keit",
    "keiten",
    "schaft",
    "schaften",
    "tion",
    "tionen",
    "ment",
    "nis",
    "nisse",
    "tum",
    "taet",
    "taeten",
    "lein",
    "chen",
    "ler",
    "erei",
    "stelle",
    "stellen",
)
_VOWEL = re.compile("[aeiouy]")
LINKS = ("", "s", "es", "n", "en", "e", "er")
"""What German puts between the parts (Fugenelemente)."""

_COMMON_SHORT_TEXT = """
abo amt arm art arzt auge auto bad bahn ball band bau baum berg bio boot brot bus club dach deich deck
dorf duene ehe eis elb ernte fach fahr fisch fluss funk gas geld gast geh glas gras gut hafen halle haus
heim hof hund jahr jugend kind kita koog kreis kunst kur land lehr luft mai markt meer moor muell nacht
netz obst oel ohr opa ort park pass post rad rat rathaus recht ruf saal salz schiff see sonne spiel sport
stadt strand strom tag tal tee tier tor tuer uhr wahl wald wasser watt weg werk wind wolle zahn zaun zeit
zoll zoo zug
"""
COMMON_SHORT = frozenset(_COMMON_SHORT_TEXT.split())
"""Short words that are part of many German compounds and need not stand alone in a text to be known."""

NO_PART = STOP | {"ende", "enden", "lichen", "licher", "liches", "barer", "keiten", "heiten", "schaft"}
"""Words and word endings that look like parts and are none (laufende is no end)."""

Frequency = Callable[[str], int]
"""In how many documents a folded word stands; 0 if in none."""


def _heads(part: str) -> Iterator[str]:
    """The words that a first part may come from: "schul" is Schule, "strassen" is Strasse."""
    yield part
    for end in ("e", "en", "n"):
        yield part + end


def _tails(part: str) -> Iterator[str]:
    yield part
    for end in ("n", "en", "e", "s", "es", "er"):
        yield part + end
        if part.endswith(end) and len(part) - len(end) >= SHORTEST_PART:
            yield part[: -len(end)]


def candidates(word: str) -> set[str]:
    """Every string whose frequency :func:`parts` may ask for, so that they can be looked up at once."""
    found: set[str] = set()
    if len(word) >= SHORTEST_WORD and word.isalpha():
        # A part may be a compound itself: all inner pieces, each with its endings.
        for start in range(len(word) - 2):
            for end in range(start + 3, len(word) + 1):
                if end - start < len(word):
                    found.update(_heads(word[start:end]))
                    if end == len(word) or start == 0:
                        found.update(_tails(word[start:end]))
    return found


def parts(word: str, frequency: Frequency) -> tuple[str, ...]:
    """All words inside a folded word, also those inside its parts; empty if it is no compound."""
    found: list[str] = []
    for part in split(word, frequency):
        found += [part, *parts(part, frequency)]
    return tuple(dict.fromkeys(found))


def split(word: str, frequency: Frequency) -> tuple[str, ...]:
    """The parts of a folded word as known words, left to right; empty if it is no compound of known ones.

    Of several ways the one with the most frequent parts wins (geometric mean, after Koehn and Knight 2003).
    """
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return ()
    best = _best(word, frequency)
    return best[1:] if best else _half(word, frequency)


def longest_known(word: str, frequency: Frequency) -> str:
    """The longest known word that a typed one begins or ends with, where nothing else fits."""
    best: tuple[int, str] = (0, "")
    for cut in range(LONG_PIECE, len(word) - 2):
        if first := _head(word[:cut], frequency)[1]:
            best = max(best, (cut, first))
        if second := _tail(word[-cut:], frequency)[1]:
            best = max(best, (cut, second))
    return best[1]


def known(part: str, frequency: Frequency, *, first: bool) -> str:
    """The most frequent word that a piece may stand for; "" if there is none."""
    return (_head if first else _tail)(part, frequency)[1]


def _best(word: str, frequency: Frequency) -> tuple[int, str, str] | None:
    best: tuple[int, str, str] | None = None
    for cut in range(3, len(word) - 2):
        count, tail = _tail(word[cut:], frequency)
        if count:
            number, head = _head(word[:cut], frequency)
            if number and (best is None or count * number > best[0]):
                best = (count * number, head, tail)
    return best


def _half(word: str, frequency: Frequency) -> tuple[str, ...]:
    """One part is known, and the other looks like a word: the longest known one counts.

    "Busanbindung" where no text has "Anbindung", "Fietsverleih" where none has "Fiets". After a short word
    that stands in many compounds one text with the other part is enough ("Busshuttle").
    """
    best: tuple[tuple[int, int], tuple[str, ...]] = ((0, 0), ())
    for cut in range(3, len(word) - SHORTEST_REST + 1):
        head, tail = word[:cut], word[cut:]
        common = head in COMMON_SHORT and frequency(tail) > 0
        if (common or tail.endswith(NOUN_ENDINGS)) and (first := _head(head, frequency)[1]):
            best = max(best, ((len(first), len(tail)), (first, tail)))
        wordlike = cut >= SHORTEST_PART and head not in STOP and _VOWEL.search(head)
        if wordlike and (second := _tail(tail, frequency)[1]):
            best = max(best, ((len(second), len(tail)), (second,)))
    return best[1]


def _known(forms: Iterable[str], piece: str, frequency: Frequency) -> tuple[int, str]:
    """The most frequent known form and how often it stands, (0, "") for none."""
    best = (2, piece) if piece in COMMON_SHORT else (0, "")
    if len(piece) < SHORTEST_PART:
        return best
    for form in forms:
        if len(form) >= SHORTEST_PART and form not in NO_PART:
            count = frequency(form)
            if count >= 2 and count > best[0]:
                best = (count, form)
    return best


def _tail(tail: str, frequency: Frequency) -> tuple[int, str]:
    return _known(_tails(tail), tail, frequency)


def _head(head: str, frequency: Frequency) -> tuple[int, str]:
    best = (0, "")
    for link in LINKS:
        if head.endswith(link) and len(head) - len(link) >= 3:
            base = head.removesuffix(link) if link else head
            best = max(best, _known(_heads(base), base, frequency))
    return best
