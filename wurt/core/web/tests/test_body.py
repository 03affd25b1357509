"""A form that is too large or cannot be read is answered by a page that says what is possible."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from tests.access.world import make_world
from wurt.core.web import body

LOGIN = "/konto/login/"
MEGABYTE = 1024 * 1024
MULTIPART = "multipart/form-data; boundary=x"


def page(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def announced(length: int) -> dict[str, Any]:
    """Headers of a form that is not there yet."""
    return {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": MULTIPART, "wsgi.input": io.BytesIO()}


@pytest.fixture
def visitor() -> Client:
    """Somebody whose forms need a proof of origin, as in life."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "de"})


@pytest.mark.django_db
def test_a_long_text(visitor: Client) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=2 * MEGABYTE):
        answer = visitor.post(LOGIN, {"login": "x" * 2 * MEGABYTE}, "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "<h1>Das ist zu groß</h1>" in page(answer)
    assert "Die Texte eines Formulars dürfen zusammen höchstens 2 MB haben. Es wurde nichts" in page(answer)
    assert "Kürzen Sie den Text" in page(answer)
    assert "Anmelden" in page(answer), "the page has its head and menu"


@pytest.mark.django_db
def test_a_long_text_beside_files(visitor: Client) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=MEGABYTE):
        answer = visitor.post(LOGIN, {"login": "x" * MEGABYTE + "y"})
    assert answer.status_code == 413
    assert "dürfen zusammen höchstens 1 MB haben" in page(answer)


@pytest.mark.django_db
def test_too_many_megabytes_of_files_are_refused_unread(visitor: Client) -> None:
    """What is announced is enough; nothing of it reaches a disk."""
    with override_settings(WURT_UPLOAD_BYTES=10 * MEGABYTE):
        answer = visitor.generic("POST", LOGIN, **announced(90 * MEGABYTE))
    assert answer.status_code == 413
    text = page(answer)
    assert "Sie haben 90 MB geschickt." in text
    assert (
        "Eine einzelne Datei darf höchstens 10 MB haben, alle Dateien eines Formulars zusammen 45 MB" in text
    )
    assert "Schicken Sie weniger Dateien auf einmal" in text


@pytest.mark.django_db
def test_as_much_as_is_possible_is_read(visitor: Client) -> None:
    with override_settings(WURT_UPLOAD_BYTES=MEGABYTE, DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        file = SimpleUploadedFile("a.pdf", b"x" * 3 * MEGABYTE)
        answer = visitor.post(LOGIN, {"file": file})
    assert answer.status_code == 403, "no proof of origin, so it was looked for"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "form", "said"),
    [
        (
            {"DATA_UPLOAD_MAX_NUMBER_FIELDS": 3},
            dict.fromkeys("abcd", "x"),
            "zu viele Felder: Es gehen höchstens 3.",
        ),
        (
            {"DATA_UPLOAD_MAX_NUMBER_FILES": 1},
            {name: SimpleUploadedFile(name, b"x") for name in "ab"},
            "zu viele Dateien: Es gehen höchstens 1 auf einmal.",
        ),
    ],
    ids=["fields", "files"],
)
def test_too_many(visitor: Client, setting: dict[str, int], form: dict[str, Any], said: str) -> None:
    with override_settings(**setting):
        answer = visitor.post(LOGIN, form)
    assert answer.status_code == 413
    assert said in page(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"--y\r\nnonsense", "multipart/form-data"),
        (b"a=b", "application/x-www-form-urlencoded; charset=latin-1"),
    ],
    ids=["no boundary", "another charset"],
)
def test_what_cannot_be_read(visitor: Client, content: bytes, kind: str) -> None:
    answer = visitor.generic("POST", LOGIN, content, kind)
    assert answer.status_code == 400
    assert "<h1>Wir konnten diese Anfrage nicht lesen</h1>" in page(answer)


@pytest.mark.django_db
def test_staff_see_it_too(writing: None) -> None:
    client = make_world().client("county_admin")
    with override_settings(WURT_UPLOAD_BYTES=MEGABYTE, DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        answer = client.generic("POST", "/verwaltung/importe/neu/", **announced(5_000_000))
    assert answer.status_code == 413


@pytest.mark.parametrize(("sent", "read"), [(b"x" * 700_000, 700_000), (b"x" * 2_000_000, 1_250_000)])
def test_what_came_too_much_is_read_so_that_the_browser_listens(
    monkeypatch: pytest.MonkeyPatch, sent: bytes, read: int
) -> None:
    monkeypatch.setattr(body, "_PIECE", 250_000)
    monkeypatch.setattr(body, "_MOST_THROWN_AWAY", 1_200_000)
    stream = io.BytesIO(sent)
    request = RequestFactory().generic("POST", "/", **announced(10**10))
    request._stream = stream
    body.BodyMiddleware(lambda request: HttpResponse())(request)
    assert stream.tell() == read
