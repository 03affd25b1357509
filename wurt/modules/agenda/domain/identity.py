"""Recognising projects and organisations again in spite of spelling drift.

A name is "same" only where nothing but spelling differs. What a person has to decide is "probable".
Names that differ by a number, a direction or a place are never the same.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

Outcome = Literal["same", "probable", "new"]

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_PLAIN = str.maketrans("áàâãåéèêëíìîïóòôõøúùûýçñ", "aaaaaeeeeiiiiooooouuuycn")
_STOP = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "ein",
        "eine",
        "einer",
        "eines",
        "und",
        "oder",
        "in",
        "im",
        "an",
        "am",
        "auf",
        "für",
        "fuer",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "mit",
        "bei",
        "über",
        "ueber",
        "als",
        "aus",
        "nach",
        "the",
        "of",
    ]
)
DIRECTIONS = frozenset(
    [
        "nord",
        "sued",
        "ost",
        "west",
        "nordost",
        "nordwest",
        "suedost",
        "suedwest",
        "norden",
        "sueden",
        "osten",
        "westen",
        "noerdlich",
        "suedlich",
        "oestlich",
        "westlich",
        "ober",
        "unter",
        "oberes",
        "unteres",
        "mitte",
        "zentrum",
        "innen",
        "aussen",
        "links",
        "rechts",
        "alt",
        "neu",
        "gross",
        "klein",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "eins",
        "zwei",
        "drei",
        "vier",
    ]
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of a comparison: ``name`` is the known name it was compared with, ``score`` 0 to 100."""

    outcome: Outcome
    name: str = ""
    score: float = 0.0
    reason: str = ""


def fold(text: str) -> str:
    """Lower case, umlauts spelled out, accents dropped."""
    return text.lower().translate(_FOLD).translate(_PLAIN)


def slug(text: str) -> str:
    """Key of a name: letters and digits of the folded text, joined by hyphens. Never empty."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "ohne-titel"


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Folded words of a name without function words."""
    return tuple(word for word in re.split(r"[^a-z0-9]+", fold(text)) if word and word not in _STOP)


def _spelling_only(left: str, right: str) -> bool:
    """One word for another may be a slip: same beginning, at most one or two letters differ, long enough."""
    if left == right:
        return True
    if _NUMBER.search(left) or _NUMBER.search(right) or left in DIRECTIONS or right in DIRECTIONS:
        return False
    distance = DamerauLevenshtein.distance(left, right)
    shortest = min(len(left), len(right))
    if shortest < 6 or left[:2] != right[:2] or left[-1:] != right[-1:]:
        return shortest >= 8 and distance == 1 and left[:3] == right[:3]
    return distance <= (1 if shortest < 12 else 2)


def distinguishing(left: str, right: str) -> bool:
    """Whether two names differ by a number, a direction or a word that names something else."""
    a, b = words(left), words(right)
    only = [w for w in a if not any(_spelling_only(w, x) for x in b)]
    other = [w for w in b if not any(_spelling_only(w, x) for x in a)]
    marked = [w for w in (*only, *other) if _NUMBER.search(w) or w in DIRECTIONS]
    return bool(marked) or bool(only and other)


@lru_cache(maxsize=8192)
def compare(left: str, right: str) -> Verdict:
    """Compare two names. "same": equal but for case, punctuation and slips; "probable": ask a person."""
    a, b = words(left), words(right)
    score = float(fuzz.ratio(" ".join(a), " ".join(b)))
    if a == b:
        return Verdict("same", right, 100.0, "equal")
    if "".join(a) == "".join(b):
        return Verdict("same", right, 99.0, "spacing")
    if len(a) == len(b) and all(_spelling_only(x, y) for x, y in zip(a, b, strict=True)):
        # A slip in a long compound is a slip; in a short word it may be another place ("Hennstedt", "Henstedt").  # noqa: E501
        long_enough = all(min(len(x), len(y)) >= 12 for x, y in zip(a, b, strict=True) if x != y)
        return Verdict("same" if long_enough else "probable", right, score, "spelling")
    if distinguishing(left, right):
        return Verdict("new", right, score, "distinguishing")
    # One name only leaves words out, all other words agree: a short form.
    return Verdict("probable", right, max(score, 75.0), "short_form")


def contains(short: str, long: str) -> bool:
    """Whether a short name stands as a word or a part of a hyphenated word inside a longer title."""
    a, b = words(short), words(long)
    if not a or len(a) >= len(b):
        return False
    if len(a) == 1 and len(a[0]) < 4:
        return False
    return any(b[i : i + len(a)] == a for i in range(len(b) - len(a) + 1))


def without_addition(title: str) -> str:
    """A title without its trailing addition in brackets, unless that names a number, direction or phase."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]*)\)\s*", title)
    if not found or not found.group(1).strip():
        return title
    inner = words(found.group(2))
    if any(_NUMBER.search(w) or w in DIRECTIONS for w in inner) or "phase" in inner or "teil" in inner:
        return title
    return found.group(1).strip()


def same_title(left: str, right: str) -> bool:
    """Whether two printed titles name one project beyond doubt (spelling or an addition in brackets)."""
    if compare(left, right).outcome == "same":
        return True
    a, b = without_addition(left), without_addition(right)
    # "X" and "X (addition)" are one; "X (one)" and "X (other)" are not.
    return (a == left or b == right) and compare(a, b).outcome == "same"


def resolve(name: str, known: Iterable[str], aliases: Mapping[str, str] | None = None) -> Verdict:
    """Find a name among the known ones. ``aliases`` (confirmed by a person): other spelling -> known name."""
    folded = " ".join(words(name))
    for alias, target in (aliases or {}).items():
        if " ".join(words(alias)) == folded:
            return Verdict("same", target, 100.0, "alias")
    verdicts = []
    for candidate in known:
        verdict = compare(name, candidate)
        if (verdict.outcome == "new" and same_title(name, candidate)) or (
            verdict.outcome == "probable" and same_title(name, candidate)
        ):
            verdict = Verdict("same", candidate, 95.0, "addition")
        elif verdict.outcome != "same" and (contains(name, candidate) or contains(candidate, name)):
            verdict = Verdict("probable", candidate, max(verdict.score, 80.0), "contained")
        verdicts.append(verdict)
    same = sorted((v for v in verdicts if v.outcome == "same"), key=lambda v: -v.score)
    if same:
        return same[0]
    probable = sorted((v for v in verdicts if v.outcome == "probable"), key=lambda v: -v.score)
    if not probable:
        return Verdict("new")
    if len(probable) > 1 and probable[0].score == probable[1].score:
        return Verdict("probable", probable[0].name, probable[0].score, "several")
    return probable[0]


def propose_aliases(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs (longer name, shorter name) of one list that may be the same organisation: to be confirmed."""
    unique = sorted(set(names), key=lambda n: (-len(words(n)), n))
    pairs = []
    for index, longer in enumerate(unique):
        for shorter in unique[index + 1 :]:
            a, b = words(longer), words(shorter)
            if len(b) >= 2 and compare(shorter, longer).outcome == "probable" and a[0] == b[0]:
                pairs.append((longer, shorter))
    return pairs
