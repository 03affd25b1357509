"""Plain pages and the glossary."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.access.world import World, make_world
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.pages import actions, queries
from wurt.core.pages.models import GlossaryTerm, Page

pytestmark = pytest.mark.django_db(transaction=True)
VALUES = {"title": "Kontakt", "body": "Text", "footer": True, "order": 5, "published": True}


class Reader(HTMLParser):
    """Every tag, attribute and target of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag} | {name for name, _ in attrs} | {value or "" for _, value in attrs}


@pytest.fixture
def world() -> World:
    with writes_allowed("world"):
        return make_world()


def test_a_page_is_written_read_and_linked_at_the_bottom(world: World) -> None:
    admin = world.actor("coordinator")
    slug = actions.create_page(admin, slug="kontakt", **(VALUES | {"body": "# Wir\n\n- eins\n- **zwei**"}))
    actions.create_page(admin, slug="impressum", **(VALUES | {"title": "Impressum", "order": 1}))
    answer = Client().get(f"/{slug}/")
    text = answer.content.decode()
    assert "<h2>Wir</h2>" in text
    assert "<strong>zwei</strong>" in text
    assert [link.slug for link in queries.frame().footer] == ["impressum", "kontakt"]
    assert '<a href="/impressum/">Impressum</a>' in text


def test_a_page_has_a_variant_in_easy_language(world: World) -> None:
    admin = world.actor("coordinator")
    actions.create_page(admin, slug="kontakt", **VALUES)
    assert Client().get("/kontakt/leichte-sprache/").status_code == 404
    assert "leichte-sprache" not in Client().get("/kontakt/").content.decode()
    actions.edit_page(admin, page="kontakt", **(VALUES | {"easy": "Rufen Sie an.\n\n- Montag"}))
    assert 'href="/kontakt/leichte-sprache/"' in Client().get("/kontakt/").content.decode()
    text = Client().get("/kontakt/leichte-sprache/").content.decode()
    assert "<p>Rufen Sie an.</p>" in text
    assert "<li>Montag</li>" in text
    assert 'href="/kontakt/"' in text
    actions.edit_page(admin, page="kontakt", **(VALUES | {"published": False, "easy": "Geheim."}))
    assert Client().get("/kontakt/leichte-sprache/").status_code == 404


def switch(address: str, language: str = "de") -> list[tuple[str, str]]:
    """The entries of the language switch of a page: their words, and where they lead; the current one
    nowhere."""
    page = Client().get(address, headers={"accept-language": language}).content.decode()
    found = re.search(r'<nav class="wurt-language".*?</nav>', page, re.DOTALL)
    entries = re.findall(r"<li[^>]*>(.*?)</li>", found[0], re.DOTALL) if found else []
    return [
        (re.sub("<[^>]+>", "", entry), (re.findall(r'href="([^"]*)"', entry) or [""])[0]) for entry in entries
    ]


def test_the_language_switch_leads_to_easy_language(world: World) -> None:
    """To this page's own text in it; elsewhere to the county's start page in it; else there is no entry."""
    admin = world.actor("coordinator")
    actions.create_page(admin, slug="kontakt", **(VALUES | {"easy": "Rufen Sie an."}))
    actions.create_page(admin, slug="impressum", **VALUES)
    back = "/language/en/?next=%2Fkontakt%2F"
    assert switch("/kontakt/") == [
        ("Deutsch", ""),
        ("English", back),
        ("Leichte Sprache", "/kontakt/leichte-sprache/"),
    ]
    assert switch("/kontakt/leichte-sprache/") == [
        ("Deutsch", "/language/de/?next=%2Fkontakt%2F"),
        ("English", back),
        ("Leichte Sprache", ""),
    ]
    assert [word for word, _url in switch("/impressum/")] == ["Deutsch", "English"]
    home = VALUES | {"title": "Leichte Sprache", "footer": False, "easy": "ohne Bedeutung"}
    actions.create_page(admin, slug="leichte-sprache", **(home | {"published": False}))
    assert [word for word, _url in switch("/impressum/")] == ["Deutsch", "English"]
    actions.edit_page(admin, page="leichte-sprache", **home)
    assert switch("/impressum/")[2:] == [("Leichte Sprache", "/leichte-sprache/")]
    assert switch("/kontakt/")[2:] == [("Leichte Sprache", "/kontakt/leichte-sprache/")]
    assert switch("/leichte-sprache/", "en") == [
        ("Deutsch", "/language/de/?next=%2F"),
        ("English", "/language/en/?next=%2F"),
        ("Leichte Sprache", ""),
    ]
    page = Client().get("/leichte-sprache/").content.decode()
    assert 'class="wurt-prose wurt-easy"' in page
    assert "wurt-easy-link" not in page
    assert "/leichte-sprache/" not in Client().get("/impressum/").content.decode().split("wurt-language")[0]


def test_sign_language_and_easy_language_stand_on_the_start_page(world: World) -> None:
    """BITV 2.0, section 4 and annex 2; the desk says what is missing and begins it."""
    admin, client = world.actor("coordinator"), world.client("coordinator")
    desk = client.get("/verwaltung/seiten/").content.decode()
    assert re.findall(r'/verwaltung/seiten/neu/\?adresse=([^"]+)', desk) == [
        "leichte-sprache",
        "gebaerdensprache",
    ]
    begun = client.get("/verwaltung/seiten/neu/?adresse=gebaerdensprache").content.decode()
    assert 'value="gebaerdensprache"' in begun
    assert 'value="Gebärdensprache"' in begun
    assert 'class="wurt-readings"' not in Client().get("/").content.decode()
    for slug, title in (("leichte-sprache", "Leichte Sprache"), ("gebaerdensprache", "Gebärdensprache")):
        actions.create_page(admin, slug=slug, **(VALUES | {"title": title, "footer": False}))
    start = Client().get("/", headers={"accept-language": "en"}).content.decode()
    block = re.search(r'<nav class="wurt-readings".*?</nav>', start, re.DOTALL)
    assert block is not None
    assert re.findall(r'<li lang="de"><a href="([^"]+)">([^<]+)</a>', block[0]) == [
        ("/leichte-sprache/", "Leichte Sprache"),
        ("/gebaerdensprache/", "Gebärdensprache"),
    ]
    assert switch("/gebaerdensprache/")[2:] == [
        ("Leichte Sprache", "/leichte-sprache/"),
        ("Gebärdensprache", ""),
    ]
    assert "?adresse=" not in client.get("/verwaltung/seiten/").content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[hier](javascript:alert(1))",
        '<a href="/" style="color:red" onclick="x()">a</a>',
    ],
)
def test_what_could_run_or_disguise_does_not_reach_the_page(world: World, body: str) -> None:
    actions.create_page(world.actor("coordinator"), slug="kontakt", **(VALUES | {"body": body}))
    text = Client().get("/kontakt/").content.decode()
    main = text[text.index('class="wurt-prose"') : text.index("</main>")]
    reader = Reader()
    reader.feed(main)
    assert not reader.found & {"script", "img", "style", "onclick", "onerror", "javascript:alert(1)"}
    assert "p" in reader.found


def test_a_draft_is_there_for_its_editors_only(world: World) -> None:
    actions.create_page(world.actor("coordinator"), slug="entwurf", **(VALUES | {"published": False}))
    assert queries.page(world.actor("coordinator"), "entwurf").title == "Kontakt"
    for role in ("anonymous", "place_editor", "county_admin_without_factor"):
        with pytest.raises(NotFound):
            queries.page(world.actor(role), "entwurf")
    assert queries.frame().footer == ()


def test_a_stale_form_overwrites_nothing(world: World) -> None:
    actor = world.actor("coordinator")
    actions.create_page(actor, slug="kontakt", **VALUES)
    actions.edit_page(actor, page="kontakt", **(VALUES | {"title": "Erste"}), version=1)
    with pytest.raises(ChangedMeanwhile):
        actions.edit_page(actor, page="kontakt", **(VALUES | {"title": "Zweite"}), version=1)
    page = Page.objects.get()
    assert (page.title, page.version) == ("Erste", 2)


def test_who_may_not_write_changes_nothing(world: World) -> None:
    with writes_allowed("world"):
        Page.objects.create(place=world.county, slug="kontakt", title="Kontakt", body="Text")
        term = GlossaryTerm.objects.create(place=world.county, term="Amt", text="Text")
    for role in (
        "anonymous",
        "resident",
        "lead",
        "place_editor",
        "project_group",
        "county_admin_without_factor",
    ):
        actor = world.actor(role)
        for act in (
            lambda actor=actor: actions.create_page(actor, slug="neu", **VALUES),
            lambda actor=actor: actions.edit_page(actor, page="kontakt", **VALUES),
            lambda actor=actor: actions.delete_page(actor, page="kontakt"),
            lambda actor=actor: actions.create_term(actor, term="Kreis", text="x"),
            lambda actor=actor: actions.edit_term(actor, key=term.pk, term="Kreis", text="x"),
            lambda actor=actor: actions.delete_term(actor, key=term.pk),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert (Page.objects.count(), GlossaryTerm.objects.count(), AuditEntry.objects.count()) == (1, 1, 0)


def test_an_address_of_the_platform_is_no_address_of_a_page(world: World) -> None:
    client = world.client("coordinator")
    values = {"title": "X", "body": "x", "order": "1", "place": "kreis-moorland"}
    for slug, status in (("glossar", 422), ("konto", 422), ("frei", 302)):
        assert client.post("/verwaltung/seiten/neu/", {**values, "slug": slug}).status_code == status
    assert [page.slug for page in Page.objects.all()] == ["frei"]
    assert client.post("/verwaltung/seiten/neu/", {**values, "slug": "frei"}).status_code == 409


def test_a_preview_shows_and_saves_nothing(world: World) -> None:
    client = world.client("coordinator")
    values = {"title": "X", "body": "**fett**", "order": "1", "place": "kreis-moorland", "slug": "neu-hier"}
    answer = client.post("/verwaltung/seiten/neu/", {**values, "preview": "yes"})
    assert answer.status_code == 200
    assert "<strong>fett</strong>" in answer.content.decode()
    assert "**fett**" in answer.content.decode()  # what was typed is still in the form
    assert Page.objects.count() == 0


def test_the_same_form_sent_twice_makes_one_page(world: World) -> None:
    client = world.client("coordinator")
    values = {"term": "Kreis", "text": "Mehrere Ämter.", "place": "kreis-moorland", "once": "token-1"}
    answers = [client.post("/verwaltung/glossar/neu/", values).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert GlossaryTerm.objects.count() == 1
    assert AuditEntry.objects.filter(action="pages.create_term").count() == 1


def test_the_glossary_is_searched_and_sorted(world: World) -> None:
    actor = world.actor("coordinator")
    for term, text in (
        ("Öffentlich", "Für alle."),
        ("amt", "Verwaltung mehrerer Gemeinden."),
        ("Kreis", "Viel."),
    ):
        actions.create_term(actor, term=term, text=text)
    assert [term.term for term in queries.glossary(actor)] == ["amt", "Kreis", "Öffentlich"]
    assert [term.term for term in queries.glossary(actor, "GEMEINDEN")] == ["amt"]
    with pytest.raises(RuleBroken) as refused:
        actions.create_term(actor, term="AMT", text="x")
    assert refused.value.code == "pages.term_taken"
