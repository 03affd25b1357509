"""Eight workers index texts with the same new words at the same moment."""

import time
from collections import Counter
from collections.abc import Collection, Iterable

from wurt.core.search import indexing, storage
from wurt.core.search.engine.analysis import Text, analyse
from wurt.core.search.models import IndexedDocument, IndexedWord, IndexState, Posting, Term
from wurt.core.search.registry import Document, Source
from wurt.core.search.storage import Entry

GAP = 0.03


def _document(number: int, words: str) -> Document:
    return Document(str(number), "", "/", (Text(words),))


def index_words(number: int, *, words: str, times: int) -> None:
    """Each process indexes a document of its own; the words are the same in all."""
    document = _document(number, words)
    for _ in range(times):
        source = Source("race", "Race", lambda keys: [document], set)
        indexing.update(source, [document.key])
        indexing.update(Source("race", "Race", _nothing, set), [document.key])
    indexing.update(source, [document.key])


def index_same(number: int, *, words: str, fair: bool) -> None:
    """All processes index the same document."""
    document = _document(0, words)
    if fair:
        indexing.update(Source("race", "Race", lambda keys: [document], set), [document.key])
        return
    # The old one taken out, and the new one written a moment later without the lock: others slip in between.
    take_out = storage._take_out

    def slowly(kind: str, gone: Collection[str], words: Counter[str], terms: Counter[str]) -> None:
        take_out(kind, gone, words, terms)
        time.sleep(GAP)

    storage._take_out = slowly
    try:
        analysed = analyse(document.texts, lambda word: ())
        storage.write([Entry("race", document, analysed, "x")], lambda word: ())
    finally:
        storage._take_out = take_out


def _nothing(keys: object) -> Iterable[Document]:
    return ()


def empty_index(number: int) -> None:
    """Start from nothing."""
    storage.clear()


def indexed(number: int) -> dict[str, object]:
    """What was counted, and what is there."""
    return {
        "state": IndexState.objects.values_list("documents", "length").get(),
        "documents": IndexedDocument.objects.count(),
        "words": dict(IndexedWord.objects.values_list("text", "documents")),
        "terms": dict(Term.objects.values_list("text", "documents")),
        "postings": Posting.objects.count(),
    }
