"""From what somebody typed to what is looked for: words, their parts, words probably meant."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from wurt.core.search.engine import compounds, typos
from wurt.core.search.engine.words import STOP, Token, clean, stem, tokens

MOST_WORDS = 24
"""More words than this make no better question; the rest is left out, so that nobody can order slow ones."""
LONGEST_SPLIT = 40

PART = 0.9
ONE_ERROR = 0.9
TWO_ERRORS = 0.7
"""What an answer to a part, or to a word with one or two errors, counts."""


class Why(StrEnum):
    """How a term of the index answers a typed word."""

    WORD = "word"
    PART = "part"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Choice:
    """A term that would answer a typed word, and what it counts then (1 is a full answer).

    ``word`` is the known word that it comes from, folded; it differs from what was typed for a typing error.
    """

    term: str
    weight: float
    why: Why
    word: str


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that is looked for. A document gets the points of its best choice, not the sum."""

    typed: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is looked for, and for words that no document holds as typed the nearest known: {typed: meant}."""

    groups: tuple[Group, ...]
    corrections: dict[str, str]

    @property
    def terms(self) -> frozenset[str]:
        """Every term that is looked for."""
        return frozenset(choice.term for group in self.groups for choice in group.choices)


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the index: in how many documents it stands, one way it is written, the words inside it."""

    documents: int
    shown: str
    parts: tuple[str, ...] = ()


Words = dict[str, Known]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the plan asks the index: folded words as they are, and all that share a key of ``typos.keys``."""

    known: Callable[[Collection[str]], Words]
    similar: Callable[[Collection[int]], Words]


def plan(text: str, vocabulary: Vocabulary) -> Plan:
    """What to look for. One question to the vocabulary, three if a word is unknown, however long the text."""
    typed = _typed(text)
    known = vocabulary.known({token.key for token in typed})
    typed = [token for token in typed if not token.joined or token.key in known] or typed
    unknown = [token.key for token in typed if token.key not in known]
    pool: Words = {}
    if unknown:
        pieces = {
            piece for word in unknown if len(word) <= LONGEST_SPLIT for piece in compounds.candidates(word)
        }
        known = known | (vocabulary.known(pieces) if pieces else {})
        keys = {key for word in unknown if typos.allowed(word) for key in _typo_keys(word)}
        pool = vocabulary.similar(keys) if keys else {}
    builder = _Builder(known, pool)
    for token in typed:
        builder.add(token)
    return Plan(tuple(builder.groups), builder.corrections)


def _typed(text: str) -> list[Token]:
    found: dict[str, Token] = {}
    for token in tokens(clean(text)):
        found.setdefault(token.key, token)
    telling = [token for token in found.values() if token.key not in STOP]
    return (telling or list(found.values()))[:MOST_WORDS]


def _typo_keys(word: str) -> set[int]:
    keys = typos.keys(word)
    for head, tail in _cuts(word):
        keys |= typos.keys(head) | typos.keys(tail)
    return keys


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """Where a long unknown word may be two, one of them with a typing error."""
    if compounds.SHORTEST_WORD < len(word) <= LONGEST_SPLIT and word.isalpha():
        for cut in range(compounds.SHORTEST_PART, len(word) - compounds.SHORTEST_PART + 1):
            yield word[:cut], word[cut:]


class _Builder:
    """Collects the groups of one plan."""

    def __init__(self, known: Words, pool: Words) -> None:
        self.known, self.pool = known, pool
        self.counts = {word: found.documents for word, found in pool.items()}
        self.common = {word: n for word, n in self.counts.items() if n > 1 and len(word) > 4}
        self.groups: list[Group] = []
        self.corrections: dict[str, str] = {}

    def add(self, token: Token) -> None:
        """The word itself, what was probably meant, and the parts of either."""
        typed, own = token.key, stem(token.key)
        choices = {own: Choice(own, 1.0, Why.WORD, typed)}
        if typed in self.known:
            parts = self.known[typed].parts
        elif near := typos.closest(typed, self.counts):
            parts = self._meant(token, near, choices)
        else:
            parts = compounds.parts(typed, self._documents)
        self.groups.append(Group(typed, tuple(choices.values())))
        if parts:
            self._add_parts(typed, parts, PART, Why.PART)
        elif typed not in self.known and len(choices) == 1:
            self._repair(token)

    def _meant(
        self, token: Token, near: list[tuple[str, int]], choices: dict[str, Choice]
    ) -> tuple[str, ...]:
        """Words at the least distance become choices; the parts of the best are returned."""
        same = next((word for word, _errors in near if stem(word) in choices), "")
        if same:  # another form of a known word ("melde": Melden), no error
            return self.pool[same].parts
        best, fewest = near[0]
        self.corrections[token.shown] = self.pool[best].shown
        for word, errors in near:
            if errors == fewest:
                weight = ONE_ERROR if errors == 1 else TWO_ERRORS
                choices.setdefault(stem(word), Choice(stem(word), weight, Why.TYPO, word))
        return self.pool[best].parts

    def _documents(self, word: str) -> int:
        found = self.known.get(word)
        return found.documents if found else 0

    def _add_parts(self, typed: str, parts: Collection[str], weight: float, why: Why) -> None:
        seen: set[str] = set()
        for word in parts:
            if (term := stem(word)) not in seen:
                seen.add(term)
                self.groups.append(Group(typed, (Choice(term, weight, why, word),)))

    def _repair(self, token: Token) -> None:
        """An unknown compound with a typing error in one of its parts ("Hausreeln": Haus, Regeln)."""
        best: tuple[int, int, str, str] | None = None
        for head, tail in _cuts(token.key):
            for right, wrong, first in ((head, tail, True), (tail, head, False)):
                sound = compounds.known(right, self._documents, first=first) if len(wrong) > 4 else ""
                near = typos.closest(wrong, self.common, 1) if sound else []
                if near and near[0][1] == 1:
                    points = min(self._documents(sound) or 2, self.common[near[0][0]])
                    pair = (sound, near[0][0]) if first else (near[0][0], sound)
                    found = (len(right), points, *pair)
                    best = max(best, found) if best else found
        if best:
            self._add_parts(token.key, best[2:], ONE_ERROR, Why.TYPO)
        elif piece := compounds.longest_known(token.key, self._documents):
            self._add_parts(token.key, [piece], PART, Why.PART)
