"""The language switch: a link that remembers and leads back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from wurt.config.languages import offered
from wurt.core import web
from wurt.core.notices.models import Subscriber
from wurt.core.notices.tests import toys
from wurt.core.web.keep_form import carried, keep

pytestmark = pytest.mark.django_db


def test_the_switch_remembers_and_leads_back(client: Client) -> None:
    answer = client.get("/language/en/", {"next": "/projekte/?q=bus"})
    assert (answer.status_code, answer["Location"]) == (302, "/projekte/?q=bus")
    assert answer.cookies["django_language"].value == "en"
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_it_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.get("/language/de/", {"next": target})["Location"] == "/"


def test_an_unknown_language_is_not_found(client: Client) -> None:
    answer = client.get("/language/xx/")
    assert answer.status_code == 404
    assert "django_language" not in answer.cookies


def test_the_frame_of_a_page_sets_no_cookie(client: Client) -> None:
    answer = client.get("/nowhere/", headers={"accept-language": "de"})
    assert answer.status_code == 404
    assert not answer.cookies


@pytest.fixture
def following() -> Iterator[None]:
    """Something to follow."""
    toys.register()
    yield
    toys.unregister()


def test_another_language_loses_nothing_of_a_form_with_errors(client: Client, following: None) -> None:
    """The form to follow a topic stands for every form of ``form_page``."""
    address = "/folgen/ding/1/"
    sent = {"email": "ada@moor", "website": ""}
    answer = client.post(address, sent, headers={"accept-language": "de"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<input type="hidden" name="email" value="ada@moor">' in page
    assert '<button type="submit" name="wechsel-sprache" value="en">English</button>' in page
    answer = client.post(address, sent | {"wechsel-sprache": "en"}, headers={"accept-language": "de"})
    page = answer.content.decode()
    assert (answer.status_code, answer.cookies["django_language"].value) == (422, "en")
    assert '<html lang="en">' in page
    assert 'value="ada@moor"' in page
    assert "Write the whole e-mail address" in page
    # Nothing is done, even if the form were right.
    answer = client.post(address, {"email": "ada@moorland.example", "wechsel-sprache": "de"})
    assert answer.status_code == 422
    assert '<html lang="de">' in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_secrets_are_not_carried_along(rf: RequestFactory) -> None:
    data = {
        "old_password": "x",
        "name": "Ada",
        "postcode": "25746",
        "code": "123456",
        "csrfmiddlewaretoken": "y",
    }
    request = rf.post("/", data)
    assert carried(request) == []  # only where the page promised that sending again does nothing
    keep(request)
    assert carried(request) == [("name", "Ada"), ("postcode", "25746")]
    long = rf.post("/", {"text": "x" * 60_000})
    keep(long)
    assert carried(long) == []


def test_a_language_appears_with_its_catalogues(tmp_path: Path) -> None:
    """Enough of the texts must be there; fuzzy and empty ones do not count."""

    def write(code: str, *blocks: str) -> None:
        folder = tmp_path / "room" / "locale" / code / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "django.po").write_text(
            "\n\n".join(('msgid ""\nmsgstr ""\n"Language: x\\n"', *blocks)), "utf-8"
        )

    texts = [f'msgid "text {n}"\nmsgstr "Text {n}"' for n in range(10)]
    write("de", *texts)
    assert offered(tmp_path) == [("de", "Deutsch"), ("en", "English")]
    write("ar", *texts[:8], 'msgid "text 8"\nmsgstr ""', f"#, fuzzy\n{texts[9]}")
    assert offered(tmp_path) == [("de", "Deutsch"), ("en", "English")]
    write("ar", *texts[:8], 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "eins"\nmsgstr[1] "viele"')
    assert offered(tmp_path) == [("de", "Deutsch"), ("en", "English"), ("ar", "العربيّة")]
    write("xx", *texts)
    assert [code for code, _name in offered(tmp_path)] == ["de", "en", "ar"]


def test_a_language_from_right_to_left_turns_the_page(client: Client, settings) -> None:
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("ar", "العربيّة")]
    page = client.get("/suche/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<a href="/language/en/?next=%2Fsuche%2F" hreflang="en" rel="nofollow">English</a>' in page
    assert 'dir="rtl"' not in client.get("/suche/", headers={"accept-language": "de"}).content.decode()


def test_styles_know_no_left_and_right() -> None:
    """Logical properties turn with the language; ``left`` and ``right`` would not."""
    sides = r"(?:margin|padding|border)-(?:left|right)\b|(?:left|right):|text-align: (?:left|right)"
    physical = re.compile(rf"(?<![-\w$])(?:{sides})")
    folder = Path(web.__file__).parent / "assets" / "scss"
    faults = [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted(folder.glob("*.scss"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if physical.search(line.partition("//")[0])
    ]
    assert faults == []
