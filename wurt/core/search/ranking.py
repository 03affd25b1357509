"""BM25 over ordinary tables, in one statement that means the same on SQLite and PostgreSQL.

A document's points are the sum over what was looked for; of the choices for one word (as typed, or as
probably meant) the best counts. Frequencies are weighted by where a word stands (BM25F with one length).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from wurt.core.search.engine.plan import Plan
from wurt.core.search.models import BLOCK, IndexedDocument, IndexState, Posting, Term

K1 = 3.0
B = 0.7
"""Saturation and length, found on 338 questions of another corpus (docs/adr/0009)."""
MOST = 500
"""More results than this are not counted: nobody reads them, and nobody should be able to order them."""
TOO_COMMON = 0.4
"""A term filed in more than this share of a large index says nothing, if rarer ones were typed as well."""
LARGE = 2000
READ = 20_000
"""Postings that one question may read in full, whatever was typed: it looks for its rarest words first."""
CANDIDATES = 600
"""Documents that answer those, for which the frequent words are looked up too."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be found; "" is all."""

    kind: str = ""
    field: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document of the index with its points, and how many of the things looked for it answers."""

    document: int
    points: float
    answers: int


def rank(plan: Plan, chosen: Filter, most: int = MOST) -> list[Hit]:
    """The documents that answer the plan, best first; at most five queries."""
    state = IndexState.objects.filter(pk=1).values_list("documents", "length").first()
    if not state or not state[0]:
        return []
    terms = {
        text: (pk, number)
        for pk, text, number in Term.objects.filter(text__in=plan.terms).values_list(
            "pk", "text", "documents"
        )
    }
    weighted = _weighted(plan, terms, state[0])
    if not weighted:
        return []
    average = state[1] / state[0]
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKS)
        within = f"p.block IN ({', '.join(str(int(block)) for (block,) in cursor.fetchall())})"
        leading = _leading(weighted)
        if len(leading) == len(weighted):
            return _hits(cursor, weighted, _Search(within, chosen, average, most))
        first = _hits(cursor, leading, _Search(within, chosen, average, CANDIDATES))
        rows = ", ".join(f"({hit.document}, {hit.document // BLOCK})" for hit in first)
        if not rows:
            return []
        places = f", places (document, block) AS (VALUES {rows})"
        within = "p.block = places.block AND p.document_id = places.document"
        return _hits(cursor, weighted, _Search(within, Filter(), average, most, places))


@dataclass(frozen=True, slots=True)
class _Search:
    """What one statement looks through: ``within`` and ``places`` are made of numbers only."""

    within: str
    chosen: Filter
    average: float
    most: int
    places: str = ""


@dataclass(frozen=True, slots=True)
class _Term:
    """A term that is looked for: in how many documents, for which of the things typed, and its weight."""

    held: int
    row: int
    number: int
    weight: float


def _leading(weighted: Sequence[_Term]) -> list[_Term]:
    """The rarest terms, as many as may be read in full; one at least."""
    found: list[_Term] = []
    left = READ
    for term in sorted(weighted, key=lambda term: term.held):
        left -= term.held
        if found and left < 0:
            break
        found.append(term)
    return found


def _hits(cursor: CursorWrapper, weighted: Sequence[_Term], search: _Search) -> list[Hit]:
    statement, values = _statement(weighted, search)
    cursor.execute(statement, values)
    return [Hit(document, round(points, 6), answers) for document, points, answers in cursor.fetchall()]


def _weighted(plan: Plan, terms: dict[str, tuple[int, int]], documents: int) -> list[_Term]:
    """What is looked for, without what stands nearly everywhere."""
    found = []
    for number, group in enumerate(plan.groups):
        for choice in group.choices:
            if choice.term in terms:
                pk, held = terms[choice.term]
                rarity = math.log(1 + (documents - held + 0.5) / (held + 0.5))
                found.append(_Term(held, pk, number, choice.weight * rarity * (K1 + 1)))
    if documents >= LARGE:
        telling = [term for term in found if term.held <= TOO_COMMON * documents]
        found = telling or found
    return found


def _statement(weighted: Sequence[_Term], search: _Search) -> tuple[str, list[int | float | str]]:
    """One row for each document. CROSS JOIN keeps the few terms on the outside on both databases.

    Where each thing has one choice, the points of a document are summed at once; else the best choice of each
    is found first.
    """
    chosen = search.chosen
    rows = ", ".join(
        ["(CAST(%s AS bigint), CAST(%s AS integer), CAST(%s AS double precision))"] * len(weighted)
    )
    values: list[int | float | str] = []
    for term in weighted:
        values += [term.row, term.number, term.weight]
    conditions = "".join(
        f" AND d.{column} = %s"
        for column, value in (("kind", chosen.kind), ("field", chosen.field), ("place", chosen.place))
        if value
    )
    documents = f" JOIN {_DOCUMENTS} d ON d.id = p.document_id" if conditions else ""
    points = "looked.weight * p.frequency / (p.frequency + %s + %s * p.length)"
    source = f"""
        FROM looked{" CROSS JOIN places" if search.places else ""} CROSS JOIN {_POSTINGS} p{documents}
        WHERE {search.within} AND p.term_id = looked.term{conditions}"""
    if len({term.number for term in weighted}) == len(weighted):
        answered = f"SELECT p.document_id AS document, SUM({points}) AS points, COUNT(*) AS answers {source}"
        answered += " GROUP BY p.document_id"
    else:
        answered = f"""SELECT document, SUM(points) AS points, COUNT(*) AS answers FROM (
            SELECT p.document_id AS document, looked.number AS number, MAX({points}) AS points {source}
            GROUP BY p.document_id, looked.number) best GROUP BY document"""  # noqa: S608 - as below
    statement = f"""WITH looked (term, number, weight) AS (VALUES {rows}){search.places}
        SELECT document, points, answers FROM ({answered}) found
        ORDER BY points DESC, document LIMIT {int(search.most)}"""  # noqa: S608 - names and whole numbers of ours
    values += [K1 * (1 - B), K1 * B / search.average]
    values += [value for value in (chosen.kind, chosen.field, chosen.place) if value]
    return statement, values


_POSTINGS = Posting._meta.db_table
_DOCUMENTS = IndexedDocument._meta.db_table
# One seek in the index for each block, instead of reading it all to find the different ones.
_BLOCKS = f"""
    WITH RECURSIVE found (block) AS (
        SELECT MIN(block) FROM {_POSTINGS}
        UNION ALL
        SELECT (SELECT MIN(p.block) FROM {_POSTINGS} p WHERE p.block > found.block)
        FROM found WHERE found.block IS NOT NULL
    )
    SELECT block FROM found WHERE block IS NOT NULL
"""  # noqa: S608 - names of our own tables
