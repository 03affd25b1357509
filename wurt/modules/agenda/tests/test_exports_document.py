"""A strategy document as PDF: tagged, German, with the structure of its Markdown."""

from collections import Counter
from datetime import date
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest

from wurt.core.web import pdf_lint
from wurt.core.web.pdf_lint import lint_pdf
from wurt.modules.agenda.exports.document import document_data
from wurt.modules.agenda.exports.pdf import document_pdf
from wurt.modules.agenda.exports.pdf_data import Imprint
from wurt.modules.agenda.tests.export_fixture import fonts_folder
from wurt.modules.agenda.tests.test_exports_pdf import pages

IMPRINT = Imprint("Kreis Musterland", "Digitale Agenda", date(2023, 11, 15))
TEXT = """
# Strategie für Musterland

Neu ist **Abschnitt 2**, siehe [die Seite](https://agenda.musterland.example/).

#### Ziele #1

- Wege werden *kürzer*.
- Netze nützen allen.

  Auch auf den Inseln.

3. Drittens
4. Viertens

> Wir fangen an.

| Jahr | Schritt |
|---|---|
| 2024 | Aufbau <script> |

![Luftbild](bild.png)
[weg](/intern/)

# Umgang mit Daten

Nur was nötig ist.
"""


@pytest.fixture(scope="module")
def made() -> bytes:
    return document_pdf("Titel", TEXT, version="1.1", imprint=IMPRINT, example=True, fonts=fonts_folder())


def _kinds(pdf: bytes) -> list[str]:
    """Types of all structure elements of the first page in reading order."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    found: list[str] = []

    def walk(element: Any) -> None:
        found.append(pdf_lint._text(raw.FPDF_StructElement_GetType, element))
        for child in pdf_lint._children(element):
            walk(child)

    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        walk(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
    raw.FPDF_StructTree_Close(tree)
    document.close()
    return found


def test_it_is_tagged_german_and_has_headings_lists_and_a_table(made: bytes) -> None:
    assert lint_pdf(made) == []
    kinds = _kinds(made)
    assert [kind for kind in kinds if kind.startswith("H") and kind[1:].isdigit()] == ["H1", "H2", "H2"]
    counted = Counter(kinds)
    assert (counted["L"], counted["LI"], counted["TH"], counted["TD"], counted["Link"]) == (2, 4, 2, 2, 1)
    assert counted["BlockQuote"] == 1


def test_its_text_is_complete_and_says_which_version_it_is(made: bytes) -> None:
    (page,) = pages(made)
    for expected in (
        "Strategie für Musterland Kreis Musterland · Fassung 1.1 vom 15. November 2023",
        "Beispieldaten: ",
        "Neu ist Abschnitt 2, siehe die Seite.",
        "Ziele #1 • Wege werden kürzer. • Netze nützen allen. Auch auf den Inseln. 3. Drittens 4. Viertens",
        "Wir fangen an. Jahr Schritt 2024 Aufbau <script> Luftbild weg Umgang mit Daten Nur was nötig ist.",
    ):
        assert expected in page
    assert b"/intern/" not in made
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_value("Title") == "Strategie für Musterland (Beispieldaten)"
    document.close()


def test_without_a_heading_of_its_own_the_title_stands_there() -> None:
    data = document_data("Digitale Agenda", "Ein Satz.", version="1", imprint=IMPRINT, example=False)
    assert data["doc"]["title"] == "Digitale Agenda"
    assert [part["kind"] for part in data["blocks"]] == ["paragraph"]


def test_no_level_of_headings_is_left_out() -> None:
    text = "## A\n\n##### B\n\n###### C\n\n# D"
    data = document_data("T", text, version="1", imprint=IMPRINT, example=False)
    assert [part["level"] for part in data["blocks"]] == [2, 3, 4, 2]
