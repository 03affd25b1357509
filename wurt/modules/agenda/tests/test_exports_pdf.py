"""The PDF of a month and of profiles: tagged, German, titled, complete, the same bytes every time."""

import dataclasses
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import typst

from wurt.core.db.errors import RuleBroken
from wurt.core.web.pdf_lint import lint_pdf, lint_templates
from wurt.modules.agenda.exports import pdf as pdf_module
from wurt.modules.agenda.exports.pdf import month_pdf, profile_pdf, profiles_pdf
from wurt.modules.agenda.exports.pdf_data import Imprint
from wurt.modules.agenda.tests.export_fixture import NAMES, example_month, fonts_folder, real_month

pytestmark = pytest.mark.no_database

IMPRINT = Imprint("Kreis Musterland", "Digitale Agenda", date(2024, 5, 2))


def pages(pdf: bytes) -> list[str]:
    """Text of every page, white space collapsed, typographic hyphens at line ends taken out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for number in range(len(document)):
            text = document[number].get_textpage().get_text_range()
            found.append(" ".join(text.replace("\ufffe", "").replace("\x02", "").split()))
        return found
    finally:
        document.close()


@pytest.fixture(scope="module")
def made() -> bytes:
    return month_pdf(example_month(), names=NAMES, fonts=fonts_folder())


@pytest.fixture(scope="module")
def text(made: bytes) -> list[str]:
    return pages(made)


def test_summary_page_says_what_the_month_says(text: list[str]) -> None:
    summary = text[0]
    for expected in (
        "Projektstatusbericht April 2024",
        "Kreis Musterland · Fassung 2 (Berichtigung), veröffentlicht am 2. Mai 2024",
        "Was berichtigt wurde: Der Termin der Auswertung war falsch.",
        "Wir freuen uns, dass die Lesepaten begonnen haben.",
        "Acht Projekte laufen: fünf grün, eines gelb, eines rot, eines ohne Angabe.",
        "1 abgeschlossene Projekte 8 laufende Projekte 39 künftige Projekte",
        "Fortschritte in diesen Projekten",
        "In diesem Monat begonnen",
        "Pegel- und Wettersensoren keine Angabe –",
        "Schulung der Paten (überfällig seit März 2024)",
        "Grün: Projektfortschritt entspricht der Planung",
        "Rot: Der Gesamterfolg des Projektes ist gefährdet",
        "Lizenz: CC BY 4.0",
    ):
        assert expected in summary
    assert "In diesem Monat beendet" not in summary


def test_project_page_holds_facts_milestones_and_sections(text: list[str]) -> None:
    page = text[1]
    for expected in (
        "Lesepaten Gesamtstatus: Grün",
        "Tomke Behrens – Kreis Musterland",
        "01.01.2023",
        "Amt Nordheide, Stadt Südhafen",
        "Meilenstein Fällig Stand",
        "Konzept beschlossen 15. Januar 2024 erledigt am 15. Januar 2024",
        "Schulung der Paten März 2024 überfällig",
        "Auswertung 3. Quartal 2024 offen Jun 24 → Q3 2024, einmal verschoben",
        "Übergabe an den Betrieb September 2024 offen Jun 24 → Sep 24, zweimal verschoben",
        "Ausweitung auf alle Gemeinden offen offen",
        "Ausfall von Beteiligten",
        "Pressemitteilung versenden",
        "Kreistag, 12.12.2023, DRS 17/23: Start der Lesepaten",
        "Fördermittel: 12.500,50 € (Haushalt 2024)",
    ):
        assert expected in page


def test_person_without_consent_appears_by_function_only(text: list[str]) -> None:
    whole = " ".join(text)
    assert "Ungenannt" not in whole
    assert "Projektleitung – Kreis Musterland" in next(
        page for page in text if "Hofmarkt Gesamtstatus" in page
    )


def test_absent_empty_and_missing_status_are_told_apart(text: list[str]) -> None:
    by_start = {page.split(" Gesamtstatus: ")[0].rsplit("Beispieldaten ", 1)[-1]: page for page in text[1:]}
    assert "Gesamtstatus: Gelb. Ein Dienstleister ist ausgefallen" in by_start["Hofmarkt"]
    assert (
        "Fortschritt in der Berichtsphase Für diesen Zeitraum wurde nichts berichtet." in by_start["Hofmarkt"]
    )
    sensors = by_start["Pegel- und Wettersensoren"]
    assert "Gesamtstatus: keine Angabe" in sensors
    assert "Grün" not in sensors
    assert "Fortschritt in der Berichtsphase Dazu enthält der Bericht keine Angabe." in sensors


def test_markup_of_people_stays_text_and_rare_characters_are_spelt_out(text: list[str]) -> None:
    whole = " ".join(text)
    assert "Text mit * # $ @ _ \\ Sonderzeichen" in whole
    assert "(U+1F600)" in whole
    assert "Rufbus „Op'n Padd“ <Nord> & Süd" in whole.replace("’", "'")
    assert '=HYPERLINK("böse")' in whole


def test_long_text_is_complete(text: list[str]) -> None:
    whole = " ".join(text)
    assert [n for n in range(1, 25) if f"folgt in Schritt {n} von Lesesaal." not in whole] == []
    assert [n for n in range(1, 25) if f"folgt in Schritt {n} von Magazin." not in whole] == []


def test_every_page_of_example_data_says_so(made: bytes, text: list[str]) -> None:
    assert [number for number, page in enumerate(text) if "Beispieldaten" not in page] == []
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_value("Title") == "Projektstatusbericht April 2024 (Beispieldaten)"
    assert "Beispieldaten" in document.get_metadata_value("Keywords")
    assert document.get_metadata_value("Author") == "Kreis Musterland"
    document.close()


def test_real_data_is_not_marked_as_example() -> None:
    made = month_pdf(real_month(), names=NAMES, fonts=fonts_folder())
    assert "Beispieldaten" not in " ".join(pages(made))
    assert b"Beispieldaten" not in made


def test_file_is_tagged_german_titled_and_has_table_heads(made: bytes) -> None:
    assert lint_pdf(made) == []
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"<dc:language><rdf:Bag><rdf:li>de" in made.replace(b"\n", b"")


def test_lint_finds_what_it_should() -> None:
    bad = b'#set document(title: "T")\n= Kopf\n#table(columns: 2, [a], [b])'
    made = typst.compile(bad, format="pdf", pdf_standards=["ua-1"])
    assert lint_pdf(made) == ["language is 'en', not German", "page 1: a table without header cells"]
    untagged = typst.compile(b"Hallo", format="pdf", pdf_tags=False)
    assert lint_pdf(untagged)[0] == "not tagged"


def test_templates_have_header_rows(tmp_path: Path) -> None:
    assert lint_templates(pdf_module.TEMPLATES) == []
    (tmp_path / "bad.typ").write_text("#table(columns: 2, [a], [b])")
    assert lint_templates(tmp_path) == [
        "bad.typ:1: a table without table.header",
        "no template sets the language",
    ]


def test_same_facts_give_the_same_bytes(made: bytes) -> None:
    assert month_pdf(example_month(), names=NAMES, fonts=fonts_folder()) == made


def test_selection_of_projects() -> None:
    made = month_pdf(example_month(), names={}, fonts=fonts_folder(), reports={"hofmarkt"})
    found = pages(made)
    assert len(found) == 2
    assert "Hofmarkt Gesamtstatus: Gelb" in found[1]


def test_draft_says_that_it_is_one() -> None:
    draft = dataclasses.replace(example_month(), published_at=None, version=1)
    found = pages(month_pdf(draft, names={}, fonts=fonts_folder(), reports=()))
    assert "Entwurf, nicht veröffentlicht" in found[0]


def test_profile_of_one_project() -> None:
    report = example_month().reports[0]
    made = profile_pdf(report.profile, imprint=IMPRINT, names=NAMES, fonts=fonts_folder())
    found = pages(made)
    assert len(found) == 1
    assert "Lesepaten" in found[0]
    assert "Gesamtstatus" not in found[0]
    assert "Beteiligung Bürgerversammlung am 3. Mai 2024." in found[0]
    assert lint_pdf(made) == []


def test_all_profiles_begin_with_a_table_of_them() -> None:
    made = profiles_pdf(example_month().reports, imprint=IMPRINT, names=NAMES, fonts=fonts_folder())
    found = pages(made)
    assert "Steckbriefe der Projekte" in found[0]
    assert "Projekt Handlungsfeld Stand" in found[0]
    assert "Hofmarkt Wirtschaft laufend" in found[0]
    assert lint_pdf(made) == []


def test_missing_fonts_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="make setup") as caught:
        month_pdf(example_month(), names={}, fonts=tmp_path)
    assert caught.value.code == "web.fonts_missing"


def test_a_warning_of_the_compiler_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "month.typ").write_text('#set document(title: "T")\n#set text(font: "Keine Schrift")\n= Kopf')
    monkeypatch.setattr(pdf_module, "TEMPLATES", tmp_path)
    with pytest.raises(RuleBroken, match="unknown font family"):
        month_pdf(example_month(), names={}, fonts=fonts_folder())


@pytest.mark.parametrize("sentences", [8, 14, 20, 32])
def test_no_page_holds_just_the_last_short_section(sentences: int) -> None:
    month = example_month()
    first = month.reports[0]
    text = "Die Gemeinde hat den Standort geprüft und mit dem Amt abgestimmt. " * sentences
    longer = dataclasses.replace(first, progress=text)
    made = pages(month_pdf(dataclasses.replace(month, reports=(longer,)), names=NAMES, fonts=fonts_folder()))
    assert len(made[-1]) > 350
    assert sum("Auswertung Q3" in page or "Konzept beschlossen" in page for page in made[1:]) == 1
    assert "Beteiligung" in made[-1]


@pytest.mark.parametrize(("projects", "length"), [(8, 1), (12, 1), (20, 2)])
def test_the_legend_is_never_torn_and_fills_no_page_alone(projects: int, length: int) -> None:
    month = example_month()
    first = month.reports[0]
    reports = tuple(
        dataclasses.replace(
            first,
            profile=dataclasses.replace(
                first.profile, key=f"p{number}", title=f"Projekt {number}", short_title=""
            ),
        )
        for number in range(projects)
    )
    month = dataclasses.replace(month, reports=reports, progress_projects=())
    made = pages(month_pdf(month, names=NAMES, fonts=fonts_folder()))
    assert len(made) == length + projects
    summary = made[length - 1]
    assert "Was die Statuszeichen bedeuten" in summary
    assert "Rot: Der Gesamterfolg des Projektes ist gefährdet" in summary
    assert len(summary) > 700


def test_words_of_a_status_are_not_hyphenated() -> None:
    month = example_month()
    first = month.reports[0]
    moved = tuple(
        dataclasses.replace(item, label="Verwaltungsvereinbarungsunterzeichnung " * 3)
        for item in first.milestones
    )
    made = month_pdf(
        dataclasses.replace(month, reports=(dataclasses.replace(first, milestones=moved),)),
        names=NAMES,
        fonts=fonts_folder(),
    )
    document = pypdfium2.PdfDocument(made)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(1, len(document)))
    document.close()
    for word in ("überfällig", "zweimal verschoben", "3. Quartal 2024", "September 2024"):
        assert word in text
