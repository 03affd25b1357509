"""The index: what is public, word by word. All of it can be made again (``wurt search rebuild``).

Words and terms are kept apart: a word is what stands in a text (folded: "busanbindung"), a term is what it is
filed under, its stem ("busanbind") and those of the words inside it ("bus", "anbind").
"""

from django.db import models

from wurt.core.db.clock import now

BLOCK = 1024
"""Documents whose postings lie together. Questions look into each block, so fewer is not faster."""


class IndexState(models.Model):
    """One row: the sums that ranking needs. Whoever writes to the index locks it first."""

    documents = models.PositiveIntegerField(default=0)
    length = models.PositiveBigIntegerField(default=0)
    changed = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.documents}"


class IndexedDocument(models.Model):
    """Something that can be found. ``kind`` and ``key`` say what it is, ``digest`` whether it changed."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="de")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    url = models.CharField(max_length=300)
    field = models.CharField(max_length=120, blank=True, default="")
    field_name = models.CharField(max_length=200, blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    place_name = models.CharField(max_length=200, blank=True, default="")
    length = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]

    def __str__(self) -> str:
        return self.title


class IndexedWord(models.Model):
    """A folded word that stands in public texts: how it is written, in how many documents, its parts."""

    text = models.CharField(max_length=64, unique=True)
    shown = models.CharField(max_length=200)
    parts = models.CharField(max_length=300, blank=True, default="")
    documents = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.shown


class TypingKey(models.Model):
    """A key under which a word is looked up when it was typed wrongly (``engine/typos.py``)."""

    pk = models.CompositePrimaryKey("key", "word_id")
    key = models.BigIntegerField()
    word = models.ForeignKey(IndexedWord, on_delete=models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return f"{self.key}"


class Term(models.Model):
    """A stem, and in how many documents it is filed."""

    text = models.CharField(max_length=64, unique=True)
    documents = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """A term in a document: how often, weighted by where it stands; and the document's length.

    ``block`` is the document's number divided by :data:`BLOCK`. It leads the index, so that what is written
    now lies together, however many documents there are already (docs/adr/0009). There are no foreign keys in
    the database: ``storage`` alone writes here, and checking each of millions of rows took most of its time.
    """

    pk = models.CompositePrimaryKey("document_id", "term_id")
    document = models.ForeignKey(
        IndexedDocument, on_delete=models.CASCADE, db_index=False, db_constraint=False
    )
    term = models.ForeignKey(Term, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    frequency = models.FloatField()
    length = models.PositiveIntegerField()
    block = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        # Holds all that ranking reads, so that the rows themselves are not touched.
        indexes = [
            models.Index(fields=["block", "term", "document", "frequency", "length"], name="search_blocks")
        ]

    def __str__(self) -> str:
        return f"{self.frequency}"


class SearchDay(models.Model):
    """How often was searched on a day (local), and how often nothing was found: two numbers, no words."""

    day = models.DateField(unique=True)
    searches = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}"
