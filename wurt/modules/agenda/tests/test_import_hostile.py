"""Hostile and broken files: a clear code, bounded time and memory, and nothing of the other files is lost."""

import io
import os
import zipfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from pptx import Presentation
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from wurt.modules.agenda.importing import KnownWorld, Limits, read_file_safely, read_files, read_files_safely
from wurt.modules.agenda.importing.messages import MESSAGES, text_of
from wurt.modules.agenda.tests import variants

pytestmark = pytest.mark.no_database

LIMITS = Limits(seconds=20, megabytes=1024)


def codes(path: Path, limits: Limits = LIMITS) -> list[str]:
    document = read_file_safely(path, limits)
    assert document.ok is False
    assert all(text_of(m) and "{" not in text_of(m) for m in document.messages)
    return [m.code for m in document.messages if m.severity == "error"]


def good(path: Path) -> Path:
    return variants.pdf(path, variants.Report("Februar 2025", [variants.Project("Kulturkalender")]))


def pages(path: Path, count: int) -> Path:
    canvas = Canvas(str(path))
    for number in range(count):
        canvas.drawString(72, 700, f"Blatt {number + 1}")
        canvas.showPage()
    canvas.save()
    return path


def test_a_pdf_of_501_pages_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert codes(pages(tmp_path / "a.pdf", 501)) == ["too_many_pages"]


def test_a_pdf_of_500_pages_is_read_with_progress(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    document = read_file_safely(pages(tmp_path / "a.pdf", 500), LIMITS, lambda *step: seen.append(step))
    assert document.pages == 500
    assert seen == [("a.pdf", n, 500) for n in range(1, 501)]
    assert [m.code for m in document.messages] == ["kind_unknown"]


@pytest.mark.parametrize(
    "word",
    ["a", "ab\ufffe", "x:", "01.01.", "|", "# "],
    ids=["letters", "hyphens", "labels", "days", "cells", "headings"],
)
def test_a_line_of_a_megabyte_is_read_in_the_time_of_a_document(tmp_path: Path, word: str) -> None:
    path = tmp_path / "lang.txt"
    path.write_text(word * (1_000_000 // len(word)))
    assert codes(path) in (["kind_unknown"], ["no_text"])


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pptx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
        archive.writestr("ppt/media/a.xml", b"0" * 60_000_000)
    assert path.stat().st_size < 100_000
    assert codes(path) == ["archive_bomb"]


def test_a_pdf_with_a_broken_cross_reference_table_is_read_or_refused_clearly(tmp_path: Path) -> None:
    data = good(tmp_path / "good.pdf").read_bytes()
    position = data.rindex(b"startxref")
    repaired = tmp_path / "xref.pdf"
    repaired.write_bytes(data[:position] + b"startxref\n999999999\n%%EOF\n")
    document = read_file_safely(repaired, LIMITS)
    assert document.ok is True
    assert [p.title.value for p in document.projects] == ["Kulturkalender"]
    broken = tmp_path / "cut.pdf"
    broken.write_bytes(data[:200])
    assert codes(broken) == ["broken_file"]


def test_an_empty_file(tmp_path: Path) -> None:
    for name in ("a.pdf", "a.txt", "a.pptx"):
        (tmp_path / name).write_bytes(b"" if name != "a.txt" else b" \n\n")
        assert codes(tmp_path / name) == ["empty_file"]


def test_a_picture_renamed_to_pdf(tmp_path: Path) -> None:
    for kind in ("PNG", "JPEG", "GIF"):
        Image.new("RGB", (40, 40), "red").save(tmp_path / "a.pdf", format=kind)
        assert codes(tmp_path / "a.pdf") == ["wrong_type"]


def test_a_pdf_named_txt_is_read_as_what_it_is(tmp_path: Path) -> None:
    document = read_file_safely(good(tmp_path / "a.txt"), LIMITS)
    assert (document.format, len(document.projects)) == ("pdf", 1)


def test_a_presentation_that_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.pptx", "w") as archive:
        archive.writestr("ppt/presentation.xml", "<broken")
    assert codes(tmp_path / "a.pptx") == ["broken_file"]
    (tmp_path / "b.pptx").write_bytes(b"PK\x03\x04 and nothing more")
    assert codes(tmp_path / "b.pptx") == ["broken_file"]
    with zipfile.ZipFile(tmp_path / "c.pptx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert codes(tmp_path / "c.pptx") == ["wrong_type"]


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), encrypt=StandardEncryption("geheim", ownerPassword="x"))
    canvas.drawString(72, 700, "Projektstatus: A")
    canvas.save()
    assert codes(tmp_path / "a.pdf") == ["encrypted"]


def test_a_scanned_document_and_a_scanned_page(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(picture, format="PNG")
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for _ in range(2):
        canvas.drawImage(ImageReader(picture), 0, 0, 500, 700)
        canvas.showPage()
    canvas.save()
    assert codes(tmp_path / "a.pdf") == ["scanned_document"]


def test_a_missing_file_and_a_foreign_type(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.pdf") == ["file_missing"]
    (tmp_path / "a.bin").write_bytes(b"\x7fELF" + b"\x00" * 99)
    assert codes(tmp_path / "a.bin") == ["type_not_supported"]


def test_a_pipe_that_never_ends_and_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert codes(tmp_path / "pipe.pdf") == ["not_a_file"]
    assert codes(tmp_path) == ["not_a_file"]


def test_too_little_time(tmp_path: Path) -> None:
    assert codes(good(tmp_path / "a.pdf"), Limits(seconds=0.01)) == ["timeout"]


def test_too_little_memory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Wort und Zeile\n" * 600_000, encoding="utf-8")
    assert codes(tmp_path / "a.txt", Limits(megabytes=200, seconds=400)) == ["memory"]


def test_a_text_that_is_far_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Wort und Zeile\n" * 700_000, encoding="utf-8")
    assert codes(tmp_path / "a.txt") == ["file_too_large"]


def test_a_text_nobody_knows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Einladung zum Sommerfest am Deich.\n\nEs gibt Kuchen.\n", encoding="utf-8"
    )
    assert codes(tmp_path / "a.txt") == ["kind_unknown"]


def test_one_bad_file_loses_nothing_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    result = read_files_safely([tmp_path / "bad.pdf", good(tmp_path / "good.pdf")], KnownWorld(), LIMITS)
    assert [d.ok for d in result.documents] == [False, True]
    alone = read_files([tmp_path / "good.pdf"])
    assert result.documents[1].projects == alone.documents[0].projects


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_has_the_same_parameters_in_both_languages(code: str) -> None:
    english, german = MESSAGES[code]
    assert sorted(part.split("}")[0] for part in english.split("{")[1:]) == sorted(
        p.split("}")[0] for p in german.split("{")[1:]
    )


def test_a_cut_slide_loses_no_other(tmp_path: Path) -> None:
    whole = tmp_path / "whole.pptx"
    deck = Presentation()
    for number in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Projektstatus: Vorhaben {'ABC'[number]}"
        slide.placeholders[1].text = (
            "Projektleitung: Kim Sand – Amt Geest\nDatum Status: Mai 2025\nProjektstart: 01.02.2024\n"
            "Projektziel: Ein Ziel.\nFortschritt in der Berichtsphase: Es ging voran."
        )
    deck.save(str(whole))
    cut = tmp_path / "cut.pptx"
    with ZipFile(whole) as source, ZipFile(cut, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:300] if name == "ppt/slides/slide2.xml" else content)
    document = read_files([cut]).documents[0]
    assert [p.title.value for p in document.projects] == ["Vorhaben A", "Vorhaben C"]
    assert [(m.code, m.params) for m in document.messages if m.code == "page_broken"] == [
        ("page_broken", {"page": 2})
    ]
