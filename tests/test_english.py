"""English pages speak English: what is German on them says so (``lang="de"``, WCAG 3.1.2).

Neither an interface text of the German catalogues nor anything that people of the county wrote stands outside
of an element that is marked. Names of places, organisations and people have no language. Not looked at: the
title of the page and attributes, since nothing in them can be marked.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from wurt.cli.counties import load_county
from wurt.core.tenancy.models import Organisation, OrganisationAlias, Person, Place

pytestmark = [pytest.mark.django_db, pytest.mark.no_database]
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "wurt" / "counties" / "dithmarschen"
VOID = {"input", "link", "meta", "br", "hr", "img", "path", "circle", "rect", "line", "source", "wbr", "use"}
SHOWN = {"aria-label", "alt", "placeholder", "title"}
MOST = 150
"""Pages asked for; more of the same kind say nothing new."""
SAME = {"Name", "Status", "Text", "Version", "Minute", "Region"}
GERMAN = re.compile(
    r"[ÄÖÜäöüß]|\b(?:der|die|das|den|dem|des|und|oder|für|mit|von|vom|zum|zur|auf|aus|bei|nach|im|ist|sind"
    r"|wird|werden|wurde|nicht|kein|keine|eine|einer|einem|einen|ein|sie|wir|ihr|sich|auch|noch|nur|durch"
    r"|bis|seit|unter|zwischen|ohne|gegen|wenn|dass)\b",
    re.IGNORECASE,
)
"""Letters and little words that English has not."""
TRIFLE = re.compile(r"[a-z0-9_.:/@-]*|[\d\W]*|.{0,3}")
"""No passage: address parts, numbers, dates, colours, what is too short to mean anything."""


def catalogues() -> tuple[dict[str, str], set[str]]:
    """Whole texts of the catalogues that differ from the English, with it; and all that is English."""
    found: dict[str, str] = {}
    english: set[str] = set(SAME)
    for path in ROOT.glob("wurt/**/locale/de/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                pairs = zip(_texts(message.id), _texts(message.string), strict=False) if message.id else ()
                for source, text in pairs:
                    english.add(source)
                    if text and text != source and "%" not in text and "{" not in text:
                        found[text] = source
    return {text: source for text, source in found.items() if text not in english}, english


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def names() -> re.Pattern[str]:
    """Places, organisations and people, the longest first."""
    found: set[str] = set()
    for model in (Place, Organisation, Person, OrganisationAlias):
        found |= set(model.objects.values_list("name", flat=True))
    return re.compile("|".join(re.escape(name) for name in sorted(found - {""}, key=len, reverse=True)))


def written(besides: re.Pattern[str]) -> set[str]:
    """What the people of the county wrote, as whole texts: values and headings, without names."""
    found: set[str] = set()
    for path in FOLDER.rglob("*.toml"):
        for text in _values(tomllib.loads(path.read_text("utf-8"))):
            found |= {line.strip("#-*_ ") for line in text.splitlines()}
    left = {" ".join(besides.sub("", text).split()) for text in found}
    return {text for text in left & found if not TRIFLE.fullmatch(text)}


def _values(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)


class Reader(HTMLParser):
    """Texts of a page that are not marked as German, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self.links: list[str] = []

    @property
    def in_german(self) -> bool:
        return bool(self.stack) and self.stack[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = values.get("lang")
        marked = self.in_german if language is None else language == "de"
        marked = marked or tag in ("script", "style", "title")
        if not marked:
            self.attributes += [value for name in SHOWN if (value := values.get(name))]
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        assert not any("<" in (value or "") for value in values.values()), attrs
        if tag not in VOID:
            self.stack.append((tag, marked))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self.in_german:
            self.texts.append(text)


class Ear:
    """Hears German in texts that should be English."""

    def __init__(self, besides: re.Pattern[str], passages: Iterable[str], interface: dict[str, str]) -> None:
        self.names, self.interface = besides, interface
        longest = sorted(passages, key=len, reverse=True)
        self.passages = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest))

    def why(self, text: str) -> str:
        """What is German in a text; "" if nothing is."""
        if text in self.interface:
            return f"interface: {self.interface[text]!r}"
        left = self.names.sub("", text)
        found = GERMAN.search(left) or self.passages.search(left)
        return found[0] if found else ""


def kind(address: str) -> str:
    """Addresses of one shape: months, places and names count as one."""
    path = address.partition("?")[0]
    path = re.sub(r"\d{4}-\d{2}", "M", path)
    head, _slash, rest = path.strip("/").partition("/")
    return f"{head}/{'x' if rest else ''}{rest.count('/')}{'?' if '?' in address else ''}"


def crawl(client: Client) -> dict[str, Reader]:
    """Public pages from the home page on, and a search; at most six of a kind."""
    waiting, seen, kinds, found = ["/", "/suche/?q=bus"], {"/"}, dict[str, int](), dict[str, Reader]()
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        reader = found[address] = Reader()
        reader.feed(answer.content.decode())
        for link in reader.links:
            link = link.partition("#")[0]
            if link.startswith("/") and link not in seen and not link.startswith(("/language/", "/konto/")):
                seen.add(link)
                kinds[kind(link)] = kinds.get(kind(link), 0) + 1
                if kinds[kind(link)] <= 6:
                    waiting.append(link)
    return found


def test_a_german_text_is_found_and_a_marked_one_is_not() -> None:
    reader = Reader()
    reader.feed(
        '<p>Speichern <b lang="de">Löschen<br>und</b> mehr</p><input placeholder="Suche">'
        '<p lang="de">Alles <i lang="en">but this</i></p><title>Titel</title>'
    )
    assert reader.texts == ["Speichern", "mehr", "but this"]
    assert reader.attributes == ["Suche"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Save", ""),
        ("Speichern", "interface: 'Save'"),
        ("Amt Mitteldithmarschen is the lead", ""),
        ("Report of Busshuttle", "Busshuttle"),
        ("Busshuttles are fun", ""),
        ("5 projects of Bürger*innen", "ü"),
        ("Alle machen mit", "mit"),
    ],
)
def test_what_an_ear_hears(text: str, why: str) -> None:
    ear = Ear(re.compile("Amt Mitteldithmarschen"), {"Busshuttle", "Bürger*innen"}, {"Speichern": "Save"})
    assert ear.why(text) == why


def test_what_is_german_on_english_pages_says_so() -> None:
    load_county(FOLDER, demo=False)
    interface, english = catalogues()
    ear = Ear(names(), written(names()) - english, interface)
    assert ear.interface["Speichern"] == "Save"
    assert ear.why("Digitale Agenda") != ""
    pages = crawl(Client(headers={"accept-language": "en"}))
    assert len(pages) > 40
    faults = sorted(
        {
            f"{text!r} ({why}) at {address}"
            for address, page in pages.items()
            for text, why in (
                *((text, ear.why(text)) for text in page.texts),
                *((text, "attribute") for text in page.attributes if text in ear.interface),
            )
            if why
        }
    )
    assert not faults, f"{len(faults)}\n" + "\n".join(faults)
    # The control: a page that says it is English and is not.
    page = Client().get("/zeitplan/", headers={"accept-language": "de"}).content.decode()
    liar = Reader()
    liar.feed(page.replace('<html lang="de">', '<html lang="en">'))
    assert len({text for text in liar.texts if text in ear.interface}) > 20
    assert len({text for text in liar.texts if ear.why(text)}) > 60
