"""Reports nobody has seen: other counties, wordings, layouts are read exactly or marked honestly."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from wurt.modules.agenda.importing import KnownWorld, read_files, to_json
from wurt.modules.agenda.importing.model import DocumentRead
from wurt.modules.agenda.importing.statuses import assign_statuses
from wurt.modules.agenda.tests import variants, variants_slides
from wurt.modules.agenda.tests.variants import OTHER, PLAIN, UNTITLED, Project, Report, Wording

CALENDAR = Project("Kulturkalender für alle Orte")
PERMIT = Project(
    "Digitaler Bauantrag",
    person="Jens-Uwe Ölckers",
    organisation="Amt Süderbrook",
    partners=("Amt Süderbrook", "Stadt Groß Wehlen", "Gemeinde Moorhusen-Öst"),
    progress="In der letzten Berichtsphase gab es keine weiteren Fortschritte.",
    milestones=(
        ("Beschluss im Kreistag", "Jan 25"),
        ("Vergabe", "Mrz 25"),
        ("Einführung der elektronischen Akte", "Q4 25"),
        ("Abnahme", "Jun 26"),
    ),
    end="31.12.2026",
)
BOTH = [CALENDAR, PERMIT]


def report(wording: Wording, **changes: Any) -> Report:
    return Report("Februar 2025", BOTH, wording, listed=("Kulturkalender für alle Orte",), **changes)


MAKERS: dict[str, Callable[[Path, Report], Path]] = {
    "pdf": lambda p, r: variants.pdf(p / "a.pdf", r),
    "pdf, header after body": lambda p, r: variants.pdf(
        p / "a.pdf", r, body_first=True, footer="Landkreis Osterau – Seite 1"
    ),
    "pdf, labels above and below": lambda p, r: variants.pdf(p / "a.pdf", r, alternate=True),
    "pdf, one page": lambda p, r: variants.one_page_pdf(p / "a.pdf", r),
    "slides with table": lambda p, r: variants_slides.pptx(p / "a.pptx", r),
    "slides with boxes": lambda p, r: variants_slides.pptx(p / "a.pptx", r, table=False, alternate=True),
    "text": lambda p, r: written(p / "a.txt", variants.text(r)),
}


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def day(text: str) -> str:
    return "-".join(reversed(text.split(".")))


def differences(got: dict[str, Any], want: Project) -> dict[str, Any]:
    wanted = {
        "title": want.title, "lead_person": want.person, "lead_organisation": want.organisation, "report_month": "2025-02",  # noqa: E501
        "partners": list(want.partners), "stakeholders": list(want.stakeholders), "start": day(want.start), "end": day(want.end),  # noqa: E501
        "goal": want.goal, "content": want.content, "risks": list(want.risks), "progress_this_period": want.progress, "overall_state": want.state,  # noqa: E501
    }  # fmt: skip
    out = {key: got[key] for key, value in wanted.items() if got[key] != value}
    marks = [(m["label"], m["due_printed"], m["ambiguous"]) for m in got["milestones"]]
    if marks != [(label, due, False) for label, due in want.milestones]:
        out["milestones"] = marks
    return out


@pytest.mark.parametrize(
    "wording", [Wording(), OTHER, UNTITLED, PLAIN], ids=["known", "other", "untitled", "plain"]
)
@pytest.mark.parametrize("maker", MAKERS)
def test_every_layout_is_read_exactly(maker: str, wording: Wording, tmp_path: Path) -> None:
    document = to_json(read_files([MAKERS[maker](tmp_path, report(wording))]))["documents"][0]
    assert [differences(got, want) for got, want in zip(document["projects"], BOTH, strict=True)] == [{}, {}]
    has_summary = maker != "pdf, one page"
    assert [p["status"] for p in document["projects"]] == (["green"] * 2 if has_summary else [None] * 2)
    assert [p["has_progress"] for p in document["projects"]] == [True, False]
    assert [m for m in document["messages"] if m["severity"] != "info"] == []
    if not has_summary:
        assert document["summary"] is None
        return
    assert (
        document["summary"]["progress_printed_keys"]
        == document["summary"]["progress_project_keys"]
        == ["kulturkalender-fuer-alle-orte"]
    )
    if maker != "text":
        assert document["summary"]["counts"] == {"completed": 4, "current": 2, "future": 11}
        assert document["summary"]["intro"] == "Wir freuen uns über den guten Start ins neue Jahr."
    assert all(p["legend_present"] for p in document["projects"])


@pytest.mark.parametrize("maker", ["pdf", "slides with table"])
@pytest.mark.parametrize(
    ("lamp", "status"),
    [("green", "green"), ("yellow", "yellow"), ("red", "red"), ("all", None), ("none", None)],
)
def test_a_light_is_a_status_only_when_exactly_one_is_lit(
    maker: str, lamp: str, status: str | None, tmp_path: Path
) -> None:
    project = replace(CALENDAR, lamp=lamp)
    path = MAKERS[maker](tmp_path, Report("Februar 2025", [project], OTHER, sentence="", counts=(1, 1, 1)))
    got = to_json(read_files([path]))["documents"][0]["projects"][0]
    assert got["status"] == status
    assert ("status_unknown" in [w["code"] for w in got["warnings"]]) == (status is None)


@pytest.mark.parametrize("maker", ["pdf", "slides with table", "slides with boxes", "text"])
def test_a_status_word_of_a_project_is_read(maker: str, tmp_path: Path) -> None:
    projects = [replace(CALENDAR, status="gelb"), replace(PERMIT, status="rot")]
    path = MAKERS[maker](tmp_path, Report("Februar 2025", projects, OTHER, sentence=""))
    assert [p["status"] for p in to_json(read_files([path]))["documents"][0]["projects"]] == ["yellow", "red"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_rotated_and_cropped_pages_read_the_same(angle: int, tmp_path: Path) -> None:
    plain = variants.pdf(tmp_path / "a.pdf", report(Wording()))
    source = pdfium.PdfDocument(str(plain))
    for page in source:
        # The content is drawn turned, the page turns it back: a reader sees the same as before.
        width, height = page.get_size()
        matrix = {
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }[angle]
        for item in page.get_objects():
            item.set_matrix(item.get_matrix().multiply(pdfium.PdfMatrix(*matrix)))
        if angle != 180:
            page.set_mediabox(0, 0, height, width)
        page.set_rotation(angle)
        page.gen_content()
    source.save(str(tmp_path / "turned.pdf"))
    document = to_json(read_files([tmp_path / "turned.pdf"]))["documents"][0]
    assert [differences(got, want) for got, want in zip(document["projects"], BOTH, strict=True)] == [{}, {}]


def test_words_outside_of_the_crop_box_are_not_there(tmp_path: Path) -> None:
    source = pdfium.PdfDocument(str(variants.pdf(tmp_path / "a.pdf", report(Wording()))))
    for page in source:
        page.set_cropbox(30, 0, 960, 540)
    source[1].set_cropbox(0, 0, 200, 540)
    source.save(str(tmp_path / "cropped.pdf"))
    document = to_json(read_files([tmp_path / "cropped.pdf"]))["documents"][0]
    assert [differences(got, want) for got, want in zip(document["projects"], BOTH, strict=True)] == [{}, {}]
    assert document["projects"][0]["divider_title"] is None


def test_dates_before_labels_in_plain_text_are_ambiguous_with_all_readings(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", variants.text(report(Wording()), pairs=False))
    milestones = to_json(read_files([path]))["documents"][0]["projects"][1]["milestones"]
    assert [(m["label"], m["due"], m["alternative_due"], m["ambiguous"]) for m in milestones] == [
        ("Beschluss im Kreistag", "2025-01", ["2025-03", "2026-06"], True),
        ("Vergabe", "2025-03", ["2025-Q4", "2025-01"], True),
        ("Einführung der elektronischen Akte", "2025-Q4", ["2026-06", "2025-03"], True),
        ("Abnahme", "2026-06", ["2025-01", "2025-Q4"], True),
    ]


def test_many_projects_and_long_lists(tmp_path: Path) -> None:
    projects = [
        replace(
            CALENDAR,
            title=f"Vorhaben Deichabschnitt {n}",
            risks=tuple(f"Risiko {k} von {n}" for k in range(1, 9)),
        )
        for n in range(1, 13)
    ]
    document = to_json(read_files([variants.pdf(tmp_path / "a.pdf", Report("Mai 2026", projects))]))[
        "documents"
    ][0]
    assert [p["title"] for p in document["projects"]] == [p.title for p in projects]
    assert [p["risks"] for p in document["projects"]] == [list(p.risks) for p in projects]
    assert len({p["key"] for p in document["projects"]}) == 12


def test_a_broken_page_loses_no_other_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wurt.modules.agenda.importing import pdf

    whole = pdf._read_page

    def fragile(document: Any, index: int) -> Any:
        if index == 2:
            raise ValueError("broken content stream")
        return whole(document, index)

    monkeypatch.setattr(pdf, "_read_page", fragile)
    document = to_json(read_files([variants.pdf(tmp_path / "a.pdf", report(Wording()))]))["documents"][0]
    assert [m["code"] for m in document["messages"] if m["severity"] == "error"] == ["page_broken"]
    assert differences(document["projects"][1], PERMIT) == {}
    assert document["projects"][0]["progress_this_period"] == CALENDAR.progress


def test_months_of_one_project_share_a_key_and_known_projects_keep_theirs(tmp_path: Path) -> None:
    long = replace(CALENDAR, title="Gemeinsamer Kulturkalender für alle Orte im Auenland")
    drift = replace(CALENDAR, title="Gemeinsamer Kulturkalender für alle Orte im Auenland (Pilot)")
    first = variants.pdf(tmp_path / "a.pdf", Report("Februar 2025", [long, PERMIT]))
    second = variants_slides.pptx(tmp_path / "b.pptx", Report("März 2025", [drift, PERMIT]))
    keys = [[p.key for p in d.projects] for d in read_files([first, second]).documents]
    assert keys[0] == keys[1]
    known = KnownWorld(projects={"kalender": long.title}, project_aliases={"Digitaler Bauantrag": "bau"})
    assert [[p.key for p in d.projects] for d in read_files([second], known).documents] == [
        ["kalender", "bau"]
    ]


def test_a_short_form_of_a_known_project_is_proposed_and_not_merged(tmp_path: Path) -> None:
    known = KnownWorld(projects={"kalender": "Gemeinsamer Kulturkalender für alle Orte"})
    result = read_files([variants.pdf(tmp_path / "a.pdf", report(Wording()))], known)
    assert result.documents[0].projects[0].key == "kulturkalender-fuer-alle-orte"
    assert result.documents[0].projects[0].title.certain is False
    assert [(a.key, a.alias) for a in result.aliases if a.reason == "contained"] == [
        ("kalender", "Kulturkalender für alle Orte")
    ]


MARKDOWN = """# Statusbericht der Digitalen Agenda Landkreis Osterau

Stand: Oktober 2025

## Digitaler Bauantrag

**Ansprechpartner:** Amt Süderbrook, Frau Ölckers
**Laufzeit:** 01.01.2024 – 30.06.2026
**Ampel:** 🟡
**Zielsetzung**
Bauanträge kommen ohne Papier aus.

### Herausforderungen
* Personalmangel
* Schnitt-
  stellen

### Nächste Schritte
1. Schulung der Sachbearbeitung
2. Probebetrieb

### Meilensteine
| Meilenstein | Termin |
|---|---|
| Testphase | Herbst 2025 |
| Start | 01.03.2026 |

### Fortschritt seit dem letzten Bericht
Keine Neuigkeiten.

## Kulturkalender

**Ansprechpartner:** Kreismuseum – Tom Radtke
**Laufzeit:** ab März 2025
**Ampel:** grün / gelb / rot

### Fortschritt seit dem letzten Bericht
Der Kalender ist online.
"""


def test_markdown_with_headings_as_titles(tmp_path: Path) -> None:
    document = to_json(read_files([written(tmp_path / "a.md", MARKDOWN)]))["documents"][0]
    first, second = document["projects"]
    assert (document["report_month"], first["title"], second["title"]) == (
        "2025-10",
        "Digitaler Bauantrag",
        "Kulturkalender",
    )
    assert (first["lead_person"], first["lead_organisation"]) == ("Frau Ölckers", "Amt Süderbrook")
    assert (first["start"], first["end"], first["status"], first["goal"]) == (
        "2024-01-01",
        "2026-06-30",
        "yellow",
        "Bauanträge kommen ohne Papier aus.",
    )
    assert first["risks"] == ["Personalmangel", "Schnittstellen"]
    assert first["next_activities"] == ["Schulung der Sachbearbeitung", "Probebetrieb"]
    assert [(m["label"], m["due"], m["ambiguous"]) for m in first["milestones"]] == [
        ("Testphase", "2025-Q4", True),
        ("Start", "2026-03-01", False),
    ]
    assert first["has_progress"] is False
    assert (second["start"], second["end"], second["status"], second["has_progress"]) == (
        "2025-03-01",
        None,
        None,
        True,
    )
    assert second["fields"]["status"]["reason"] == "status_several"
    assert second["fields"]["start"]["certain"] is False


NAMES = ("Kulturkalender", "Digitaler Bauantrag", "Mobile Bücherei")


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("Alle laufenden Projekte befinden sich im Status „grün“.", ("green", "green", "green")),
        (
            "Alle laufenden Projekte bis auf Kulturkalender befinden sich im Status grün, Kulturkalender ist gelb.",  # noqa: E501
            ("yellow", "green", "green"),
        ),
        ("Alle Projekte bis auf „Mobile Bücherei“ sind im Status „grün“.", ("green", "green", None)),
        (
            "Das Projekt Digitaler Bauantrag befindet sich im Status rot, alle anderen Projekte im Status grün.",  # noqa: E501
            ("green", "red", "green"),
        ),
        ("Zwei der drei Projekte befinden sich im Status grün.", (None, None, None)),
        ("Nicht alle Projekte sind im Status grün.", (None, None, None)),
        ("Die meisten Projekte sind grün, Mobile Bücherei ist rot.", (None, None, "red")),
        ("Alle Projekte bis auf eines befinden sich im Status grün.", (None, None, None)),
        (
            "Die Projekte „Kulturkalender“ und „Mobile Bücherei“ stehen auf „rot“, alle anderen auf „grün“.",
            ("red", "green", "red"),
        ),
        ("Alle Projekte außer „Kulturkalender“ und „Mobile Bücherei“ sind grün.", (None, "green", None)),
        (
            "Alle Vorhaben sind grün mit Ausnahme des Vorhabens „Kulturkalender“ (Status „gelb“).",
            ("yellow", "green", "green"),
        ),
        (
            "Alle Projekte bis auf „Kulturkalender“ sind „grün“. „Kulturkalender“ ist „rot“.",
            ("red", "green", "green"),
        ),
        ("Alle Projekte sind grün, bis auf Kulturkalender, der gelb ist.", ("yellow", "green", "green")),
        ("Zwei Projekte stehen auf gelb, alle anderen auf grün.", (None, None, None)),
        ("Im Januar befanden sich alle Projekte im Status grün.", (None, None, None)),
        ("Alle Projekte sollen bald wieder im Status grün sein.", (None, None, None)),
        ("„Kulturkalender“ ist rot, „Freibad“ ist gelb, die übrigen sind grün.", (None, None, None)),
    ],
)
def test_a_sentence_about_all_projects_gives_only_what_is_certain(
    sentence: str, statuses: tuple[str | None, ...]
) -> None:
    assert tuple(read.value for read in assign_statuses(sentence, NAMES)) == statuses


def test_a_document_without_files_is_empty() -> None:
    assert read_files([]).documents == []
    assert DocumentRead("x").kind == "unknown"
