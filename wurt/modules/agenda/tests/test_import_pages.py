"""What stands on pages beside the data: feet, hidden slides, other months, sideways pages, odd characters."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

from wurt.modules.agenda.importing import read_files, to_json
from wurt.modules.agenda.importing.colors import fill_color, theme_colors
from wurt.modules.agenda.importing.joining import clean, composed
from wurt.modules.agenda.importing.model import Line
from wurt.modules.agenda.importing.text import _whole
from wurt.modules.agenda.importing.values import lead_function, read_lead
from wurt.modules.agenda.tests import variants, variants_slides
from wurt.modules.agenda.tests.test_import_variants import (
    BOTH,
    CALENDAR,
    PERMIT,
    differences,
    report,
    written,
)
from wurt.modules.agenda.tests.variants import Report, Wording
from wurt.modules.agenda.tests.variants_flow import pdf_flow


def imported(*paths: Path) -> dict[str, Any]:
    document: dict[str, Any] = to_json(read_files(list(paths)))["documents"][0]
    return document


def unread(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [differences(got, want) for got, want in zip(document["projects"], BOTH, strict=True)]


def codes(document: dict[str, Any]) -> list[str]:
    return [message["code"] for message in document["messages"]]


@pytest.mark.parametrize("prefix", ["Projekt: ", ""])
@pytest.mark.parametrize("table", [True, False])
def test_projects_that_begin_in_the_middle_of_a_page(prefix: str, table: bool, tmp_path: Path) -> None:
    document = imported(pdf_flow(tmp_path / "a.pdf", report(Wording()), prefix=prefix, table=table))
    found = unread(document)
    if not table:
        assert found == [{}, {}]
        return
    for got, want in zip(document["projects"], BOTH, strict=True):
        rows = [(m["label"], m["due_printed"], m["ambiguous"], m["done"]) for m in got["milestones"]]
        assert rows == [(name, due, False, n == 0) for n, (name, due) in enumerate(want.milestones)]
    assert [set(d) - {"milestones"} for d in found] == [set(), set()]


def test_a_foot_with_the_number_of_the_page_is_no_milestone(tmp_path: Path) -> None:
    foot = "Landkreis Osterau | Stabsstelle | 30.04.2025 | Seite {n}"
    document = imported(variants.pdf(tmp_path / "a.pdf", report(Wording()), footer=foot))
    assert unread(document) == [{}, {}]
    assert "unassigned_text" not in codes(document)


def test_a_page_lying_on_its_side_is_read_in_the_direction_of_its_text(tmp_path: Path) -> None:
    upright = variants.pdf(tmp_path / "a.pdf", report(Wording()))
    deck = pdfium.PdfDocument(str(upright))
    for page in deck:
        page.set_rotation(90)
    deck.save(str(tmp_path / "b.pdf"))
    assert unread(imported(tmp_path / "b.pdf")) == [{}, {}]


def test_a_scanned_page_between_others_is_named(tmp_path: Path) -> None:
    deck = pdfium.PdfDocument(str(variants.pdf(tmp_path / "a.pdf", report(Wording()))))
    picture = deck[2].render(scale=1).to_pil().convert("RGB")
    picture.save(tmp_path / "scan.pdf")
    mixed = pdfium.PdfDocument.new()
    mixed.import_pages(deck, [0, 1])
    mixed.import_pages(pdfium.PdfDocument(str(tmp_path / "scan.pdf")))
    mixed.import_pages(deck, [3, 4, 5, 6])
    mixed.save(str(tmp_path / "b.pdf"))
    document = imported(tmp_path / "b.pdf")
    assert [(m["code"], "Seite 3" in m["message"]) for m in document["messages"]][:1] == [
        ("scanned_page", True)
    ]
    assert unread(document)[1] == {}
    assert document["projects"][0]["overall_state"] == CALENDAR.state


def test_what_no_audience_sees_is_not_read_but_said(tmp_path: Path) -> None:
    path = variants_slides.pptx(tmp_path / "a.pptx", report(Wording()))
    deck = Presentation(str(path))
    variants_slides.box(deck.slides[2], -500, 100, 300, 40, ["Gesamter Sachstand: Notiz vom Vormonat"])
    switched = variants_slides.box(deck.slides[2], 40, 480, 300, 20, ["Projektziel: alte Fassung"])
    switched._element.nvSpPr.cNvPr.set("hidden", "1")
    hidden = deck.slides.add_slide(deck.slide_layouts[6])
    hidden._element.set("show", "0")
    variants_slides.box(hidden, 40, 40, 400, 60, ["Projektstatus: Verworfen", "Projektleitung: X – Y"])
    deck.save(str(path))
    document = imported(path)
    assert unread(document) == [{}, {}]
    assert sorted(codes(document))[:1] + sorted(codes(document))[-1:] == ["hidden_slide", "text_outside"]


def test_colours_of_the_theme_are_colours() -> None:
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    shape = slide.shapes.add_shape(MSO_SHAPE.OVAL, Pt(10), Pt(10), Pt(20), Pt(20))
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_3
    theme = theme_colors(slide)
    assert (theme["accent3"], fill_color(shape, theme)) == ((155, 187, 89), (155, 187, 89))
    shape.fill.fore_color.brightness = 0.8
    assert fill_color(shape, theme) == (235, 241, 222)


def test_a_cover_of_another_month_is_noticed(tmp_path: Path) -> None:
    text = variants.text(report(Wording()))
    other = "Projektstatusbericht März 2025\n\n\n\n" + text.replace("Projektstatusbericht Februar 2025", "")
    document = imported(written(tmp_path / "a.txt", other))
    assert (document["report_month"], "month_differs" in codes(document)) == ("2025-02", True)


def test_a_report_without_a_month_asks_for_it(tmp_path: Path) -> None:
    text = variants.text(report(Wording())).replace("Februar 2025", "")
    document = imported(written(tmp_path / "a.txt", text))
    assert document["report_month"] is None
    assert "month_missing" in codes(document)
    assert [p["fields"]["report_month"]["reason"] for p in document["projects"]] == ["month_missing"] * 2


def test_two_months_in_one_file_stay_apart(tmp_path: Path) -> None:
    april = [replace(p, progress="Der Test läuft.") for p in BOTH]
    paths = [
        variants.pdf(tmp_path / "a.pdf", report(Wording())),
        variants.pdf(tmp_path / "b.pdf", Report("April 2025", april)),
    ]
    both = pdfium.PdfDocument.new()
    for path in paths:
        both.import_pages(pdfium.PdfDocument(str(path)))
    both.save(str(tmp_path / "c.pdf"))
    document = imported(tmp_path / "c.pdf")
    found = [(p["key"], p["report_month"], p["progress_this_period"]) for p in document["projects"]]
    keys = ["kulturkalender-fuer-alle-orte", "digitaler-bauantrag"]
    assert found == [
        *((key, "2025-02", p.progress) for key, p in zip(keys, (CALENDAR, PERMIT), strict=True)),
        *((key, "2025-04", "Der Test läuft.") for key in keys),
    ]
    assert "months_several" in codes(document)


@pytest.mark.parametrize(
    ("printed", "person", "organisation", "function"),
    [
        ("Projektleitung – Kreis Osterau", None, "Kreis Osterau", "Projektleitung"),
        ("Digitalisierungsbeauftragte (Stadt Buchen)", None, "Stadt Buchen", "Digitalisierungsbeauftragte"),
        ("Eva Maß – Projektleiterin", "Eva Maß", None, "Projektleiterin"),
        ("Eva Maß – Stadt Buchen", "Eva Maß", "Stadt Buchen", None),
    ],
)
def test_a_function_is_no_name(
    printed: str, person: str | None, organisation: str | None, function: str | None
) -> None:
    lines = [Line(printed, 1)]
    lead = read_lead(lines)
    assert (lead[0].value, lead[1].value, lead_function(lines).value) == (person, organisation, function)


def test_odd_characters_do_not_stop_the_output(tmp_path: Path) -> None:
    assert clean(composed("Fest \ud83c\udf89 und \ud83c halb")) == "Fest 🎉 und \ufffd halb"
    assert clean("a\x00b\ufffe") == "ab"
    text = variants.text(report(Wording())).replace("ä", "a\u0308").replace("ü", "u\u0308")
    document = imported(written(tmp_path / "a.txt", text.replace("Konzept", "Kon\ufffezept 🎉")))
    assert [set(found) for found in unread(document)] == [{"overall_state"}, {"overall_state"}]
    assert document["projects"][0]["overall_state"].startswith("Das Konzept 🎉 wurde")
    assert json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("layer", "read"),
    [
        ("Digi\x02tal", "Digital"),
        ("Digi\ufffetali\ufffesierung heute", "Digitalisierung heute"),
        ("Amt Büsum\x02Wesselburen", "Amt Büsum-Wesselburen"),
        ("Ende\x02 \nder Zeile", "Ende-\nder Zeile"),
        ("\x02Anfang", "-Anfang"),
    ],
)
def test_marks_for_hyphens(layer: str, read: str) -> None:
    assert _whole(layer) == read


def test_an_unknown_heading_closes_the_section_before_and_is_doubtful(tmp_path: Path) -> None:
    wording = replace(Wording(), progress="Was sich am Fortschritt tat:", risks="Hemmnisse und Hindernisse:")
    foot = "Stand: 05.03.2024   {n} / 40"
    document = imported(variants.pdf(tmp_path / "a.pdf", report(wording), footer=foot))
    assert (document["report_month"], unread(document)) == ("2025-02", [{}, {}])
    fields = [p["fields"] for p in document["projects"]]
    assert [f["progress_this_period"]["reason"] for f in fields] == ["label_guessed"] * 2
    assert [f["overall_state"]["certain"] for f in fields] == [True, True]


def test_a_title_loses_its_frame(tmp_path: Path) -> None:
    wording = replace(Wording(), title="Projekt „")
    framed = [replace(p, title=f"{p.title}“") for p in BOTH]
    document = imported(variants.pdf(tmp_path / "a.pdf", Report("Februar 2025", framed, wording)))
    assert [p["title"] for p in document["projects"]] == [p.title for p in BOTH]
