"""What Wurt has printed it reads again: its own PDF and slides give back what the month said."""

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from wurt.modules.agenda.domain.snapshot import FigureFact, MilestoneFact, MonthFact, ReportFact
from wurt.modules.agenda.exports.pdf import month_pdf
from wurt.modules.agenda.exports.slides import month_pptx
from wurt.modules.agenda.importing import read_file, read_files
from wurt.modules.agenda.importing.model import DocumentRead, ProjectRead
from wurt.modules.agenda.tests import variants
from wurt.modules.agenda.tests.export_fixture import NAMES, example_month, fonts_folder, real_month

CERTAIN = (
    "title", "status", "start", "end", "progress", "overall_state", "risks", "goal", "content",
    "lead_organisation", "partners", "stakeholders", "next_activities",
)  # fmt: skip


def green_month() -> MonthFact:
    """A month whose sentence says "all green" although one project states no status."""
    month = real_month()
    reports = tuple(
        dataclasses.replace(report, status="green" if report.status else None, status_reason="")
        for report in month.reports
        if report.profile.key != "archiv"
    )
    sentence = "Alle laufenden Projekte befinden sich im Status „grün“."
    progress = tuple(r.profile.title for r in reports if r.has_progress)
    return dataclasses.replace(
        month,
        month="2025-11",
        reports=reports,
        counts=dataclasses.replace(month.counts, running=len(reports)),
        status_sentence=sentence,
        progress_projects=progress,
    )


LONG_NAMES = (
    MilestoneFact("Übergabe an die Ämter", "2023-11-30"),
    MilestoneFact("Einholen von Angeboten bei Marketingfirmen", "2024-02"),
    MilestoneFact("Ausarbeitung eines Kommunikationskonzeptes", "2024-04"),
    MilestoneFact("Auftakt in allen Ämtern, Städten und Gemeinden des Kreises im Mai", "2024-Q2"),
    MilestoneFact("Erfahrungsaustausch mit allen Beteiligten", None),
)


def wordy_month() -> MonthFact:
    """Short titles, reasons that deny something, names that reach up to the column of the dates."""
    month = green_month()
    first, second, *rest = month.reports
    first = dataclasses.replace(
        first,
        profile=dataclasses.replace(first.profile, short_title="Lesen"),
        status="yellow",
        status_reason="Die Schulung kann nicht beginnen. Rot wird es erst, wenn keine Räume gefunden werden "
        "und die Gemeinden bis dahin ihre Zusage nicht gehalten haben.",
        milestones=LONG_NAMES,
    )
    second = dataclasses.replace(second, status="red", status_reason="Statt grün nun rot.")
    sentence = "Sieben Projekte laufen."
    return dataclasses.replace(month, reports=(first, second, *rest), status_sentence=sentence)


def measured_month() -> MonthFact:
    """Figures in every report: none of their words may end up in another section."""
    month = example_month()
    shown = FigureFact(
        key="ladepunkte",
        name="Ladepunkte an den Sielen",
        unit="Ladepunkte",
        value=Decimal(1234),
        before=Decimal(1200),
        baseline=Decimal(10),
        baseline_on=date(2023, 1, 1),
        target=Decimal(2000),
        target_on=date(2025, 12, 31),
        way="on_way",
        line=Decimal("912.5"),
    )
    few = FigureFact(key="gaeste", name="Gäste", unit="Gäste", below=5, example=True)
    reports = tuple(dataclasses.replace(report, figures=(shown, few)) for report in month.reports)
    return dataclasses.replace(month, reports=reports)


MONTHS: list[Callable[[], MonthFact]] = [example_month, real_month, green_month, wordy_month, measured_month]


def printed(month: MonthFact, kind: str, folder: Path) -> DocumentRead:
    path = folder / f"statusbericht.{kind}"
    with translation.override("de"):
        if kind == "pdf":
            path.write_bytes(month_pdf(month, names=NAMES, fonts=fonts_folder()))
        else:
            path.write_bytes(month_pptx(month, names=NAMES))
    return read_files([path]).documents[0]


def flat(text: str | None) -> str:
    # A sign that the fonts do not have is printed by its number.
    return " ".join((text or "").replace("😀", "(U+1F600)").split())


def said(report: ReportFact, kind: str) -> dict[str, Any]:
    profile = report.profile
    # Slides show what lies ahead; what is done stands in a note without its former date.
    milestones = [m for m in report.milestones if kind == "pdf" or not m.done]
    return {
        "title": profile.title,
        "status": report.status,
        "start": profile.start,
        "end": profile.end,
        "milestones": [(m.label, m.due, m.done) for m in milestones],
        "progress": flat(report.progress),
        "has_progress": report.has_progress,
        "overall_state": flat(report.overall_state),
        "risks": report.risks,
        "next": report.next_activities,
        "goal": flat(profile.goal),
        "content": flat(profile.content),
        "lead": profile.lead_organisation,
        "partners": profile.partners,
        "stakeholders": profile.stakeholders,
        "doubts": [],
    }


def read_again(project: ProjectRead, kind: str) -> dict[str, Any]:
    doubts = [name for name in CERTAIN if not getattr(project, name).certain]
    progress = flat(project.progress.value)
    return {
        "title": project.title.value,
        "status": project.status.value,
        "start": project.start.value,
        "end": project.end.value,
        "milestones": [(m.label, m.due, m.done) for m in project.milestones],
        "progress": progress.replace("😀", "(U+1F600)"),
        "has_progress": project.has_progress,
        "overall_state": flat(project.overall_state.value),
        "risks": project.risks.value or (),
        "next": project.next_activities.value or (),
        "goal": flat(project.goal.value),
        "content": flat(project.content.value),
        "lead": project.lead_organisation.value,
        "partners": project.partners.value or (),
        "stakeholders": project.stakeholders.value or (),
        "doubts": doubts + [m.label for m in project.milestones if m.ambiguous],
    }


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
@pytest.mark.parametrize("make", MONTHS)
def test_our_own_files_give_back_the_month(make: Callable[[], MonthFact], kind: str, tmp_path: Path) -> None:
    month = make()
    document = printed(month, kind, tmp_path)
    assert document.report_month.value == month.month
    assert [read_again(p, kind) for p in document.projects] == [said(r, kind) for r in month.reports]
    assert {p.report_month.value for p in document.projects} == {month.month}


def test_the_pdf_leaves_no_text_without_a_place(tmp_path: Path) -> None:
    document = printed(green_month(), "pdf", tmp_path)
    assert [m.code for m in document.messages if m.code != "light_unreadable"] == []


def test_a_notice_about_progress_names_titles(tmp_path: Path) -> None:
    path = tmp_path / "februar.txt"
    project = variants.Project("Kulturkalender für alle Orte", progress="Es gab keine Fortschritte.")
    other = variants.Project("Digitaler Bauantrag")
    path.write_text(variants.text(variants.Report("Februar 2025", [project, other], listed=(project.title,))))
    found = {m.code: m.params for m in read_files([path]).documents[0].messages}
    assert found["progress_list_differs"] == {
        "printed": "Kulturkalender für alle Orte",
        "computed": "Digitaler Bauantrag",
    }


def test_a_page_that_states_no_status_gets_none_from_the_sentence(tmp_path: Path) -> None:
    report = variants.Report("Februar 2025", [variants.Project("Kulturkalender", status="keine Angabe")])
    path = tmp_path / "februar.txt"
    path.write_text(variants.text(dataclasses.replace(report, listed=("Kulturkalender",))))
    status = read_file(path).projects[0].status
    assert (status.value, status.certain) == (None, True)


def test_files_of_others_are_read_as_before(tmp_path: Path) -> None:
    report = variants.Report("Februar 2025", [variants.Project("Kulturkalender")])
    document = read_file(variants.pdf(tmp_path / "a.pdf", report))
    assert [m.due for m in document.projects[0].milestones] == ["2025-05", "2025-Q3", "2025-12", "2026-Q2"]
