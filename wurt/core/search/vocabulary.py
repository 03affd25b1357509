"""The engine's questions to the stored words."""

from collections.abc import Collection

from wurt.core.search.engine.plan import Known, Vocabulary, Words
from wurt.core.search.models import IndexedWord, TypingKey

CHUNK = 2000

_COLUMNS = ("text", "documents", "shown", "parts")


def known(words: Collection[str]) -> Words:
    """Those of the folded words that stand in the index."""
    found: Words = {}
    wanted = sorted(words)
    for start in range(0, len(wanted), CHUNK):
        rows = IndexedWord.objects.filter(text__in=wanted[start : start + CHUNK]).values_list(*_COLUMNS)
        found |= {
            text: Known(documents, shown, tuple(parts.split())) for text, documents, shown, parts in rows
        }
    return found


def similar(keys: Collection[int]) -> Words:
    """The words filed under any of the keys."""
    words = TypingKey.objects.filter(key__in=list(keys)[:CHUNK]).values("word_id")
    rows = IndexedWord.objects.filter(pk__in=words).values_list(*_COLUMNS)
    return {text: Known(documents, shown, tuple(parts.split())) for text, documents, shown, parts in rows}


VOCABULARY = Vocabulary(known, similar)
