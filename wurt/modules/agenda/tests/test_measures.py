"""Figures of projects and goals: chosen, shown, frozen in a month, and corrected only with it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any
from uuid import UUID

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pptx import Presentation

from wurt.core.action.actor import Role
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from wurt.core.indicators.actions.manual import create_manual, enter_value
from wurt.core.indicators.models import Computation, ManualIndicator, Value
from wurt.core.indicators.queries import uses
from wurt.core.indicators.rules import Way
from wurt.modules.agenda.actions.fields import create_goal
from wurt.modules.agenda.actions.measures import measure_goal, measure_project
from wurt.modules.agenda.actions.publish import publish_month, verify_month
from wurt.modules.agenda.actions.reports import edit_report
from wurt.modules.agenda.actions.values import MeasureValue
from wurt.modules.agenda.domain.snapshot import FigureFact, canonical_json, month_from_json
from wurt.modules.agenda.exports.pdf import month_pdf
from wurt.modules.agenda.exports.slides import month_pptx
from wurt.modules.agenda.exports.tables import reports_csv
from wurt.modules.agenda.models import Measure, MonthVersion, Project
from wurt.modules.agenda.queries.measures import of_projects
from wurt.modules.agenda.queries.public_success import success_page
from wurt.modules.agenda.tests.export_fixture import fonts_folder
from wurt.modules.agenda.tests.factories import (
    APRIL,
    MAY,
    SYSTEM,
    actor,
    county,
    month,
    person,
    project,
    report,
)

pytestmark = pytest.mark.django_db

LATE = datetime(2024, 7, 8, 10, tzinfo=UTC)
KEY = "ladepunkte"
AIM: dict[str, Any] = {
    "baseline": Decimal(10),
    "baseline_on": date(2024, 1, 1),
    "target": Decimal(50),
    "target_on": date(2024, 12, 31),
}


def figure(name: str = "Ladepunkte", **values: object) -> str:
    """A figure with values by month ("m04": 20)."""
    words: dict[str, Any] = {"name": name, "unit": name, "meaning": "Wo Autos laden."}
    key = create_manual(SYSTEM, words=words | {"counts_people": values.pop("people", False)})
    for short, value in values.items():
        enter(key, int(short[1:]), value)
    return key


def enter(key: str, number: int, value: object, reason: str = "") -> None:
    with at(LATE):
        enter_value(
            SYSTEM,
            key=key,
            month=date(2024, number, 1),
            value=Decimal(str(value)),
            source="Liste des Bauamts",
            reason=reason,
        )


def measure(of: Project, *measures: MeasureValue) -> None:
    measure_project(SYSTEM, project=of.public_id, measures=measures)


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def nets() -> Project:
    county()
    return project("Sensornetz", public=True)


# --- choosing


def test_a_lead_chooses_and_others_may_not(nets: Project) -> None:
    figure()
    lead = person()
    with writes_allowed("test"):
        Project.objects.update(lead=lead)
    me = actor(who=lead)
    measure_project(me, project=nets.public_id, measures=[MeasureValue(KEY, **AIM)])
    entry = AuditEntry.objects.get(action="agenda.measure_project")
    assert (entry.before, entry.after) == ({"measures": []}, {"measures": [KEY]})
    with pytest.raises(NotAllowed):
        measure_project(actor(Role.STEERING_MEMBER), project=nets.public_id, measures=[])
    assert Measure.objects.count() == 1
    with pytest.raises(ChangedMeanwhile):
        measure_project(me, project=nets.public_id, measures=[], version=1)


def test_a_goal_is_measured_by_managers_only(nets: Project) -> None:
    figure()
    slug = create_goal(SYSTEM, title="Mehr wissen", projects=[nets.public_id])
    with pytest.raises(NotAllowed):
        measure_goal(actor(Role.PLACE_EDITOR), slug=slug, measures=[MeasureValue(KEY)])
    measure_goal(actor(Role.COORDINATOR), slug=slug, measures=[MeasureValue(KEY)])
    assert [(use.kind, use.slug, use.url) for use in uses(SYSTEM)] == [
        ("agenda.goal", "ziel-mehr-wissen", "/strategie/erfolg/#mehr-wissen")
    ]


@pytest.mark.parametrize(
    ("measures", "code"),
    [
        ([MeasureValue("gibt-es-nicht")], "agenda.measure_key"),
        ([MeasureValue(KEY), MeasureValue(KEY)], "agenda.measure_twice"),
        ([MeasureValue(KEY, "atlantis")], "agenda.measure_place"),
        ([MeasureValue(KEY, **{**AIM, "target_on": date(2024, 1, 1)})], "agenda.measure_days"),
        ([MeasureValue(KEY, baseline_on=date(2024, 1, 1))], "agenda.measure_days"),
    ],
)
def test_what_is_refused_changes_nothing(nets: Project, measures: list[MeasureValue], code: str) -> None:
    figure()
    with pytest.raises(RuleBroken) as error:
        measure(nets, *measures)
    assert error.value.code == code
    assert Measure.objects.count() == 0


def test_a_measure_that_stays_keeps_its_id(nets: Project) -> None:
    figure()
    figure("Bänke")
    measure(nets, MeasureValue(KEY))
    first = Measure.objects.get().public_id
    measure(nets, MeasureValue("baenke"), MeasureValue(KEY, **AIM))
    rows = Measure.objects.order_by("order")
    assert [(row.key, row.target) for row in rows] == [("baenke", None), (KEY, Decimal(50))]
    assert rows[1].public_id == first
    measure(nets)
    assert Measure.objects.count() == 0


# --- shown


def test_the_project_page_says_how_far_it_is(nets: Project) -> None:
    figure(m04=20, m05=26)
    measure(nets, MeasureValue(KEY, **AIM))
    text = page("/projekte/sensornetz/")
    assert "Was es erreicht" in text
    assert "26 Ladepunkte" in text
    assert "6 mehr als im April 2024 (plus 30 %)." in text
    assert "Zielwert: 50 Ladepunkte bis 31. Dezember 2024." in text
    assert "Ausgangswert: 10 Ladepunkte am 1. Januar 2024." in text
    # 151 of 365 days: 10 + 40 * 151 / 365 = 26.5…, so 26 is a little less.
    assert "Hinter dem Plan" in text
    assert "wären es jetzt 26,5 Ladepunkte." in text
    assert "Ladepunkte: 26 im Mai 2024" in text
    assert "Quelle: Liste des Bauamts" in text
    found = of_projects(SYSTEM, [nets.pk])[nets.pk][0]
    assert (found.way, found.series.latest and found.series.latest.figure.value) == (Way.BEHIND, Decimal(26))
    enter(KEY, 5, 27, "nachgezählt")
    assert of_projects(SYSTEM, [nets.pk])[nets.pk][0].way is Way.ON_WAY


def test_few_people_stay_hidden_on_the_project_page(nets: Project) -> None:
    figure("Gäste", people=True, m04=20, m05=3)
    measure(nets, MeasureValue("gaeste", **AIM))
    text = page("/projekte/sensornetz/")
    assert "unter 5 Gäste" in text
    assert "Ein Vergleich mit April 2024 ist nicht möglich" in text
    assert "Kein Wert zum Beurteilen" in text


def test_a_project_without_figures_shows_nothing(nets: Project) -> None:
    figure(m05=26)
    assert "Was es erreicht" not in page("/projekte/sensornetz/")


@pytest.mark.parametrize("address", ["/projekte/sensornetz/", "/strategie/erfolg/"])
def test_as_many_queries_for_one_figure_as_for_three(nets: Project, address: str) -> None:
    goal = create_goal(SYSTEM, title="Mehr wissen", projects=[nets.public_id])
    counts = []
    for number in (1, 3):
        with writes_allowed("test"):
            Computation.objects.all().delete()
            ManualIndicator.objects.all().delete()
            place = nets.place
            keys = [f"k{one}" for one in range(number)]
            for key in keys:
                ManualIndicator.objects.create(key=key, name=key, meaning=key, place=place)
                rows = Computation.objects.bulk_create(
                    Computation(key=key, month=date(2019 + one // 12, one % 12 + 1, 1), source="x")
                    for one in range(20 * number)
                )
                Value.objects.bulk_create(Value(computation=row, value=Decimal(7)) for row in rows)
        measure(nets, *(MeasureValue(key) for key in keys))
        measure_goal(SYSTEM, slug=goal, measures=[MeasureValue(key) for key in keys])
        with CaptureQueriesContext(connection) as found:
            page(address)
        counts.append(len(found))
    assert counts[0] == counts[1]


# --- frozen


def figures_of(number: int | None = None) -> list[tuple[str, Decimal | None, int, str]]:
    rows = MonthVersion.objects.order_by("-number")
    row = rows.first() if number is None else rows.get(number=number)
    assert row is not None
    facts = month_from_json(row.facts)
    return [(fact.name, fact.value, fact.version, fact.way) for one in facts.reports for fact in one.figures]


@pytest.fixture
def published(nets: Project) -> Project:
    figure(m04=20, m05=26)
    measure(nets, MeasureValue(KEY, **AIM))
    month(MAY)
    report(MAY, nets)
    publish_month(SYSTEM, month=MAY)
    return nets


def test_publishing_freezes_what_was_known(published: Project) -> None:
    facts = month_from_json(MonthVersion.objects.get().facts)
    assert facts.reports[0].figures == (
        FigureFact(
            key=KEY,
            name="Ladepunkte",
            unit="Ladepunkte",
            kind="stock",
            value=Decimal(26),
            before=Decimal(20),
            source="Liste des Bauamts",
            computed_at=LATE,
            baseline=Decimal(10),
            baseline_on=date(2024, 1, 1),
            target=Decimal(50),
            target_on=date(2024, 12, 31),
            way="behind",
            line=Decimal("26.5"),
        ),
    )
    assert verify_month(MAY).faults == ()
    text = page("/berichte/2024-05/")
    assert "Kennzahlen des Monats" in text
    assert "Ladepunkte: 26 Ladepunkte. 6 mehr als im April 2024 (plus 30 %)." in text


def test_later_changes_reach_the_month_only_by_a_correction(published: Project) -> None:
    before = page("/berichte/2024-05/")
    enter(KEY, 5, 30, "Vier standen nicht in der Liste")
    measure(published, MeasureValue(KEY, **{**AIM, "target": Decimal(90)}))
    assert "30 Ladepunkte" in page("/projekte/sensornetz/")
    assert page("/berichte/2024-05/") == before
    assert publish_month(SYSTEM, month=MAY, note="Ladepunkte nachgezählt") == 2
    assert figures_of(1) == [("Ladepunkte", Decimal(26), 1, "behind")]
    assert figures_of(2) == [("Ladepunkte", Decimal(30), 2, "on_way")]
    frozen = month_from_json(MonthVersion.objects.get(number=2).facts).reports[0].figures[0]
    assert (frozen.target, frozen.reason) == (Decimal(50), "Vier standen nicht in der Liste")
    assert verify_month(MAY).faults == ()
    assert "Berichtigt: Vier standen nicht in der Liste" in page("/berichte/2024-05/")


def test_without_any_change_there_is_nothing_to_correct(published: Project) -> None:
    measure(published)
    with pytest.raises(RuleBroken) as error:
        publish_month(SYSTEM, month=MAY, note="x")
    assert error.value.code == "agenda.month_unchanged"


def test_a_month_from_before_there_were_figures_still_verifies(nets: Project) -> None:
    month(APRIL)
    report(APRIL, nets)
    publish_month(SYSTEM, month=APRIL)
    stored = MonthVersion.objects.get()
    assert '"figures"' not in stored.facts
    assert canonical_json(month_from_json(stored.facts)) == stored.facts
    figure(m04=20)
    measure(nets, MeasureValue(KEY))
    with pytest.raises(RuleBroken):
        publish_month(SYSTEM, month=APRIL, note="A figure chosen later does not reach into an old month")
    assert verify_month(APRIL).faults == ()


def test_a_report_shows_the_chosen_figures_only(nets: Project) -> None:
    figure(m05=26)
    figure("Bänke", m05=3)
    figure("Brunnen", m04=3)
    measure(nets, MeasureValue(KEY), MeasureValue("baenke"), MeasureValue("brunnen"))
    month(MAY)
    mine = report(MAY, nets)
    chosen = Measure.objects.get(key="baenke").public_id
    edit_report(SYSTEM, report=mine.public_id, values={"figures": [chosen]})
    publish_month(SYSTEM, month=MAY)
    assert figures_of() == [("Bänke", Decimal(3), 1, "")]
    edit_report(SYSTEM, report=mine.public_id, values={"figures": _all(nets)})
    publish_month(SYSTEM, month=MAY, note="Die andere Kennzahl fehlte")
    assert [row[0] for row in figures_of()] == ["Ladepunkte", "Bänke"]


def _all(of: Project) -> list[UUID]:
    return list(Measure.objects.filter(project=of).values_list("public_id", flat=True))


def test_every_form_of_the_month_holds_the_figures(published: Project) -> None:
    facts = month_from_json(MonthVersion.objects.get().facts)
    line = "Ladepunkte: 26 Ladepunkte. 6 mehr als im April 2024"
    document = pdfium.PdfDocument(month_pdf(facts, names={}, fonts=fonts_folder()))
    text = " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    assert "Kennzahlen des Monats" in text
    assert line in text.replace("\u00a0", " ")
    deck = Presentation(BytesIO(month_pptx(facts, names={})))
    words = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert line in " ".join(" ".join(words).replace("\u00a0", " ").split())
    assert line in reports_csv([facts]).decode("utf-8-sig").replace("\u00a0", " ")
    data = json.loads(Client().get("/berichte/2024-05/statusbericht.json").content)
    assert data["facts"]["reports"][0]["figures"][0]["value"] == "26"


# --- success of the strategy


def test_goals_and_projects_that_nobody_measures_are_named(nets: Project) -> None:
    figure(m05=26)
    busses = project("Busse", public=True)
    create_goal(SYSTEM, title="Mehr wissen", projects=[nets.public_id, busses.public_id])
    create_goal(SYSTEM, title="Weniger fahren")
    measure(nets, MeasureValue(KEY))
    measure_goal(SYSTEM, slug="mehr-wissen", measures=[MeasureValue(KEY, **{**AIM, "target": Decimal(26)})])
    found = success_page(SYSTEM)
    assert [(goal.title, goal.projects, goal.measured_projects) for goal in found.measured] == [
        ("Mehr wissen", 2, 1)
    ]
    assert [goal.title for goal in found.unmeasured] == ["Weniger fahren"]
    assert [link.title for link in found.unmeasured_projects] == ["Busse"]
    assert (found.good, found.bad, found.unknown, found.projects) == (1, 0, 0, 2)
    text = page("/strategie/erfolg/")
    assert "1 von 2 Zielen wird gemessen." in text
    assert "Ziel erreicht" in text
    assert "1 von 2 Projekten, die diesem Ziel dienen, zeigen eine Kennzahl." in text


def test_a_county_without_goals_learns_what_will_stand_there(nets: Project) -> None:
    assert "Noch wird kein Ziel gemessen" in page("/strategie/erfolg/")
