"""The slides of a month: real titles, alternative texts, reading order, nothing runs over."""

import dataclasses
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from wurt.modules.agenda.exports.slide_text import SIZES, Para, fit, line_count, text_height, text_width
from wurt.modules.agenda.exports.slides import month_pptx
from wurt.modules.agenda.importing import read_files, to_json
from wurt.modules.agenda.tests.export_fixture import NAMES, example_month, real_month

pytestmark = pytest.mark.no_database

POINT = 12700


@pytest.fixture(scope="module")
def made() -> bytes:
    return month_pptx(example_month(), names=NAMES)


@pytest.fixture(scope="module")
def deck(made: bytes) -> Any:
    return Presentation(BytesIO(made))


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]


def find(deck: Any, title: str) -> Any:
    return next(slide for slide in deck.slides if slide.shapes.title.text_frame.text == title)


def all_shapes(deck: Any) -> Iterator[tuple[Any, Any]]:
    for slide in deck.slides:
        for shape in slide.shapes:
            yield slide, shape


def is_decorative(shape: Any) -> bool:
    return any(element.tag.endswith("}decorative") for element in shape._element.iter())


def test_format_is_16_to_9_with_two_layouts(deck: Any) -> None:
    assert round(deck.slide_width / deck.slide_height, 3) == 1.778
    assert [layout.name for layout in deck.slide_layouts] == ["Title Slide", "Title Only"]


def test_titles_are_placeholders_and_unique(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[:4] == [
        "Projektstatusbericht April 2024",
        "Zusammenfassung Projektstatusbericht",
        "Ziel und Inhalt\nProjektstatus: Lesepaten",
        "Fortschritt und Sachstand\nProjektstatus: Lesepaten",
    ]
    assert len(set(titles)) == len(titles)
    assert all(title.strip() for title in titles)


def test_title_is_read_first_and_footers_last(deck: Any) -> None:
    for slide in deck.slides:
        shapes = list(slide.shapes)
        assert shapes[0].shape_id == slide.shapes.title.shape_id
        kinds = {shape.placeholder_format.type for shape in shapes[-2:]}
        assert kinds == {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}


def test_shape_names_and_ids_are_unique_on_each_slide(deck: Any) -> None:
    for slide in deck.slides:
        names = [shape.name for shape in slide.shapes]
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(names)) == len(names)
        assert len(set(ids)) == len(ids)


def test_every_shape_speaks_or_is_decoration(deck: Any) -> None:
    silent = []
    for slide, shape in all_shapes(deck):
        described = shape._element.xpath(".//p:cNvPr")[0].get("descr")
        says = shape.has_text_frame and shape.text_frame.text.strip()
        if not (described or says or is_decorative(shape)):
            silent.append((slide.shapes.title.text_frame.text, shape.name))
    assert silent == []


def test_header_labels_stand_with_their_values(deck: Any) -> None:
    found = texts(find(deck, "Ziel und Inhalt\nProjektstatus: Lesepaten"))
    assert (
        "Projektleitung: Tomke Behrens – Kreis Musterland\nDatum Status: April 2024\n"
        "Beteiligte Kooperationspartner: Amt Nordheide, Stadt Südhafen" in found
    )
    assert (
        "Projektstart: 01.01.2023\nProjektende: 31.12.2024\n"
        "Beteiligte Stakeholder: Volkshochschule Musterland" in found
    )
    assert "Gesamtstatus: Grün" in found
    assert "Projektziel: Das Projekt Lesepaten macht einen Weg kürzer." in found
    assert "Projektinhalt: Es wird gemeinsam geplant, erprobt und ausgewertet." in found
    assert "Kritische Punkte, sowie Risiken:\nAusfall von Beteiligten\nZu wenige Paten" in found


def test_missing_status_never_reads_green(deck: Any) -> None:
    slide = find(deck, "Ziel und Inhalt\nProjektstatus: Pegel- und Wettersensoren")
    alts = [shape._element.xpath(".//p:cNvPr")[0].get("descr") or "" for shape in slide.shapes]
    assert "Gesamtstatus: keine Angabe" in texts(slide)
    assert "Gesamtstatus: keine Angabe (gestrichelter Kreis mit Querstrich)" in alts
    assert "Grün" not in " ".join([*texts(slide), *alts])


def test_milestone_arrow_has_label_above_date_below_and_a_text_alternative(deck: Any) -> None:
    slide = find(deck, "Ziel und Inhalt\nProjektstatus: Lesepaten")
    shapes = {shape.name: shape for shape in slide.shapes}
    label, date, arrow = shapes["Meilenstein 3"], shapes["Termin 3"], shapes["Zeitpfeil"]
    assert (label.text_frame.text, date.text_frame.text) == ("Auswertung", "Q3 2024")
    assert label.left == date.left
    assert label.top + label.height <= arrow.top < date.top
    assert arrow._element.xpath(".//p:cNvPr")[0].get("descr") == (
        "Planung nächste Meilensteine: Schulung der Paten: März 2024; Start der Erprobung: Mai 2024; "
        "Auswertung: 3. Quartal 2024; Übergabe an den Betrieb: September 2024; "
        "Ausweitung auf alle Gemeinden: offen"
    )


def test_all_milestones_of_a_long_plan_appear_once(deck: Any) -> None:
    labels = [
        shape.text_frame.text
        for slide, shape in all_shapes(deck)
        if "Kreisarchiv" in slide.shapes.title.text_frame.text and shape.name.startswith("Meilenstein ")
    ]
    assert labels == [f"Bestand {number} erschlossen" for number in range(1, 10)]


def test_status_slide_has_progress_state_notes_and_legend(deck: Any) -> None:
    found = texts(find(deck, "Fortschritt und Sachstand\nProjektstatus: Lesepaten"))
    assert (
        "Fortschritt in der Berichtsphase:\nDie ersten Paten wurden geschult.\nFlyer gedruckt\nRäume gefunden"
        in found
    )
    assert "Gesamter Sachstand: Zu Beginn wurde ein Konzept geschrieben." in found
    assert "Nächste Schritte:\nPressemitteilung versenden" in found
    assert (
        "Hinweise zu Meilensteinen:\nKonzept beschlossen: erledigt am 15. Januar 2024\n"
        "Auswertung: Jun 24 → Q3 2024, einmal verschoben\n"
        "Übergabe an den Betrieb: Jun 24 → Sep 24, zweimal verschoben" in found
    )
    assert "Der Gesamterfolg des Projektes ist gefährdet" in found


def test_absent_section_is_left_out_and_empty_one_keeps_its_label(deck: Any) -> None:
    sensors = texts(find(deck, "Fortschritt und Sachstand\nProjektstatus: Pegel- und Wettersensoren"))
    market = texts(find(deck, "Fortschritt und Sachstand\nProjektstatus: Hofmarkt"))
    assert not any(text.startswith("Fortschritt in der Berichtsphase:") for text in sensors)
    assert "Fortschritt in der Berichtsphase:" in market


def test_long_text_goes_on_and_nothing_is_lost(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert sum("(Fortsetzung" in title and "Kreisarchiv" in title for title in titles) >= 2
    whole = " ".join(" ".join(texts(slide)) for slide in deck.slides)
    assert [n for n in range(1, 25) if whole.count(f"folgt in Schritt {n} von Lesesaal.") != 1] == []
    assert [n for n in range(1, 25) if whole.count(f"folgt in Schritt {n} von Magazin.") != 1] == []


def test_no_text_runs_over_its_box_or_the_slide(deck: Any) -> None:
    over = []
    for slide, shape in all_shapes(deck):
        if not shape.has_text_frame or not shape.text_frame.text.strip():
            continue
        high = 0.0
        for para in shape.text_frame.paragraphs:
            if not para.runs:
                continue
            size = para.runs[0].font.size.pt
            is_bullet = (
                para._p.find(qn("a:pPr")) is not None and para._p.find(qn("a:pPr")).get("marL") is not None
            )
            line = Para(para.text, bullet=is_bullet, bold=bool(para.runs[0].font.bold))
            high += line_count(line, size, shape.width / POINT) * 1.2 * size
            assert size >= 10
        if high > shape.height / POINT + 1 or shape.top + shape.height > deck.slide_height:
            over.append((slide.shapes.title.text_frame.text, shape.name, high, shape.height / POINT))
    assert over == []


def test_body_text_is_never_smaller_than_12_points(deck: Any) -> None:
    small = {
        shape.name
        for _slide, shape in all_shapes(deck)
        if shape.has_text_frame and not shape.is_placeholder
        for para in shape.text_frame.paragraphs
        for run in para.runs
        if run.font.size.pt < 12
    }
    assert small == set()


def test_every_slide_of_example_data_says_so(deck: Any) -> None:
    assert [n for n, slide in enumerate(deck.slides) if "Beispieldaten" not in texts(slide)] == []
    assert "Beispieldaten" in deck.core_properties.keywords


def test_real_data_is_not_marked_as_example() -> None:
    made = month_pptx(real_month(), names={})
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert not any(b"Beispieldaten" in archive.read(name) for name in archive.namelist())


def test_language_and_properties(deck: Any) -> None:
    languages = {
        run.find(qn("a:rPr")).get("lang")
        for slide in deck.slides
        for tag in ("a:r", "a:fld")
        for run in slide._element.iter(qn(tag))
    }
    assert languages == {"de-DE"}
    properties = deck.core_properties
    assert properties.title == "Projektstatusbericht April 2024 (Beispieldaten)"
    assert (properties.author, properties.language, properties.revision) == ("Kreis Musterland", "de-DE", 2)


def test_same_facts_give_the_same_bytes(made: bytes) -> None:
    assert month_pptx(example_month(), names=NAMES) == made


def test_fit_shrinks_then_carries_over_without_loss() -> None:
    short = [Para("Ein kurzer Satz.")]
    assert fit(short, 300, 100) == (SIZES[0], short, [])
    long = [Para(f"Absatz {n} mit einigen Worten, die Platz brauchen.") for n in range(30)]
    size, head, tail = fit(long, 200, 120)
    assert size == 12
    assert head + tail == long
    assert text_height(head, 12, 200) <= 120 < text_height(long[: len(head) + 1], 12, 200)


def test_fit_splits_a_paragraph_that_is_taller_than_the_box() -> None:
    words = [f"wort{n}" for n in range(400)]
    _size, head, tail = fit([Para(" ".join(words))], 200, 60)
    assert (head[0].text + " " + tail[0].text).split() == words
    assert text_height(head, 12, 200) <= 60


def test_widths_are_those_of_arial() -> None:
    assert text_width("Hallo", 10) == pytest.approx((722 + 556 + 222 + 222 + 556) / 100)
    assert line_count(Para("x" * 100), 10, 100) == 6


def test_many_partners_go_on_under_their_own_label() -> None:
    month = real_month()
    partners = tuple(f"Amt Nummer {number} im Marschland" for number in range(42))
    profile = dataclasses.replace(month.reports[0].profile, partners=partners)
    report = dataclasses.replace(month.reports[0], profile=profile)
    deck = Presentation(BytesIO(month_pptx(dataclasses.replace(month, reports=(report,)), names={})))
    further = texts(find(deck, "Ziel und Inhalt (Fortsetzung 1)\nProjektstatus: Lesepaten"))
    assert f"Beteiligte Kooperationspartner: {', '.join(partners)}" in further


def test_a_very_long_title_stays_in_its_box() -> None:
    month = real_month()
    profile = dataclasses.replace(month.reports[0].profile, title="Langer Titel " * 22)
    report = dataclasses.replace(month.reports[0], profile=profile)
    deck = Presentation(BytesIO(month_pptx(dataclasses.replace(month, reports=(report,)), names={})))
    for slide in list(deck.slides)[2:]:
        title = slide.shapes.title
        high = sum(
            line_count(Para(para.text, bold=True), para.runs[0].font.size.pt, title.width / POINT)
            * para.runs[0].font.size.pt
            * 1.2
            for para in title.text_frame.paragraphs
        )
        body = min(shape.top for shape in slide.shapes if shape.top > title.top + title.height)
        assert title.top / POINT + high <= body / POINT


def test_our_own_importer_reads_the_slides_back(tmp_path: Path) -> None:
    month = example_month()
    path = tmp_path / "bericht.pptx"
    path.write_bytes(month_pptx(month, names=NAMES))
    document = to_json(read_files([path]))["documents"][0]
    assert document["report_month"] == "2024-04"
    assert document["summary"]["counts"] == {"completed": 1, "current": 8, "future": 39}
    assert document["summary"]["progress_projects_printed"] == list(month.progress_projects)
    read = document["projects"]
    assert [p["title"] for p in read] == [report.profile.title for report in month.reports]
    assert [p["status"] for p in read] == [report.status for report in month.reports]
    for project, report in zip(read, month.reports, strict=True):
        profile = report.profile
        assert project["start"] == (profile.start.isoformat() if profile.start else None)
        assert project["end"] == (profile.end.isoformat() if profile.end else None)
        assert project["partners"] == list(profile.partners)
        assert project["stakeholders"] == list(profile.stakeholders)
        assert (project["goal"] or "") == profile.goal
        assert (project["content"] or "") == profile.content
        assert project["risks"] == list(report.risks)
        assert project["next_activities"] == list(report.next_activities)
        assert {(m["label"], m["due"]) for m in project["milestones"]} == {
            (m.label, m.due) for m in report.milestones if not m.done
        }
        assert " ".join((project["progress_this_period"] or "").split()) == " ".join(
            (report.progress or "").split()
        )
        assert " ".join((project["overall_state"] or "").split()) == " ".join(
            (report.overall_state or "").split()
        )
    assert (read[0]["lead_person"], read[0]["lead_organisation"]) == ("Tomke Behrens", "Kreis Musterland")
