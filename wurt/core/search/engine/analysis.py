"""From a document's texts to the terms under which it is filed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from wurt.core.search.engine.words import STOP, clean, spelled, stem

TITLE = 5.0
"""How many times more a word counts in the title than in the text."""
PART = 0.3
"""What a part of a compound counts ("Bus" in "Busanbindung")."""
JOINED = 0.3
"""What a hyphened word written as one counts; its pieces count in full."""

PartsOf = Callable[[str], tuple[str, ...]]
"""The words inside a folded word (:func:`compounds.parts`)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a document and how much a word in it counts; 1 is plain text."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Analysed:
    """``terms``: weighted frequency by stem. ``length``: words of text. ``words``: {folded: written}."""

    terms: dict[str, float]
    length: int
    words: dict[str, str]


def words_of(texts: Iterable[Text]) -> dict[str, str]:
    """The words of the texts that say something, folded, each with one way it is written there."""
    found: dict[str, str] = {}
    for piece in texts:
        for key, shown, _joined in spelled(clean(piece.text)):
            if key not in STOP and key not in found:
                found[key] = shown
    return found


def analyse(texts: Iterable[Text], parts_of: PartsOf) -> Analysed:
    """File a document's texts. Pieces heavier than plain text (a title) do not make it longer."""
    counts: dict[str, float] = {}
    words: dict[str, str] = {}
    length = 0
    for piece in texts:
        weight = piece.weight
        plain = weight <= 1
        for key, shown, joined in spelled(clean(piece.text)):
            length += plain and not joined
            if key in STOP:
                continue
            if key in counts:
                counts[key] += weight * JOINED if joined else weight
            else:
                words[key] = shown
                counts[key] = weight * JOINED if joined else weight
    return Analysed(_filed(counts, parts_of), max(1, length), words)


def _filed(counts: dict[str, float], parts_of: PartsOf) -> dict[str, float]:
    """Weighted frequency by stem: each different word is looked at once. Rounded, so that the order of words
    does not show in the last digit."""
    terms: dict[str, float] = {}
    for key, number in counts.items():
        own, others = _stems(key, parts_of(key))
        terms[own] = terms.get(own, 0) + number
        for part in others:
            terms[part] = terms.get(part, 0) + number * PART
    return {term: round(number, 3) for term, number in terms.items()}


@lru_cache(maxsize=200_000)
def _stems(key: str, parts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    own = stem(key)
    return own, tuple(dict.fromkeys(term for part in parts if (term := stem(part)) != own))
