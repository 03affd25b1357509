"""Why a document was found: the passage that says so, with the words that matched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wurt.core.search.engine.words import Token, clean, tokens

LONG = 260
"""Letters of a passage."""

Matcher = Callable[[Token], str]
"""What was typed that this word answers; "" for none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``hit`` if it is a word that was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces in order; ``found``: what was typed, with the word that answers it as it is written here."""

    pieces: tuple[Piece, ...]
    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A text on one line with its words, so that it is read once only."""

    text: str
    words: Sequence[Token]

    @classmethod
    def of(cls, text: str) -> "Read":
        """Read a text."""
        line = " ".join(clean(text).split())
        return cls(line, tuple(tokens(line)))


def passage(read: Read, matcher: Matcher, longest: int = LONG) -> Passage:
    """The stretch that answers most of what was typed; the beginning if nothing does. 0: the whole text."""
    text = read.text
    hits = [(token, typed) for token in read.words if (typed := matcher(token))]
    found = tuple(dict.fromkeys((typed, token.shown) for token, typed in hits))
    start, end = _window(text, hits, longest)
    pieces: list[Piece] = [Piece("… ")] if start else []
    at = start
    for token, _typed in hits:
        if token.start < at or token.end > end:
            continue
        pieces += [Piece(text[at : token.start]), Piece(text[token.start : token.end], hit=True)]
        at = token.end
    pieces.append(Piece(text[at:end]))
    if end < len(text):
        pieces.append(Piece(" …"))
    return Passage(tuple(piece for piece in pieces if piece.text), found)


def _window(text: str, hits: list[tuple[Token, str]], longest: int) -> tuple[int, int]:
    """Where the passage begins and ends, at the edges of words."""
    if not longest or len(text) <= longest:
        return 0, len(text)
    start = 0
    best = (0, 0)
    for number, (first, _typed) in enumerate(hits):
        inside = [
            typed for token, typed in hits[number : number + 40] if token.end <= first.start + longest - 60
        ]
        points = (len(set(inside)), len(inside))
        if points > best:
            best, start = points, max(0, first.start - 60)
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + longest)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + longest // 2)
    return start, end
