"""Word-processor tables, chevrons, and text layer dumps of generated PDFs."""

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from wurt.modules.agenda.importing import read_files, to_json
from wurt.modules.agenda.tests import variants_slides
from wurt.modules.agenda.tests.expectation import REPORTS
from wurt.modules.agenda.tests.test_import_variants import BOTH, MAKERS, differences, report, written
from wurt.modules.agenda.tests.variants import Wording
from wurt.modules.agenda.tests.variants_tables import pdf_tables


def imported(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = to_json(read_files([path]))["documents"][0]
    return document


@pytest.mark.parametrize("valign", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("colon", [":", ""])
def test_tables_of_a_word_processor(valign: str, bold: bool, colon: str, tmp_path: Path) -> None:
    document = imported(
        pdf_tables(tmp_path / "a.pdf", report(Wording()), valign=valign, bold=bold, colon=colon)
    )
    assert [differences(got, want) for got, want in zip(document["projects"], BOTH, strict=True)] == [{}, {}]


@pytest.mark.parametrize("together", [True, False])
def test_chevrons_in_a_group(together: bool, tmp_path: Path) -> None:
    project = imported(variants_slides.chevrons(tmp_path / "a.pptx", together=together))["projects"][0]
    assert (project["title"], project["lead_person"], project["start"], project["end"]) == (
        "Mobile Bücherei",
        "Eva Maß",
        "2024-01-01",
        "2026-12-31",
    )
    assert (project["goal"], project["risks"]) == (
        "Bücher in jedes Dorf bringen.",
        ["Fahrermangel", "Teurer Diesel"],
    )
    assert [(m["label"], m["due"], m["ambiguous"]) for m in project["milestones"]] == [
        ("Kauf des Busses", "2025-Q1", False),
        ("Umbau", "2025-Q2", False),
        ("Abschluss", "2025-09", False),
    ]


def dump(path: Path) -> str:
    pages = [
        page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdfium.PdfDocument(str(path))
    ]
    return "\n\n\n\n".join(pages)


@pytest.mark.parametrize("maker", ["pdf", "pdf, header after body", "pdf, labels above and below"])
def test_the_text_layer_of_a_pdf_loses_only_the_pairing_of_dates(maker: str, tmp_path: Path) -> None:
    text = dump(MAKERS[maker](tmp_path, report(Wording())))
    document = imported(written(tmp_path / "a.txt", text))
    for got, want in zip(document["projects"], BOTH, strict=True):
        found = differences(got, want)
        assert set(found) == {"milestones"}
        assert sorted(label for label, _, _ in found["milestones"]) == sorted(
            label for label, _ in want.milestones
        )
        assert all(ambiguous for _, _, ambiguous in found["milestones"])


@pytest.mark.skipif(not REPORTS.exists(), reason="../shared/data/status-reports is not there")
def test_a_dump_without_blank_lines_reads_like_the_one_with_them(tmp_path: Path) -> None:
    source = next(REPORTS.glob("000_*.txt"))
    lines = [line for line in source.read_text(encoding="utf-8").split("\n") if line.strip()]
    dense = imported(written(tmp_path / source.name, "\n".join(lines)))["projects"]
    loose = imported(source)["projects"]
    names = (
        "title",
        "lead_person",
        "lead_organisation",
        "partners",
        "stakeholders",
        "start",
        "end",
        "risks",
        "status",
        "has_progress",
    )
    assert [[p[n] for n in names] for p in dense] == [[p[n] for n in names] for p in loose]
    for name in ("goal", "content", "progress_this_period", "overall_state"):
        assert [" ".join((p[name] or "").split()) for p in dense] == [
            " ".join((p[name] or "").split()) for p in loose
        ]


def test_page_numbers_of_a_dump_belong_to_no_title(tmp_path: Path) -> None:
    made = MAKERS["pdf"](tmp_path, report(Wording()))
    pages = [
        f"{page}\nLandkreis Osterau | 12.02.2025 | Seite {n}"
        for n, page in enumerate(dump(made).split("\n\n\n\n"))
    ]
    titles = [p["title"] for p in imported(written(tmp_path / "a.txt", "\n\n\n\n".join(pages)))["projects"]]
    assert titles == [project.title for project in BOTH]
    heads = [
        f"Stand 12.02.2025 – Seite {n} von 7\n{page}" for n, page in enumerate(dump(made).split("\n\n\n\n"))
    ]
    titles = [p["title"] for p in imported(written(tmp_path / "b.txt", "\n\n\n\n".join(heads)))["projects"]]
    assert titles == [project.title for project in BOTH]


DENSE = """Projekt: Mobile Bücherei
Projektverantwortung: Eva Maß (Stadt Buchen)
Berichtszeitraum: Mai 2025
Zielsetzung Bücher kommen in jedes Dorf.
Beschreibung
Ein Bus fährt im Wechsel durch alle Orte.
Fortschritt in der Berichtsphase: Kritische Punkte, sowie Risiken:
• Fahrermangel
Meilensteine
Meilenstein Termin Stand
Kauf des Busses Feb 25 erledigt
Umbau noch offen offen
Projekt läuft planmäßig Einzelne Abweichungen vom Zeitplan
Projekterfolg ist gefährdet
"""


def test_a_dump_without_blank_lines_and_colons(tmp_path: Path) -> None:
    project = imported(written(tmp_path / "a.txt", DENSE))["projects"][0]
    assert (project["goal"], project["content"]) == (
        "Bücher kommen in jedes Dorf.",
        "Ein Bus fährt im Wechsel durch alle Orte.",
    )
    assert (project["progress_this_period"], project["has_progress"], project["risks"]) == (
        None,
        False,
        ["Fahrermangel"],
    )
    assert [(m["label"], m["due"], m["done"]) for m in project["milestones"]] == [
        ("Kauf des Busses", "2025-02", True),
        ("Umbau", None, False),
    ]


def test_labels_whose_texts_stand_elsewhere_are_doubtful(tmp_path: Path) -> None:
    text = DENSE.replace(
        "Zielsetzung Bücher",
        "\nDer Bus soll bald fahren und alle Orte erreichen.\n\nZielsetzung:\nProjektinhalt: X",
    )
    project = imported(written(tmp_path / "a.txt", text))["projects"][0]
    assert (project["goal"], project["fields"]["goal"]["certain"]) == (None, False)


def test_empty_bullets_are_no_entries_and_ticks_say_done(tmp_path: Path) -> None:
    text = DENSE.replace("• Fahrermangel", "• ").replace("Umbau noch offen offen", "")
    text = text.replace(
        "Meilenstein Termin Stand\nKauf des Busses Feb 25 erledigt",
        "✓ Kauf des Busses (Feb 25)\n- [ ] Umbau (Mai 25)",
    )
    project = imported(written(tmp_path / "a.txt", text))["projects"][0]
    assert project["risks"] == []
    assert [(m["label"], m["due"], m["done"]) for m in project["milestones"]] == [
        ("Kauf des Busses", "2025-02", True),
        ("Umbau", "2025-05", False),
    ]
