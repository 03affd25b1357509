"""How good and how fast: a foreign corpus with judged questions, through the same index and ranking."""

import json
import math
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wurt.core.search import indexing
from wurt.core.search.engine.analysis import Text
from wurt.core.search.engine.plan import plan
from wurt.core.search.models import IndexedDocument
from wurt.core.search.ranking import Filter, rank
from wurt.core.search.registry import Document, Facet, Source, forget, register
from wurt.core.search.vocabulary import VOCABULARY

KIND = "evaluation"
NOT_SPELLINGS = {"id", "region", "relevant"}
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """One spelling: mean nDCG@10 and the 95th percentile of the time per query in milliseconds."""

    spelling: str
    queries: int
    ndcg: float
    p95: float


def ndcg(found: Sequence[str], relevant: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain; ``relevant`` gives the grade of each judged document."""

    def gain(grades: Iterable[int]) -> float:
        return math.fsum((2.0**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))

    ideal = gain(sorted(relevant.values(), reverse=True)[:depth])
    return gain(relevant.get(key, 0) for key in found[:depth]) / ideal if ideal else 0.0


def percentile(values: Sequence[float], share: float = 0.95) -> float:
    """The value that ``share`` of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def read(path: Path) -> list[dict[str, Any]]:
    """One JSON object a line. Raises ValueError with the line."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error
            if not isinstance(row, dict) or "id" not in row:
                raise ValueError(f'{path.name}, line {number}: an object with "id" is needed')
            rows.append(row)
    return rows


def index_corpus(rows: Sequence[Mapping[str, Any]]) -> float:
    """Index pages with ``id``, ``title``, ``text`` and, if there is one, ``region``; seconds it took."""
    documents = {str(row["id"]): _document(row) for row in rows}

    def chosen(keys: Collection[str] | None) -> Iterable[Document]:
        return documents.values() if keys is None else [documents[key] for key in keys if key in documents]

    register(Source(KIND, "evaluation", chosen, lambda keys: set(keys) & documents.keys()))
    started = time.perf_counter()
    indexing.refresh(KIND)
    return time.perf_counter() - started


def forget_corpus() -> None:
    """Take the corpus out of the index again."""
    forget(KIND)
    indexing.drop(KIND)


def _document(row: Mapping[str, Any]) -> Document:
    region = str(row.get("region", ""))
    return Document(
        key=str(row["id"]),
        title=str(row.get("title", "")),
        url="/",
        texts=(Text(str(row.get("text", ""))),),
        place=Facet(region, region),
    )


def evaluate(queries: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    """Each spelling of the questions: all fields but id, region and relevant (one key, or {key: grade})."""
    spellings = [name for name in queries[0] if name not in NOT_SPELLINGS] if queries else []
    return [_outcome(spelling, queries) for spelling in spellings]


def _outcome(spelling: str, queries: Sequence[Mapping[str, Any]]) -> Outcome:
    points, times = [], []
    for query in queries:
        relevant = query["relevant"]
        grades = (
            {str(k): int(v) for k, v in relevant.items()}
            if isinstance(relevant, dict)
            else {str(relevant): 1}
        )
        started = time.perf_counter()
        found = keys_of(str(query[spelling]), Filter(kind=KIND, place=str(query.get("region", ""))))
        times.append((time.perf_counter() - started) * 1000)
        points.append(ndcg(found, grades))
    return Outcome(spelling, len(points), sum(points) / len(points), percentile(times))


def keys_of(text: str, chosen: Filter, most: int = DEPTH) -> list[str]:
    """The keys of the best documents, best first."""
    hits = rank(plan(text, VOCABULARY), chosen, most)
    names = dict(
        IndexedDocument.objects.filter(pk__in=[hit.document for hit in hits]).values_list("pk", "key")
    )
    ordered = sorted(hits, key=lambda hit: (-hit.points, names[hit.document]))
    return [names[hit.document] for hit in ordered]
