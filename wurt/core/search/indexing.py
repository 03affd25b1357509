"""From sources to the index: what changed is written anew, what is not public any more is taken out."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import transaction

from wurt.core.db import bulk
from wurt.core.search import storage
from wurt.core.search.engine import compounds
from wurt.core.search.engine.analysis import TITLE, PartsOf, Text, analyse, words_of
from wurt.core.search.registry import Document, Source, sources
from wurt.core.search.storage import Entry

BATCH = 500
"""Documents written in one transaction; others wait no longer than that."""
FEW = 20
"""Unknown words of one change for which looking up all possible parts is cheaper than reading all words."""
EDITION = 2
"""Goes up when texts are filed in another way: everything is written anew then, by the daily refresh."""


def update(source: Source, keys: Collection[str]) -> None:
    """Bring some documents of one kind to what is public now."""
    with transaction.atomic():
        storage.lock()
        documents = {document.key: document for document in source.documents(set(keys))}
        words = {word for document in documents.values() for word in words_of(_texts(document))}
        parts = storage.parts_of(words)
        unknown = words - parts.keys()
        parts_of = splitter(_counts(unknown, words)) if unknown else parts.__getitem__
        known: PartsOf = lambda word: parts[word] if word in parts else parts_of(word)  # noqa: E731
        _write(source.kind, list(documents.values()), known)
        storage.remove(source.kind, set(keys) - documents.keys())


def refresh(kind: str = "") -> int:
    """Bring everything (or one kind) to what is public now; how many documents there are.

    Each batch is read again under the lock, so that nothing slips back in that was hidden meanwhile. It may
    be stopped at any moment and started again.
    """
    chosen = [source for source in sources() if kind in ("", source.kind)]
    found, counts = _survey(chosen)
    if kind:
        counts = Counter(storage.frequencies()) + counts
    parts_of = splitter(counts)
    total = 0
    for source in chosen:
        keys = found[source.kind]
        for batch in bulk.chunks(keys, BATCH):
            with transaction.atomic():
                storage.lock()
                documents = list(source.documents(set(batch)))
                _write(source.kind, documents, parts_of)
                storage.remove(source.kind, set(batch) - {document.key for document in documents})
            total += len(documents)
        with transaction.atomic():
            storage.lock()
            gone = storage.keys(source.kind) - set(keys)
            if gone:
                # What came into the index since the survey is public as well.
                storage.remove(source.kind, gone - source.public(gone))
    if not kind:
        with transaction.atomic():
            storage.lock()
            storage.drop_kinds({source.kind for source in chosen})
    storage.settle()
    return total


def rebuild() -> int:
    """Empty the index and fill it again; how many documents there are."""
    with transaction.atomic():
        storage.lock()
        storage.clear()
    return refresh()


def splitter(counts: Mapping[str, int]) -> PartsOf:
    """Splits compounds by these frequencies, each word once."""
    seen: dict[str, tuple[str, ...]] = {}
    frequency = _lookup(counts)

    def parts_of(word: str) -> tuple[str, ...]:
        if word not in seen:
            seen[word] = compounds.parts(word, frequency)
        return seen[word]

    return parts_of


def _counts(unknown: Collection[str], words: Collection[str]) -> Counter[str]:
    """What splitting the unknown words may ask for. Of a few words the possible parts are looked up, of many
    all frequencies are read."""
    if len(unknown) > FEW:
        return Counter(storage.frequencies()) + Counter(words)
    pieces = {piece for word in unknown for piece in compounds.candidates(word)}
    return Counter(storage.frequencies(pieces | set(words))) + Counter(words)


def _lookup(counts: Mapping[str, int]) -> Callable[[str], int]:
    return lambda word: counts.get(word, 0)


def _survey(chosen: Sequence[Source]) -> tuple[dict[str, list[str]], Counter[str]]:
    """All keys by kind, and in how many documents each word stands."""
    found: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for source in chosen:
        keys = found[source.kind] = []
        for document in source.documents(None):
            keys.append(document.key)
            counts.update(words_of(_texts(document)).keys())
    return found, counts


def _texts(document: Document) -> tuple[Text, ...]:
    return (Text(document.title[:300], TITLE), *document.texts)


def _write(kind: str, documents: Sequence[Document], parts_of: PartsOf) -> None:
    """Write those documents that differ from what is stored."""
    stored = storage.digests(kind, [document.key for document in documents])
    entries = []
    for document in documents:
        analysed = analyse(_texts(document), parts_of)
        # The terms tell how words were split; how often they stand there follows from the text.
        told = f"{EDITION} {document!r} {' '.join(sorted(analysed.terms))}"
        digest = hashlib.sha256(told.encode()).hexdigest()
        if stored.get(document.key) != digest:
            entries.append(Entry(kind, document, analysed, digest))
    storage.write(entries, parts_of)


def drop(kind: str) -> None:
    """Take everything of a kind out of the index."""
    with transaction.atomic():
        storage.lock()
        storage.remove(kind, storage.keys(kind))
