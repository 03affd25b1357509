"""An invented county with eight reports that hold every case the exports must survive."""

import dataclasses
import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from wurt.core import web
from wurt.modules.agenda.domain.snapshot import (
    CostFact,
    Counts,
    DecisionFact,
    MilestoneFact,
    MonthFact,
    PersonRef,
    ProfileFact,
    ReportFact,
    ShiftFact,
    commitment,
)

NAMES = {"person-1": "Tomke Behrens"}
TOPICS = ("Wege", "Räume", "Technik", "Personal", "Datenschutz", "Kosten", "Schulung", "Werbung")


def long_text(place: str) -> str:
    """24 paragraphs, no two lines alike."""
    return "\n\n".join(
        f"{TOPICS[number % 8]} {place} {number}: Die Arbeitsgruppe hat {number * 7} Rückmeldungen zu "
        f"{place} gesichtet, {number * 3} Fragen zum Punkt {TOPICS[(number * 5) % 8]} geordnet und in "
        f"{number + 1} Sitzungen besprochen; "
        f"{TOPICS[(number * 3) % 8]} folgt in Schritt {number} von {place}."
        for number in range(1, 25)
    )


def fonts_folder() -> Path:
    """The folder of the asset build, or the one named in WURT_FONTS_TTF; skips visibly without."""
    built = Path(web.__file__).parent / "static" / "web" / "dist" / "fonts-ttf"
    folder = Path(os.environ.get("WURT_FONTS_TTF", built))
    if not any(folder.glob("*.ttf")):
        pytest.skip(f"no fonts in {folder}; run `make setup`")
    return folder


def _profile(key: str, title: str, **more: object) -> ProfileFact:
    values: dict[str, object] = {
        "field": "Digitale Verwaltung",
        "state": "running",
        "goal": f"Das Projekt {title} macht einen Weg kürzer.",
        "content": "Es wird gemeinsam geplant, erprobt und ausgewertet.",
        "lead_organisation": "Kreis Musterland",
        "lead_function": "Projektleitung",
        "partners": ("Amt Nordheide", "Stadt Südhafen"),
        "stakeholders": ("Volkshochschule Musterland",),
        "start": date(2023, 1, 1),
        "end": date(2024, 12, 31),
        "example": True,
    }
    return ProfileFact(key=key, title=title, **{**values, **more})  # type: ignore[arg-type]


def _milestones() -> tuple[MilestoneFact, ...]:
    moved_once = (ShiftFact("2024-03", "2024-06", "2024-Q3"),)
    moved_twice = (ShiftFact("2024-02", "2024-06", "2024-08"), ShiftFact("2024-03", "2024-08", "2024-09"))
    return (
        MilestoneFact("Konzept beschlossen", "2024-01-15", done=True, done_on=date(2024, 1, 15)),
        MilestoneFact("Schulung der Paten", "2024-03", overdue=True),
        MilestoneFact("Start der Erprobung", "2024-05"),
        MilestoneFact("Auswertung", "2024-Q3", shifts=moved_once),
        MilestoneFact("Übergabe an den Betrieb", "2024-09", shifts=moved_twice),
        MilestoneFact("Ausweitung auf alle Gemeinden", None),
    )


def example_month() -> MonthFact:
    """April 2024 of the county of Musterland: eight reports, all kinds of status and milestones."""
    lead = PersonRef("person-1", commitment("salz", "Tomke Behrens"))
    hidden = PersonRef("person-2", commitment("salz", "Ungenannt"))
    reports = (
        ReportFact(
            _profile(
                "lesepaten", "Lesepaten", lead_person=lead, field="Bildung",
                costs=(CostFact("Fördermittel", Decimal("12500.5"), "grant", "Haushalt 2024"),),
                decisions=(DecisionFact("Kreistag", "DRS 17/23", date(2023, 12, 12), "Start der Lesepaten"),),
                participation="Bürgerversammlung am 3. Mai 2024.",
                contact="lesepaten@musterland.example",
            ),
            "green",
            progress="Die ersten Paten wurden geschult.\n\n• Flyer gedruckt\n• Räume gefunden",
            has_progress=True,
            overall_state="Zu Beginn wurde ein Konzept geschrieben.",
            next_activities=("Pressemitteilung versenden",),
            risks=("Ausfall von Beteiligten", "Zu wenige Paten"),
            milestones=_milestones(),
        ),
        ReportFact(
            _profile("hofmarkt", "Hofmarkt", lead_person=hidden, field="Wirtschaft"), "yellow",
            status_reason="Ein Dienstleister ist ausgefallen.", progress="",
            overall_state="Angebote liegen vor.",
            milestones=(MilestoneFact("Start der Plattform", "2024-06"),),
        ),
        ReportFact(
            _profile("busruf", "Rufbus „Op'n Padd“ <Nord> & Süd", field="Mobilität"), "red",
            progress="Die Förderung wurde abgelehnt.", has_progress=True, overall_state=None,
            risks=("=HYPERLINK(\"böse\")",),
        ),
        ReportFact(
            _profile("sensoren", "Pegel- und Wettersensoren", field="Daten"), None,
            overall_state="Unverändert.",
        ),
        ReportFact(
            _profile("archiv", "Digitales Kreisarchiv mit Lesesaal und Erschließung der Bestände bis 1970"),
            "green",
            progress=long_text("Magazin"), has_progress=True, overall_state=long_text("Lesesaal"),
            milestones=tuple(MilestoneFact(f"Bestand {n} erschlossen", f"2025-{n:02}") for n in range(1, 10)),
        ),
        ReportFact(
            _profile(
                "dorfapp", "Dorf-App", partners=(), stakeholders=(), start=None, end=None, goal="", content=""
            ),
            "green",
            progress="Text mit * # $ @ _ \\ Sonderzeichen ☃ 😀.",
            has_progress=True,
            overall_state="",
        ),
        ReportFact(_profile("ehrenamt", "Ehrenamt finden"), "green", overall_state="Läuft."),
        ReportFact(_profile("portal", "Bürgerportal"), "green", overall_state="Läuft."),
    )  # fmt: skip
    return MonthFact(
        county="Kreis Musterland",
        agenda="Digitale Agenda",
        month="2024-04",
        reports=reports,
        counts=Counts(planned=39, running=8, completed=1),
        intro="Wir freuen uns, dass die Lesepaten begonnen haben.",
        status_sentence="Acht Projekte laufen: fünf grün, eines gelb, eines rot, eines ohne Angabe.",
        progress_projects=("Lesepaten", "Rufbus „Op'n Padd“ <Nord> & Süd", "Dorf-App"),
        started_projects=("Lesepaten",),
        version=2,
        correction_note="Der Termin der Auswertung war falsch.",
        published_at=datetime(2024, 5, 2, 9, 30, tzinfo=UTC),
        example=True,
    )


def real_month() -> MonthFact:
    """The same month without the mark of invented data."""
    month = example_month()
    reports = tuple(
        dataclasses.replace(report, profile=dataclasses.replace(report.profile, example=False))
        for report in month.reports
    )
    return dataclasses.replace(month, reports=reports, example=False)
