"""BM25 over ordinary tables, in one statement that means the same on SQLite and PostgreSQL.

A document's points are the sum over what was looked for; of the choices for one word (as typed, or as
probably meant) the best counts. Frequencies are weighted by where a word stands (BM25F with one length).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from wurt.core.search.engine.plan import Plan
from wurt.core.search.models import IndexedDocument, IndexState, Posting, Term

K1 = 3.0
B = 0.7
"""Saturation and length, found on 338 questions of another corpus (docs/adr/0009)."""
MOST = 500
"""More results than this are not counted: nobody reads them, and nobody should be able to order them."""
TOO_COMMON = 0.4
"""A term filed in more than this share of a large index says nothing, if rarer ones were typed as well."""
LARGE = 2000


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
    """The documents that answer the plan, best first; at most three queries."""
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
    statement, values = _statement(weighted, chosen, state[1] / state[0], most)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Hit(document, round(points, 6), answers) for document, points, answers in cursor.fetchall()]


def _weighted(plan: Plan, terms: dict[str, tuple[int, int]], documents: int) -> list[tuple[int, int, float]]:
    """(term, number of the thing looked for, weight), without what stands nearly everywhere."""
    found = []
    for number, group in enumerate(plan.groups):
        for choice in group.choices:
            if choice.term in terms:
                pk, held = terms[choice.term]
                rarity = math.log(1 + (documents - held + 0.5) / (held + 0.5))
                found.append((held, (pk, number, choice.weight * rarity * (K1 + 1))))
    if documents >= LARGE:
        telling = [item for item in found if item[0] <= TOO_COMMON * documents]
        found = telling or found
    return [item for _held, item in found]


def _statement(
    weighted: Sequence[tuple[int, int, float]], chosen: Filter, average: float, most: int
) -> tuple[str, list[int | float | str]]:
    """One row for each document. CROSS JOIN keeps the few terms on the outside on both databases."""
    rows = ", ".join(
        ["(CAST(%s AS bigint), CAST(%s AS integer), CAST(%s AS double precision))"] * len(weighted)
    )
    values: list[int | float | str] = [value for row in weighted for value in row]
    conditions = "".join(
        f" AND d.{column} = %s"
        for column, value in (("kind", chosen.kind), ("field", chosen.field), ("place", chosen.place))
        if value
    )
    documents = f" JOIN {_DOCUMENTS} d ON d.id = p.document_id" if conditions else ""
    statement = f"""
        WITH looked (term, number, weight) AS (VALUES {rows})
        SELECT document, SUM(points) AS points, COUNT(*) AS answers FROM (
            SELECT p.document_id AS document, looked.number AS number,
                   MAX(looked.weight * p.frequency / (p.frequency + %s + %s * p.length)) AS points
            FROM looked CROSS JOIN {_POSTINGS} p{documents}
            WHERE p.term_id = looked.term{conditions}
            GROUP BY p.document_id, looked.number
        ) answered
        GROUP BY document ORDER BY points DESC, document LIMIT {int(most)}
    """  # noqa: S608 - only names of tables and columns are put in, every value is a parameter
    values += [K1 * (1 - B), K1 * B / average]
    values += [value for value in (chosen.kind, chosen.field, chosen.place) if value]
    return statement, values


_POSTINGS = Posting._meta.db_table
_DOCUMENTS = IndexedDocument._meta.db_table
