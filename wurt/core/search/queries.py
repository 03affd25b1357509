"""The search as the page asks for it. Everybody finds the same: only what is public is in the index."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.utils.functional import Promise

from wurt.core.action.actor import Actor
from wurt.core.search.engine.plan import Plan, plan
from wurt.core.search.engine.snippets import Passage, Read, passage
from wurt.core.search.matching import Matcher, Reason
from wurt.core.search.models import IndexedDocument
from wurt.core.search.ranking import Filter, Hit, rank
from wurt.core.search.registry import source_of, sources
from wurt.core.search.vocabulary import VOCABULARY

LONGEST = 200
"""Letters of a question; the rest is cut off."""
PER_PAGE = 10
TAIL = 0.12
"""Results with less than this share of the best one's points are left out, unless they answer as much."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks for; "" is everything."""

    text: str = ""
    kind: str = ""
    field: str = ""
    place: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Question":
        """From the query of an address, in German words; what is unknown counts as not set."""
        number = query.get("seite", "")
        kind = _word(query, "art", 40)
        return cls(
            text=_word(query, "q", LONGEST),
            kind=kind if source_of(kind) else "",
            field=_word(query, "feld", 120),
            place=_word(query, "ort", 120),
            page=max(1, int(number)) if number.isascii() and number.isdecimal() and len(number) < 4 else 1,
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is set, as (parameter, value), without the page."""
        named = (("q", self.text), ("art", self.kind), ("feld", self.field), ("ort", self.place))
        return [(name, value) for name, value in named if value]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of results. ``reasons``: what does not explain itself by the marked words."""

    kind: str
    label: str | Promise
    key: str
    title: Passage
    url: str
    text: Passage
    field: str
    place: str
    points: float
    reasons: tuple[Reason, ...] = ()

    @property
    def name(self) -> str:
        """The title without marks."""
        return "".join(piece.text for piece in self.title.pieces)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter and how many results it leaves."""

    value: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of results. ``meant``: the question with typing errors corrected, "" if there are none."""

    question: Question
    total: int = 0
    pages: int = 0
    results: tuple[Result, ...] = ()
    kinds: tuple[Choice, ...] = ()
    fields: tuple[Choice, ...] = ()
    places: tuple[Choice, ...] = ()
    meant: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> range:
        """The numbers of all pages of results; what a Paginator would be asked for."""
        return range(1, self.pages + 1)


class _Row(NamedTuple):
    pk: int
    kind: str
    key: str
    field: str
    field_name: str
    place: str
    place_name: str


def search(actor: Actor, question: Question, per_page: int = PER_PAGE) -> Answer:
    """One page of results. At most nine queries, and one for each kind of thing on the page."""
    if not question.text:
        return Answer(question)
    looked = plan(question.text, VOCABULARY)
    hits = _telling(rank(looked, Filter()))
    found = _rows(hits)
    chosen = _passing(found, question)
    shown, total = _visible(chosen, question.page, per_page)
    points = {hit.document: hit.points for hit in hits}
    return Answer(
        question=question,
        total=total,
        pages=-(-total // per_page),
        results=_results(shown, points, looked, question.text),
        kinds=_kinds(_passing(found, replace(question, kind=""))),
        fields=_choices((row.field, row.field_name) for row in _passing(found, replace(question, field=""))),
        places=_choices((row.place, row.place_name) for row in _passing(found, replace(question, place=""))),
        meant=_corrected(question.text, looked.corrections),
        corrections=looked.corrections,
    )


def _word(query: Mapping[str, str], name: str, longest: int) -> str:
    return " ".join(query.get(name, "").replace("\x00", "").split())[:longest]


def _telling(hits: Sequence[Hit]) -> list[Hit]:
    """Without the tail that answers one common word of a long question."""
    if not hits:
        return []
    best, most = hits[0].points, max(hit.answers for hit in hits)
    return [hit for hit in hits if hit.points >= TAIL * best or hit.answers == most]


def _rows(hits: Sequence[Hit]) -> list[_Row]:
    """The documents of the hits in order; of those with the same points in the order of kind and key."""
    columns = ("pk", "kind", "key", "field", "field_name", "place", "place_name")
    rows = IndexedDocument.objects.filter(pk__in=[hit.document for hit in hits]).values_list(*columns)
    by_pk = {row[0]: _Row(*row) for row in rows}
    known = [hit for hit in hits if hit.document in by_pk and source_of(by_pk[hit.document].kind)]
    known.sort(key=lambda hit: (-hit.points, by_pk[hit.document].kind, by_pk[hit.document].key))
    return [by_pk[hit.document] for hit in known]


def _passing(rows: Iterable[_Row], question: Question) -> list[_Row]:
    kind, field, place = question.kind, question.field, question.place
    return [
        row
        for row in rows
        if (not kind or row.kind == kind)
        and (not field or row.field == field)
        and (not place or row.place == place)
    ]


def _visible(rows: Sequence[_Row], page: int, per_page: int) -> tuple[list[_Row], int]:
    """The rows of one page and how many there are, without those hidden since they were indexed.

    Their module is asked: a moment may pass until the worker has taken them out of the index.
    """
    start = (page - 1) * per_page
    hidden: set[int] = set()
    while True:
        rest = [row for row in rows if row.pk not in hidden]
        shown = rest[start : start + per_page]
        gone = _hidden(shown)
        if not gone:
            return shown, len(rest)
        hidden |= gone


def _hidden(rows: Sequence[_Row]) -> set[int]:
    by_kind: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    hidden: set[int] = set()
    for kind, mine in by_kind.items():
        source = source_of(kind)
        public = source.public([row.key for row in mine]) if source else set()
        hidden |= {row.pk for row in mine if row.key not in public}
    return hidden


def _results(
    shown: Sequence[_Row], points: Mapping[int, float], looked: Plan, typed: str
) -> tuple[Result, ...]:
    documents = IndexedDocument.objects.in_bulk([row.pk for row in shown])
    there = [documents[row.pk] for row in shown if row.pk in documents]
    read = [(Read.of(row.title), Read.of(row.text)) for row in there]
    matcher = Matcher(looked, typed, (text for both in read for text in both))
    return tuple(
        _result(row, passage(title, matcher, 0), passage(text, matcher), points[row.pk], matcher)
        for row, (title, text) in zip(there, read, strict=True)
    )


def _result(row: IndexedDocument, title: Passage, text: Passage, points: float, matcher: Matcher) -> Result:
    reasons: dict[str, Reason] = {}
    answered = {typed for typed, shown in (*title.found, *text.found) if matcher.reason(typed, shown) is None}
    for typed, shown in (*title.found, *text.found):
        reason = matcher.reason(typed, shown)
        if reason and typed not in answered:
            reasons.setdefault(typed, reason)
    source = source_of(row.kind)
    return Result(
        kind=row.kind,
        label=source.label if source else row.kind,
        key=row.key,
        title=title,
        url=row.url,
        text=text,
        field=row.field_name,
        place=row.place_name,
        points=points,
        reasons=tuple(reasons.values()),
    )


def _kinds(rows: Iterable[_Row]) -> tuple[Choice, ...]:
    number = Counter(row.kind for row in rows)
    return tuple(Choice(s.kind, s.label, number[s.kind]) for s in sources() if number[s.kind])


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    number = Counter(pair for pair in pairs if pair[0])
    ordered = sorted(number.items(), key=lambda item: (-item[1], item[0][1].casefold()))
    return tuple(Choice(value, label, count) for (value, label), count in ordered)


def _corrected(text: str, corrections: Mapping[str, str]) -> str:
    """The question as it was probably meant; "" if no word of it is corrected."""
    meant = " ".join(corrections.get(word.strip(".,;:!?"), word) for word in text.split())
    return meant if meant != text else ""
