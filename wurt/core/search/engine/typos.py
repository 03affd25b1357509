"""Typing errors: which known words may have been meant.

Symmetric deletion after Garbe (SymSpell): a word is filed under its first letters and under those with one of
them left out; what was typed is looked up the same way. Every single error in the first letters leads to a
common key, and any error behind them does too; the few candidates are then measured.
"""

from hashlib import blake2b

from rapidfuzz.distance import OSA

PREFIX = 7
SHORTEST = 4


def keys(word: str) -> set[int]:
    """The keys of a folded word, as 63-bit numbers: at most one more than ``PREFIX``."""
    start = word[:PREFIX]
    forms = {start, *(start[:i] + start[i + 1 :] for i in range(len(start)))}
    return {int.from_bytes(blake2b(form.encode(), digest_size=8).digest(), "big") >> 1 for form in forms}


def allowed(word: str) -> int:
    """How many errors a word of this length may hold."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 8 else 2


def distance(typed: str, known: str) -> int:
    """Letters added, lost, changed or swapped with their neighbour; above ``allowed`` any larger number."""
    return OSA.distance(typed, known, score_cutoff=allowed(typed))


def closest(typed: str, known: dict[str, int], most: int = 3) -> list[tuple[str, int]]:
    """Of the candidates (word: in how many documents) the nearest, as (word, errors); more frequent first."""
    near = [(word, distance(typed, word)) for word in known]
    kept = [(word, errors) for word, errors in near if 0 < errors <= allowed(typed)]
    kept.sort(key=lambda item: (item[1], item[0][0] != typed[0], -known[item[0]], item[0]))
    return kept[:most]
