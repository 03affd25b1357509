"""A county as the public sees it, with everything it must not see beside it.

Texts that only a draft, a hidden project or a person without consent has begin with SECRET.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wurt.core.db import clock
from wurt.core.tenancy.models import Organisation
from wurt.modules.agenda.actions.agenda import edit_agenda
from wurt.modules.agenda.actions.bodies import create_body
from wurt.modules.agenda.actions.fields import create_goal
from wurt.modules.agenda.actions.projects import create_project, set_costs, set_decisions
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.reports import edit_month, edit_report
from wurt.modules.agenda.actions.values import (
    CostValue,
    DecisionValue,
    MemberValue,
    MilestoneValue,
    PartyValue,
)
from wurt.modules.agenda.models import Project
from wurt.modules.agenda.tests.factories import (
    APRIL,
    JUNE,
    MAY,
    SYSTEM,
    county,
    month,
    person,
    project,
    report,
)

SECRET = "GEHEIM"
MARCH = date(2024, 3, 1)
ADA = "Ada Genannt"
BEN = f"Ben {SECRET}"


def client() -> Client:
    """A visitor who reads German."""
    return Client(headers={"accept-language": "de"})


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    """Counts the queries of the block."""
    with CaptureQueriesContext(connection) as queries:
        yield queries


def build() -> None:
    """Three public projects, one hidden; April and May published, April corrected; June a draft."""
    county()
    edit_agenda(
        SYSTEM,
        values={
            "motto": "Gemeinsam weiter",
            "contact": "Schreiben Sie an agenda@nordland.example",
            "strategy": "## Warum\n\nDarum.",
        },
    )
    lead = Organisation.objects.get(slug="amt-süd") if Organisation.objects.filter(slug="amt-süd") else _amt()
    ada = person(ADA, function="Projektleitung", name_public_since=datetime(2024, 1, 1, tzinfo=UTC))
    ben = person(BEN, function="Leitung Räder")
    sensors = project(
        "Sensornetz",
        values={
            "field": "bildung",
            "goal": "Wasserstände für alle",
            "content": "Überall Sensoren",
            "lead": ada.public_id,
            "lead_organisation": lead.public_id,
            "start": date(2024, 1, 1),
            "end": date(2024, 12, 31),
            "participation": "Melden Sie Standorte.",
            "parties": [
                PartyValue("partner", "Amt Süd", lead.public_id),
                PartyValue("stakeholder", "Angelvereine"),
            ],
        },
    )
    bikes = project(
        "Leihräder",
        values={
            "field": "verwaltung",
            "goal": "Räder leihen",
            "lead": ben.public_id,
            "lead_function": "Leitung Räder",
            "participation_none_reason": "Der Rahmen steht fest.",
        },
    )
    create_project(
        SYSTEM,
        title="Öffentliche Ladesäulen",
        values={"field": "verwaltung", "planned_start": "2025-Q2", "goal": "Strom tanken"},
        public=True,
    )
    create_project(SYSTEM, title=f"{SECRET} Projekt", values={"goal": f"{SECRET} Ziel"})
    set_costs(SYSTEM, project=sensors.public_id, costs=[CostValue("rund 10.000 Euro", Decimal("10000"))])
    set_decisions(
        SYSTEM,
        project=sensors.public_id,
        decisions=[DecisionValue("Kreistag", "DRS 1/24", date(2024, 2, 1), "Start")],
    )
    create_goal(SYSTEM, title="Mehr wissen", text="Daten für alle", projects=[sensors.public_id])
    create_body(
        SYSTEM,
        kind="steering",
        name="Lenkungsgruppe",
        text="Entscheidet.",
        members=[
            MemberValue(lead.public_id, "Amtsleitung", ada.public_id),
            MemberValue(lead.public_id, "Stellvertretung", ben.public_id),
        ],
    )
    _months(sensors, bikes)


def _amt() -> Organisation:
    return Organisation.objects.get(name="Amt Süd")


def _months(sensors: Project, bikes: Project) -> None:
    month(APRIL, intro="Einleitung April")
    first = report(
        APRIL,
        sensors,
        status="green",
        progress="Zehn Sensoren hängen.",
        has_progress=True,
        overall_state="Die Hälfte ist da.",
        risks=["Sturm"],
        next_activities=["Mehr aufhängen"],
        milestones=[
            MilestoneValue("Netz fertig", "2024-06"),
            MilestoneValue("Auftrag", "2024-03", True, date(2024, 3, 5)),
        ],
    )
    report(APRIL, bikes, status=None, progress="Nichts Neues.")
    with clock.at(datetime(2024, 5, 6, 10, tzinfo=UTC)):
        publish_month(SYSTEM, month=APRIL)
    edit_report(SYSTEM, report=first.public_id, values={"progress": "Elf Sensoren hängen."})
    with clock.at(datetime(2024, 5, 8, 10, tzinfo=UTC)):
        publish_month(SYSTEM, month=APRIL, note="Zahl der Sensoren berichtigt")
    month(MAY)
    report(
        MAY,
        sensors,
        status="yellow",
        status_reason="Der Sturm kam.",
        progress="Zwölf Sensoren hängen.",
        has_progress=True,
        overall_state="Die Hälfte ist da.",
        risks=["Sturm", "Frost"],
        milestones=[
            MilestoneValue("Netz fertig", "2024-09"),
            MilestoneValue("Auftrag", "2024-03", True, date(2024, 3, 5)),
            MilestoneValue("Messe", "2024-04"),
        ],
    )
    report(MAY, bikes, status="green", progress="Erste Räder.", has_progress=True)
    with clock.at(datetime(2024, 6, 6, 10, tzinfo=UTC)):
        publish_month(SYSTEM, month=MAY)
    month(JUNE, intro=f"{SECRET} Einleitung")
    report(
        JUNE,
        sensors,
        status="red",
        status_reason=f"{SECRET} Grund",
        progress=f"{SECRET} Fortschritt",
        has_progress=True,
        risks=[f"{SECRET} Risiko"],
        milestones=[MilestoneValue(f"{SECRET} Meilenstein", "2024-10")],
    )
    # A correction of May that is written but not yet published.
    edit_month(SYSTEM, month=MAY, intro=f"{SECRET} Nachtrag")


def more(number: int) -> None:
    """``number`` more projects in one more published month."""
    month(MARCH)
    for index in range(number):
        made = project(
            f"Vorhaben {index}",
            values={
                "field": "bildung",
                "goal": "Ziel",
                "parties": [PartyValue("partner", f"Verein {index}")],
            },
        )
        report(
            MARCH,
            made,
            status="green",
            progress="Gut.",
            has_progress=True,
            milestones=[MilestoneValue(f"Stein {index}", "2024-05")],
        )
    publish_month(SYSTEM, month=MARCH)
