"""From a document's texts to the terms under which it is filed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wurt.core.search.engine.words import STOP, clean, stem, tokens

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
        for token in tokens(clean(piece.text)):
            if token.key not in STOP:
                found.setdefault(token.key, token.shown)
    return found


def analyse(texts: Iterable[Text], parts_of: PartsOf) -> Analysed:
    """File a document's texts. Pieces heavier than plain text (a title) do not make it longer."""
    terms: dict[str, float] = {}
    words: dict[str, str] = {}
    length = 0
    for piece in texts:
        for token in tokens(clean(piece.text)):
            length += piece.weight <= 1 and not token.joined
            if token.key in STOP:
                continue
            words.setdefault(token.key, token.shown)
            counts = piece.weight * (JOINED if token.joined else 1)
            own = stem(token.key)
            terms[own] = terms.get(own, 0) + counts
            for part in {stem(part) for part in parts_of(token.key)} - {own}:
                terms[part] = terms.get(part, 0) + counts * PART
    return Analysed(terms, max(1, length), words)
