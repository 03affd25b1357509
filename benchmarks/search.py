"""Search and indexing at 1,000 and 100,000 documents of invented, German-looking text.

Words are drawn as in real language: few stand everywhere, most are rare (Zipf), a third are compounds. Each
question is typed four ways: one word, three words, a compound, and a word with a typing error.
"""

import bisect
import itertools
import random
import time
from collections.abc import Collection, Iterable

from benchmarks.table import median_p95, show
from wurt.core.action.actor import ANONYMOUS
from wurt.core.search import indexing
from wurt.core.search.models import IndexedWord, Posting
from wurt.core.search.queries import Question, search
from wurt.core.search.registry import Document, Facet, Source, Text, forget, register

_ONSETS = "b d f g h k l m n p r s t w sch st br gr kl tr fl"
_NUCLEI = "a e i o u ei au ie ä ö ü"
_CODAS = "n r l t s m rt nd st ck ng"
ONSETS, NUCLEI, CODAS = _ONSETS.split(), _NUCLEI.split(), _CODAS.split()
ENDINGS = ("", "", "", "e", "en", "er", "ung", "heit", "keit")
KIND = "benchmark"
LENGTH = 80
QUESTIONS = 100


class Language:
    """Words by rank, the first the most frequent."""

    def __init__(self, size: int, seed: int = 1) -> None:
        chance = random.Random(seed)

        def syllable() -> str:
            return chance.choice(ONSETS) + chance.choice(NUCLEI) + chance.choice(CODAS)

        simple = [syllable() + chance.choice(("", syllable())) + chance.choice(ENDINGS) for _ in range(size)]
        self.compounds = [
            chance.choice(simple[: size // 4]) + chance.choice(simple[: size // 4]) for _ in range(size // 2)
        ]
        self.words = simple + self.compounds
        chance.shuffle(self.words)
        self.sums = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(self.words))))

    def draw(self, chance: random.Random, number: int) -> list[str]:
        """Words as often as their rank says."""
        top = self.sums[-1]
        return [self.words[bisect.bisect(self.sums, chance.random() * top)] for _ in range(number)]


def _source(language: Language, size: int) -> Source:
    def document(key: str) -> Document:
        chance = random.Random(key)
        place = f"ort-{chance.randrange(100)}"
        title = " ".join(language.draw(chance, 4)).capitalize()
        text = " ".join(language.draw(chance, chance.randrange(LENGTH // 2, LENGTH * 3 // 2)))
        return Document(key, title, "/", (Text(text),), place=Facet(place, place))

    def documents(keys: Collection[str] | None) -> Iterable[Document]:
        return map(document, (str(number) for number in range(size)) if keys is None else keys)

    return Source(KIND, "Benchmark", documents, set)


def _questions(language: Language) -> dict[str, list[str]]:
    chance = random.Random(7)

    def wrong(word: str) -> str:
        at = chance.randrange(1, max(2, len(word) - 1))
        return word[:at] + word[at + 1 :]

    return {
        "one word": [language.draw(chance, 1)[0] for _ in range(QUESTIONS)],
        "three words": [" ".join(language.draw(chance, 3)) for _ in range(QUESTIONS)],
        "a compound": [chance.choice(language.compounds) for _ in range(QUESTIONS)],
        "a typing error": [wrong(chance.choice(language.words)) for _ in range(QUESTIONS)],
    }


def _measure(size: int) -> list[list[object]]:
    language = Language(min(60_000, 4_000 + size // 2))
    register(_source(language, size))
    started = time.perf_counter()
    indexing.refresh(KIND)
    took = time.perf_counter() - started
    one = time.perf_counter()
    indexing.update(_source(language, size + 1), [str(size)])
    one = time.perf_counter() - one
    print(
        f"{size:,} documents: {took:.1f} s ({size / took:.0f} a second), one more in {one * 1000:.0f} ms;"
        f" {IndexedWord.objects.count():,} words, {Posting.objects.count():,} postings",
        flush=True,
    )
    rows: list[list[object]] = []
    for name, texts in _questions(language).items():
        times = []
        for text in texts:
            started = time.perf_counter()
            search(ANONYMOUS, Question(text))
            times.append((time.perf_counter() - started) * 1000)
        middle, high = median_p95(times)
        rows.append([f"{size:,}: {name}", f"{middle:.1f}", f"{high:.1f}"])
    indexing.drop(KIND)
    forget(KIND)
    return rows


def run(sizes: Iterable[int] = (1_000, 100_000)) -> None:
    """Measure and print; a question is a whole page of results with passages and counts."""
    rows = [row for size in sizes for row in _measure(size)]
    show("Search: a page of ten results", ["documents, question", "median ms", "p95 ms"], rows)
