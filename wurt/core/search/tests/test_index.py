"""The index follows what is public: nothing hidden is in it, nothing is left of what was."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import pytest
from django.apps import apps
from django.test import Client

from tests.access.world import World, make_world
from wurt.core.action.actor import ANONYMOUS
from wurt.core.action.guard import writes_allowed
from wurt.core.outbox.models import Delivery
from wurt.core.outbox.worker import drain
from wurt.core.pages import actions
from wurt.core.pages.models import Page
from wurt.core.search import indexing
from wurt.core.search.engine.plan import Known
from wurt.core.search.models import IndexedDocument, IndexedWord, IndexState, Posting, Term, TypingKey
from wurt.core.search.queries import Question, search
from wurt.core.search.registry import Document, Source, forget, register, sources
from wurt.core.search.vocabulary import known
from wurt.core.search.watching import bulk_load

pytestmark = pytest.mark.django_db(transaction=True)
VALUES = {"title": "Strandkorb", "body": "Zwei **Strandkörbe** am Deich", "footer": False, "order": 5}


@pytest.fixture
def world() -> Iterator[World]:
    """Only pages and the agenda can be found: other rooms bring things of their own into every database."""
    others = [source for source in sources() if not source.kind.startswith(("pages.", "agenda."))]
    for source in others:
        forget(source.kind)
    with writes_allowed("world"):
        made = make_world()
    yield made
    register(*others)


def titles(text: str, **chosen: str) -> list[str]:
    """What a visitor finds."""
    return [line.name for line in search(ANONYMOUS, Question(text, **chosen)).results]


def everything_stored() -> str:
    """All that the tables of the index hold, as text."""
    tables = apps.get_app_config("search").get_models()
    return "\n".join(str(row) for table in tables for row in table._default_manager.values_list())


def check_sums() -> None:
    """What is counted equals what is there."""
    lengths = list(IndexedDocument.objects.values_list("length", flat=True))
    state = IndexState.objects.get()
    assert (state.documents, state.length) == (len(lengths), sum(lengths))
    held = Counter(Posting.objects.values_list("term__text", flat=True))
    assert dict(Term.objects.values_list("text", "documents")) == dict(held)
    with writes_allowed("comparison"):
        before = set(IndexedWord.objects.values_list("text", "documents"))
        indexing.rebuild()
        assert set(IndexedWord.objects.values_list("text", "documents")) == before


def test_a_page_is_found_once_the_worker_saw_it(world: World) -> None:
    actions.create_page(world.actor("coordinator"), slug="strand", published=True, **VALUES)
    assert titles("Strandkorb") == []
    drain()
    assert titles("Strandkorb") == ["Strandkorb"]
    assert titles("strandkoerbe") == ["Strandkorb"]
    check_sums()


def test_a_draft_is_never_in_the_index(world: World) -> None:
    actions.create_page(world.actor("coordinator"), slug="strand", published=False, **VALUES)
    drain()
    assert not IndexedDocument.objects.exists()
    assert "strand" not in everything_stored().casefold()
    indexing.refresh()
    assert "strand" not in everything_stored().casefold()


def test_hiding_takes_a_page_out_at_once_and_every_word_of_it_soon(world: World) -> None:
    editor = world.actor("coordinator")
    actions.create_page(
        editor, slug="deich", published=True, **(VALUES | {"title": "Deich", "body": "Deich"})
    )
    actions.create_page(editor, slug="strand", published=True, **VALUES)
    drain()
    actions.edit_page(editor, page="strand", published=False, **VALUES)
    assert titles("Strandkorb") == []  # the worker did not run yet: the module itself is asked
    drain()
    assert "strand" not in everything_stored().casefold()
    assert titles("Deich") == ["Deich"]
    check_sums()


def test_deleting_and_changing_leave_nothing_behind(world: World) -> None:
    editor = world.actor("coordinator")
    actions.create_page(editor, slug="strand", published=True, **VALUES)
    drain()
    actions.edit_page(
        editor, page="strand", published=True, **(VALUES | {"title": "Watt", "body": "Schlick"})
    )
    drain()
    assert "strandk" not in everything_stored().casefold()
    assert titles("Schlick") == ["Watt"]
    check_sums()
    actions.delete_page(editor, page="strand")
    drain()
    assert [
        table._default_manager.count() for table in (IndexedDocument, IndexedWord, Term, Posting, TypingKey)
    ] == [0] * 5
    assert IndexState.objects.values_list("documents", "length").get() == (0, 0)


def test_what_is_already_true_is_not_written_again(world: World) -> None:
    actions.create_page(world.actor("coordinator"), slug="strand", published=True, **VALUES)
    drain()
    first = IndexedDocument.objects.values_list("pk", flat=True).get()
    indexing.refresh()
    assert IndexedDocument.objects.values_list("pk", flat=True).get() == first


def test_a_refresh_finds_what_was_missed_and_drops_what_is_gone(world: World) -> None:
    with writes_allowed("behind the back of the actions"):
        Page.objects.create(place=world.county, slug="eins", title="Leuchtturm", body="hoch")
        two = Page.objects.create(place=world.county, slug="zwei", title="Hafen", body="tief")
    assert indexing.refresh() >= 2
    assert titles("Leuchtturm Hafen") != []
    with writes_allowed("behind the back of the actions"):
        two.delete()
    indexing.refresh()
    assert "hafen" not in everything_stored().casefold()
    check_sums()


def test_a_word_learns_its_parts_when_more_is_known(world: World) -> None:
    editor = world.actor("coordinator")
    actions.create_page(
        editor, slug="a", published=True, **(VALUES | {"title": "Fischbrötchen", "body": "frisch"})
    )
    drain()
    assert known(["fischbroetchen"]) == {"fischbroetchen": Known(1, "Fischbrötchen", ("fisch", "broetchen"))}
    for slug in ("b", "c"):
        actions.create_page(
            editor, slug=slug, published=True, **(VALUES | {"title": "Matjes", "body": "Salat"})
        )
    actions.create_page(
        editor, slug="d", published=True, **(VALUES | {"title": "Matjessalat", "body": "kalt"})
    )
    drain()
    assert known(["matjessalat"])["matjessalat"].parts == ("matjes", "salat")
    assert "Matjessalat" in titles("Matjes")


def test_a_kind_that_nobody_registers_is_dropped(world: World) -> None:
    thing = Document("1", "Rest", "/")
    register(Source("gone.thing", "Things", lambda keys: [thing], lambda keys: {"1"}))
    indexing.refresh()
    assert titles("Rest") == ["Rest"]
    forget("gone.thing")
    assert titles("Rest") == []
    indexing.refresh()
    assert not IndexedDocument.objects.filter(kind="gone.thing").exists()


def test_while_a_county_is_loaded_nothing_is_queued(world: World) -> None:
    with bulk_load():
        actions.create_page(world.actor("coordinator"), slug="strand", published=True, **VALUES)
        assert not Delivery.objects.filter(handler__contains="search").exists()
    assert titles("Strandkorb") == ["Strandkorb"]


def test_every_source_says_which_rows_it_is_made_from() -> None:
    labels = {model._meta.label_lower for model in apps.get_models()}
    assert sources()
    for source in sources():
        assert source.watches
        assert set(source.watches) <= labels


def test_the_page_answers_marks_and_explains(world: World) -> None:
    body = "Die Busanbindung am Hafen ist gut."
    actions.create_page(
        world.actor("coordinator"), slug="a", published=True, **(VALUES | {"title": "Anreise", "body": body})
    )
    drain()
    text = Client(headers={"accept-language": "de"}).get("/suche/?q=Bus").content.decode()
    assert "Ein Ergebnis zu „Bus“" in text
    assert "Die <mark>Busanbindung</mark> am Hafen" in text
    assert "Gefunden wegen „Bus“ in „Busanbindung“" in text
    text = Client(headers={"accept-language": "en"}).get("/suche/?q=Anreize").content.decode()
    assert 'Found because “<span lang="de">Anreise</span>” is close to “Anreize”' in text
    assert '<a href="?q=Anreise"><span lang="de">Anreise</span></a>' in text


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%00", "?q=" + "a" * 5000, "?q=%F0%9F%9A%8C", "?q=x&seite=999999",
              "?q=x&seite=-1", "?q=x&art=nix&feld=%27&ort=%00", "?q=%25%27%22%3Cscript%3E",
              "?q=" + "%20wort" * 300],
)  # fmt: skip
def test_odd_questions_get_a_page(world: World, query: str) -> None:
    answer = Client(headers={"accept-language": "de"}).get(f"/suche/{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("</head>")[1]
    assert answer["Cache-Control"] == "private, no-cache"
    for file in ("csv", "json"):
        assert Client().get(f"/suche/ergebnisse.{file}{query}").status_code == 200


def test_nothing_found_says_what_to_do(world: World) -> None:
    text = Client(headers={"accept-language": "de"}).get("/suche/?q=Quastenflosser").content.decode()
    assert "Nichts gefunden zu „Quastenflosser“" in text
    assert "Nehmen Sie ein anderes Wort oder weniger Wörter." in text


def test_results_as_data(world: World) -> None:
    actions.create_page(world.actor("coordinator"), slug="strand", published=True, **VALUES)
    drain()
    data = Client().get("/suche/ergebnisse.json?q=Strandkorb").json()
    assert (data["query"], data["total"], data["meant"]) == ("Strandkorb", 1, "")
    (line,) = data["results"]
    assert (line["kind"], line["title"], line["passage"]) == (
        "pages.page", "Strandkorb", "Zwei Strandkörbe am Deich",
    )  # fmt: skip
    assert line["url"].endswith("/strand/")
    assert line["matched"][0] == {"typed": "strandkorb", "word": "Strandkorb"}
    table = (
        Client(headers={"accept-language": "de"}).get("/suche/ergebnisse.csv?q=Strandkorb").content.decode()
    )
    assert table.splitlines()[0] == "\ufeffArt;Titel;Adresse;Handlungsfeld;Ort;Punkte"
    assert table.splitlines()[1].startswith("Informationsseiten;Strandkorb;http")


def test_what_is_hidden_while_a_refresh_runs_does_not_slip_in(world: World) -> None:
    """The survey still saw it; under the lock it is read again, and then it was gone."""
    thing = Document("1", "Flunder", "/")

    def documents(keys: object) -> list[Document]:
        return [thing] if keys is None else []

    register(Source("late.thing", "Things", documents, lambda keys: {"1"}))
    try:
        indexing.refresh()
        assert "flunder" not in everything_stored().casefold()
    finally:
        forget("late.thing")


def test_a_batch_stopped_in_the_middle_is_finished_by_the_next_refresh(world: World) -> None:
    """Each batch is one transaction: one that dies leaves whole batches, the next does the rest."""

    class Killed(Exception):
        pass

    things = [Document(f"{n:04}", f"Ding {n}", "/") for n in range(indexing.BATCH + 1)]
    alive = False

    def documents(keys: Collection[str] | None) -> Iterable[Document]:
        if not alive and keys is not None and "0500" in keys:
            raise Killed
        return [thing for thing in things if keys is None or thing.key in keys]

    register(Source("many.things", "Things", documents, lambda keys: set(keys)))
    try:
        with pytest.raises(Killed):
            indexing.refresh()
        assert IndexedDocument.objects.count() == indexing.BATCH
        alive = True
        indexing.refresh()
        assert IndexedDocument.objects.count() == indexing.BATCH + 1
        check_sums()
    finally:
        forget("many.things")
