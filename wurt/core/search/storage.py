"""The index in its tables. What writes runs in the caller's transaction, after :func:`lock`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import F

from wurt.core.db import bulk
from wurt.core.db.clock import now
from wurt.core.search.engine import typos
from wurt.core.search.engine.analysis import TITLE, Analysed, PartsOf, Text, words_of
from wurt.core.search.models import BLOCK, IndexedDocument, IndexedWord, IndexState, Posting, Term, TypingKey
from wurt.core.search.registry import Document

_POSTING = ("block", "term_id", "document_id", "frequency", "length")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way into the index."""

    kind: str
    document: Document
    analysed: Analysed
    digest: str


def lock() -> None:
    """One writer at a time: everything is counted, and two counters could wait for each other."""
    IndexState.objects.get_or_create(pk=1)
    IndexState.objects.select_for_update().get(pk=1)


def keys(kind: str) -> set[str]:
    """The keys of all documents of a kind."""
    return set(IndexedDocument.objects.filter(kind=kind).values_list("key", flat=True))


def digests(kind: str, wanted: Collection[str]) -> dict[str, str]:
    """The digest of each stored document, by key."""
    rows = IndexedDocument.objects.filter(kind=kind, key__in=list(wanted))
    return dict(rows.values_list("key", "digest"))


def frequencies(words: Collection[str] | None = None) -> dict[str, int]:
    """Every word (or those of ``words`` that are known) with the number of documents it stands in."""
    rows = IndexedWord.objects.values_list("text", "documents")
    if words is None:
        return dict(rows)
    return {text: number for chunk in bulk.chunks(words) for text, number in rows.filter(text__in=chunk)}


def settle() -> None:
    """After much was written."""
    bulk.settle(*(table._meta.db_table for table in (Posting, Term, IndexedWord, TypingKey, IndexedDocument)))


def parts_of(words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The stored parts of those words that are known."""
    found: dict[str, tuple[str, ...]] = {}
    for chunk in bulk.chunks(words):
        rows = IndexedWord.objects.filter(text__in=chunk).values_list("text", "parts")
        found |= {text: tuple(parts.split()) for text, parts in rows}
    return found


def write(entries: Sequence[Entry], split: PartsOf) -> None:
    """Store documents, in the place of those with the same kind and key."""
    if not entries:
        return
    by_kind: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        by_kind[entry.kind].add(entry.document.key)
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    for kind, stale in by_kind.items():
        _take_out(kind, stale, words, terms)
    shown: dict[str, str] = {}
    for entry in entries:
        words.update(entry.analysed.words.keys())
        terms.update(entry.analysed.terms.keys())
        for word, written in entry.analysed.words.items():
            shown.setdefault(word, written)
    rows = IndexedDocument.objects.bulk_create([_row(entry) for entry in entries], batch_size=bulk.CHUNK)
    _count_words(words, shown, split)
    ids = _count_terms(terms)
    postings = [
        (row.pk // BLOCK, ids[term], row.pk, frequency, entry.analysed.length)
        for entry, row in zip(entries, rows, strict=True)
        for term, frequency in entry.analysed.terms.items()
    ]
    postings.sort()
    bulk.insert(Posting._meta.db_table, _POSTING, postings)
    _sum(len(entries), sum(entry.analysed.length for entry in entries))


def remove(kind: str, gone: Collection[str]) -> None:
    """Take documents out, with every word that stands in no other."""
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    _take_out(kind, gone, words, terms)
    _count_words(words, {}, lambda word: ())
    _count_terms(terms)


def drop_kinds(known: Collection[str]) -> None:
    """Take out what belongs to no registered kind any more."""
    for kind in set(IndexedDocument.objects.values_list("kind", flat=True).distinct()) - set(known):
        remove(kind, keys(kind))


def clear() -> None:
    """Empty the index."""
    for table in (Posting, TypingKey, Term, IndexedWord, IndexedDocument):
        table._default_manager.all()._raw_delete(using=table._default_manager.db)
    IndexState.objects.update(documents=0, length=0, changed=now())


def _row(entry: Entry) -> IndexedDocument:
    document = entry.document
    return IndexedDocument(
        kind=entry.kind,
        key=document.key,
        language=document.language,
        title=document.title[:300],
        text="\n".join(piece.text for piece in document.texts),
        url=document.url,
        field=document.field.value,
        field_name=document.field.name,
        place=document.place.value,
        place_name=document.place.name,
        length=entry.analysed.length,
        digest=entry.digest,
    )


def _take_out(kind: str, gone: Collection[str], words: Counter[str], terms: Counter[str]) -> None:
    """Delete documents and count what they held downwards."""
    for chunk in bulk.chunks(gone):
        rows = list(IndexedDocument.objects.filter(kind=kind, key__in=chunk).only("title", "text", "length"))
        if not rows:
            continue
        for row in rows:
            # Split and stored texts are the same words: nothing but the words themselves is cut at line ends.
            words.subtract(words_of((Text(row.title, TITLE), Text(row.text))).keys())
        ids = [row.pk for row in rows]
        held = Posting.objects.filter(document__in=ids).values_list("term__text")
        terms.subtract(dict(held.annotate(number=models.Count("document_id"))))
        Posting.objects.filter(document__in=ids)._raw_delete(using="default")
        IndexedDocument.objects.filter(pk__in=ids)._raw_delete(using="default")
        _sum(-len(rows), -sum(row.length for row in rows))


def _sum(documents: int, length: int) -> None:
    IndexState.objects.filter(pk=1).update(
        documents=F("documents") + documents, length=F("length") + length, changed=now()
    )


def _count_words(changes: Counter[str], shown: dict[str, str], split: PartsOf) -> None:
    """Count words up and down; new ones come with their keys, those in no document go.

    As texts come, more words are known and a compound may be seen that was none before: parts are renewed.
    """
    table, columns = IndexedWord._meta.db_table, ("text", "shown", "parts", "documents")
    seen = [(text, written[:200], _joined(split(text)), changes[text]) for text, written in shown.items()]
    rows = bulk.count_up(table, columns, seen, renew=["parts"])
    fresh = ((row, text) for row, text, number in rows if number == changes[text])
    typing = sorted(
        (key, row) for row, text in fresh if len(text) >= typos.SHORTEST for key in typos.keys(text)
    )
    bulk.insert(TypingKey._meta.db_table, ("key", "word_id"), typing)
    bulk.count_up(
        table, columns, [(text, text, "", number) for text, number in changes.items() if text not in shown]
    )
    if any(number < 0 for number in changes.values()):
        TypingKey.objects.filter(word__documents__lte=0).delete()
        IndexedWord.objects.filter(documents__lte=0).delete()


def _joined(parts: tuple[str, ...]) -> str:
    """The parts for their column; the last are left out rather than cut."""
    text = " ".join(parts)
    return text if len(text) <= 300 else text[:300].rpartition(" ")[0]


def _count_terms(changes: Counter[str]) -> dict[str, int]:
    """Count terms up and down; the row of each."""
    rows = bulk.count_up(Term._meta.db_table, ("text", "documents"), list(changes.items()))
    if any(number <= 0 for number in changes.values()):
        Term.objects.filter(documents__lte=0).delete()
    return {text: row for row, text, _number in rows}
