"""A corpus of hostile files at every place that takes files in: nothing breaks, nothing runs, nothing leaves
its folder, and what is kept is what it says it is (ASVS 5.0, V5)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.world import World
from tests.security.walking import addresses, url_of
from wurt.core.files import storage
from wurt.core.files.models import StoredFile
from wurt.modules.agenda.actions import imports_run

pytestmark = pytest.mark.no_database

ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">'
    '<!ENTITY y SYSTEM "http://127.0.0.1:9/x">]>'
)
MINIMAL_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # noqa: E501


def archive(**members: bytes | str) -> bytes:
    """A ZIP; ``__`` in a name is a slash, ``_dot_`` a dot."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return packed.getvalue()


def presentation(**more: bytes | str) -> bytes:
    return archive(**{"_Content_Types__dot_xml": "<Types/>", "ppt__presentation_dot_xml": "<p/>", **more})


def picture(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SCRIPT = b"<script>alert(document.domain)</script>"
CORPUS: dict[str, tuple[str, bytes]] = {
    "empty": ("leer.pdf", b""),
    "blanks": ("leer.txt", b" \n" * 500),
    "nul": ("nul.txt", b"\x00" * 4000),
    "zip bomb": ("bombe.pptx", presentation(**{"ppt__x_dot_bin": b"\x00" * 60_000_000})),
    "many entries": ("viele.pptx", presentation(**{f"a{n}": "" for n in range(3000)})),
    "zip in zip": ("zip.pptx", presentation(**{"x_dot_zip": archive(y=b"\x00" * 1_000_000)})),
    "traversal in zip": ("weg.pptx", presentation(**{"_dot__dot___dot__dot___etc__passwd": "x"})),
    "macros": ("makro.pptm", presentation(ppt__vbaProject_dot_bin=b"x")),
    "macros renamed": ("makro.pptx", presentation(ppt__vbaProject_dot_bin=b"x")),
    "entities": ("xxe.pptx", presentation(ppt__slides__slide1_dot_xml=ENTITY + "<p>&x;&y;</p>")),
    "cut zip": ("kaputt.pptx", presentation()[:40]),
    "zip that is none": ("keins.pptx", b"PK\x03\x04" + b"\xff" * 300),
    "picture bomb": ("bild.png", picture(60_000, 60_000)),
    "picture as pdf": ("bild.pdf", picture(10, 10)),
    "pdf bomb": (
        "bombe.pdf",
        MINIMAL_PDF.replace(b"%%EOF", b"")
        + b"3 0 obj<</Length 9/Filter/FlateDecode>>stream\n"
        + zlib.compress(b"\x00" * 30_000_000)
        + b"\nendstream endobj\n%%EOF\n",
    ),
    "pdf with javascript": (
        "js.pdf",
        MINIMAL_PDF.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    ),
    "pdf that loops": ("kreis.pdf", MINIMAL_PDF.replace(b"/Kids[]/Count 0", b"/Kids[2 0 R]/Count 1")),
    "cut pdf": ("kaputt.pdf", MINIMAL_PDF[:60]),
    "pdf and html": ("beides.pdf", SCRIPT + MINIMAL_PDF),
    "pdf and zip": ("beides.pdf", MINIMAL_PDF + archive(x="y")),
    "gif and script": ("gif.txt", b"GIF89a/*" + SCRIPT + b"*/=0;"),
    "html": ("seite.html", b"<!doctype html>" + SCRIPT),
    "html as text": ("seite.txt", b"<!doctype html>" + SCRIPT),
    "svg": ("bild.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"),
    "svg as text": ("bild.txt", b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"),
    "billion laughs": ("lach.xml", ENTITY.encode() + b"<p>&x;</p>"),
    "program": ("programm.exe", b"MZ\x90\x00" + b"\x00" * 400),
    "program as pdf": ("programm.pdf", b"\x7fELF" + b"\x00" * 400),
    "shell": ("lauf.sh", b"#!/bin/sh\nrm -rf /\n"),
    "python": ("wurt.py", b"import os\n"),
    "eicar": ("eicar.txt", rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
    "old office": ("alt.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500),
    "formula": ("tabelle.csv", b"=cmd|'/C calc'!A0\n"),
    "utf-16": ("text.txt", "Bericht".encode("utf-16")),
    "not utf-8": ("text.txt", b"\xff\xfe\xfa" * 300),
    "long line": ("lang.txt", b"a" * 1_000_000),
    "deep markdown": ("tief.md", b"> " * 5000 + b"x"),
    "traversal": ("../../../../etc/passwd.txt", b"x y z"),
    "traversal of windows": ("..\\..\\windows\\system32\\x.txt", b"x y z"),
    "absolute": ("/etc/cron.d/x.txt", b"x y z"),
    "nul in name": ("a.txt\x00.exe", b"x y z"),
    "line break in name": ("a\r\nSet-Cookie: x=y.txt", b"x y z"),
    "quotes in name": ('a";filename="b.html.txt', b"x y z"),
    "turned name": ("bericht\u202etxt.exe", b"x y z"),
    "long name": ("ä" * 5000 + ".txt", b"x y z"),
    "only dots": ("....", b"x y z"),
    "no name": (" ", b"x y z"),
    "script in name": ("<img src=x onerror=alert(1)>.txt", b"x y z"),
    "two endings": ("bericht.pdf.html", MINIMAL_PDF),
}
PLACES: dict[str, tuple[str, Callable[[SimpleUploadedFile], dict[str, object]]]] = {
    "import": ("agenda:import_upload", lambda file: {"files": [file]}),
    "document": (
        "agenda:desk_document_new",
        lambda file: {"title": "Strategie", "kind": "strategy", "visibility": "public", "file": file},
    ),
}
"""Every form that takes a file. A new one must be added: see the test below."""
KEPT = {storage.PDF, storage.PPTX, storage.TEXT, storage.MARKDOWN, "application/octet-stream"}
"""Texts in an old encoding are kept as they came, as bytes that no browser shows."""
REFUSED = ("macros", "macros renamed", "program", "program as pdf", "picture as pdf", "picture bomb", "empty")


def harmless(before: set[object]) -> list[str]:
    """What is wrong with the files that were kept since."""
    found = []
    root = Path(settings.MEDIA_ROOT).resolve()
    for stored in StoredFile.objects.exclude(pk__in=before):
        path = (root / stored.path).resolve()
        if root not in path.parents or len(path.stem) != 32:
            found.append(f"lies at {stored.path}")
        if stored.content_type not in KEPT:
            found.append(f"is {stored.content_type}")
        if any(sign in stored.name for sign in "/\\\r\n\x00\u202e") or not 0 < len(stored.name) <= 200:
            found.append(f"is called {stored.name!r}")
        if path.suffix in (".htm", ".html", ".svg", ".exe", ".sh", ".py", ".pptm"):
            found.append(f"ends with {path.suffix}")
    return found


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", CORPUS)
def test_no_file_of_the_corpus_does_harm(
    world: World, settings, tmp_path, monkeypatch, kind: str, place: str
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(imports_run, "PATIENCE", 600.0)  # a busy machine would leave it to the worker
    name, content = CORPUS[kind]
    address, data = PLACES[place]
    before = set(StoredFile.objects.values_list("pk", flat=True))
    client = world.client("county_admin")
    upload = SimpleUploadedFile("x", content)
    upload._name = name  # as a program sends it, not as Django's own client cleans it
    response = client.post(reverse(address), data(upload))
    assert response.status_code in (200, 302, 400, 409, 422)
    assert harmless(before) == []
    written = [path for path in tmp_path.parent.rglob("*") if path.is_file() and "passwd" in path.name]
    assert written == []
    if kind in (
        "macros",
        "macros renamed",
        "svg",
        "html",
        "program",
        "program as pdf",
        "picture as pdf",
        "empty",
    ):
        assert not StoredFile.objects.exclude(pk__in=before).exists()


def test_every_form_that_takes_files_is_tried(world: World) -> None:
    taking = set()
    for row in addresses():
        page: HttpResponse = world.client("county_admin").get(url_of(world, row))
        if page.status_code == 200 and not page.streaming and b'type="file"' in page.content:
            taking.add(row.name)
    assert taking - {"web:styleguide"} == {address for address, _ in PLACES.values()} | ALSO


ALSO: set[str] = set()


def test_what_is_delivered_cannot_run(world: World, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    names = {"a.pdf": MINIMAL_PDF, "b.txt": b"<script>alert(1)</script>", 'c";x="ä\u202e.md': b"# Titel"}
    for name, content in names.items():
        stored = storage.store(content, name=name, purpose="test", allowed=KEPT, public=True)
        answer = Client().get(f"/dateien/{stored.public_id}/")
        assert answer.status_code == 200
        assert "sandbox; default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        kind, _, filename = answer["Content-Disposition"].partition("; ")
        assert kind == ("inline" if name.endswith(".pdf") else "attachment")
        assert filename.startswith("filename*=UTF-8''")
        assert not set('";\r\n ') & set(filename.removeprefix("filename*=UTF-8''"))
        assert answer["Content-Type"].split(";")[0] in KEPT


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bericht Mai.pdf", "Bericht Mai.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\ole\\x.pdf", "x.pdf"),
        ("bericht\u202efdp.exe", "berichtfdp.exe"),
        ("a\r\nb.txt", "ab.txt"),
        ("....", "datei"),
        ("", "datei"),
        ("ä" * 300 + ".pdf", "ä" * 196 + ".pdf"),
    ],
)
def test_names_are_made_fit_to_be_shown(name: str, shown: str) -> None:
    assert storage.shown_name(name) == shown


def test_no_entity_of_a_presentation_is_resolved(tmp_path) -> None:
    from lxml import etree
    from pptx.oxml import parse_xml

    secret = tmp_path / "secret.txt"
    secret.write_text("geheim-4711")
    text = f'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file://{secret}">]><p>&x;</p>'
    try:
        read = etree.tostring(parse_xml(text.encode()))
    except etree.XMLSyntaxError:
        read = b""
    assert b"geheim-4711" not in read
