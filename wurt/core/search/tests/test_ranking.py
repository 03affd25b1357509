"""The demo county's judged questions: good enough, and ranked the same whatever the database."""

import json
import math
from collections import defaultdict
from pathlib import Path

import pytest

from wurt.cli.counties import load_county
from wurt.core.action.actor import ANONYMOUS
from wurt.core.search.engine.plan import Plan, plan
from wurt.core.search.evaluation import ndcg, percentile
from wurt.core.search.models import IndexedDocument, IndexState, Posting, Term
from wurt.core.search.queries import Answer, Question, search
from wurt.core.search.ranking import K1, MOST, B, Filter, rank
from wurt.core.search.vocabulary import VOCABULARY

pytestmark = pytest.mark.django_db
COUNTY = Path(__file__).parents[3] / "counties" / "dithmarschen"
JUDGED = [
    json.loads(line) for line in (Path(__file__).parent / "judgements.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture
def county() -> None:
    load_county(COUNTY, demo=False)


def ask(text: str, **chosen: str) -> Answer:
    return search(ANONYMOUS, Question(text, **chosen))


class Reference:
    """BM25 straight from the formula, over all postings read into memory."""

    def __init__(self) -> None:
        self.documents, length = IndexState.objects.values_list("documents", "length").get()
        self.average = length / self.documents
        self.held = dict(Term.objects.values_list("text", "documents"))
        self.postings: dict[str, list[tuple[int, float, int]]] = defaultdict(list)
        rows = Posting.objects.values_list("term__text", "document_id", "frequency", "length")
        for term, document, frequency, length in rows:
            self.postings[term].append((document, frequency, length))

    def points(self, looked: Plan) -> dict[int, float]:
        total: dict[int, list[float]] = defaultdict(list)
        for group in looked.groups:
            best: dict[int, float] = {}
            for choice in group.choices:
                held = self.held.get(choice.term, 0)
                rarity = math.log(1 + (self.documents - held + 0.5) / (held + 0.5))
                for document, f, length in self.postings[choice.term]:
                    norm = K1 * (1 - B + B * length / self.average)
                    value = choice.weight * rarity * f * (K1 + 1) / (f + norm)
                    best[document] = max(best.get(document, 0.0), value)
            for document, value in best.items():
                total[document].append(value)
        return {document: math.fsum(values) for document, values in total.items()}


def test_judged_questions(county: None) -> None:
    """nDCG@10 of at least 0.85, every judged address is indexed, and SQL ranks as the formula says."""
    assert len(JUDGED) >= 60
    addresses = set(IndexedDocument.objects.values_list("url", flat=True))
    assert {address for row in JUDGED for address in row["relevant"]} <= addresses
    reference = Reference()
    gains = []
    for row in JUDGED:
        answer = ask(row["query"])
        gains.append(ndcg([line.url for line in answer.results], row["relevant"]))
        looked = plan(row["query"], VOCABULARY)
        expected = reference.points(looked)
        found = rank(looked, Filter())
        assert len(found) == min(MOST, len(expected))
        assert {hit.document: hit.points for hit in found} == pytest.approx(expected, abs=1e-6)
        assert [hit.points for hit in found] == sorted((hit.points for hit in found), reverse=True)
    assert sum(gains) / len(gains) >= 0.85


def test_filters_paging_and_counts(county: None) -> None:
    everything = ask("Bus Schule Verein")
    assert everything.total == sum(choice.count for choice in everything.kinds) > 10
    second = ask("Bus Schule Verein", page=2)
    assert not {line.url for line in everything.results} & {line.url for line in second.results}
    projects = ask("Bus Schule Verein", kind="agenda.project")
    assert {line.kind for line in projects.results} == {"agenda.project"}
    assert projects.total == next(c.count for c in everything.kinds if c.value == "agenda.project")
    assert [choice.value for choice in projects.kinds] == [choice.value for choice in everything.kinds]
    field = projects.fields[0]
    inside = ask("Bus Schule Verein", kind="agenda.project", field=field.value)
    assert inside.total == field.count
    assert {line.field for line in inside.results} == {field.label}


def test_a_county_searches_with_few_queries(county: None, django_assert_max_num_queries: object) -> None:
    for text in ("Bus", "Wie melde ich mein Kind in der Kita an?", "Maengelmleder Hausreeln"):
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            ask(text)


def test_no_name_of_a_person_is_in_the_index(county: None) -> None:
    """Who may be named changes with their consent; so nobody is found by name, named or not."""
    from wurt.core.tenancy.models import Person

    texts = "\n".join(
        f"{title} {text}" for title, text in IndexedDocument.objects.values_list("title", "text")
    )
    names = list(Person.objects.exclude(name="").values_list("name", flat=True))
    assert names
    assert [name for name in names if name in texts] == []


def test_gain_and_percentile() -> None:
    assert ndcg(["a", "b"], {"a": 1}) == 1.0
    assert ndcg(["b", "a"], {"a": 1}) == pytest.approx(1 / math.log2(3))
    assert ndcg(["b", "a"], {"a": 2, "b": 1}) == pytest.approx(
        (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))
    )
    assert ndcg([], {"a": 1}) == 0.0
    assert percentile([float(n) for n in range(1, 101)]) == 95.0
    assert percentile([7.0]) == 7.0
