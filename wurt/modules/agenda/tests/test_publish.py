"""A month becomes frozen facts; a correction is a visible version; two publishers make one."""

import json
from dataclasses import replace
from datetime import date

import pytest

from wurt.core.action.actor import Role
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.db import clock
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.modules.agenda.actions.fields import merge_fields
from wurt.modules.agenda.actions.projects import (
    create_project,
    edit_project,
    rename_project,
    set_costs,
    set_public,
    set_state,
)
from wurt.modules.agenda.actions.publish import publish_month, verify_month
from wurt.modules.agenda.actions.reports import edit_month, edit_report
from wurt.modules.agenda.actions.values import CostValue, MilestoneValue, PartyValue
from wurt.modules.agenda.domain.snapshot import (
    Counts,
    MilestoneFact,
    MonthFact,
    PersonRef,
    ProfileFact,
    ReportFact,
    ShiftFact,
    commitment,
    digest,
    month_from_json,
    same_facts,
)
from wurt.modules.agenda.models import Month, MonthVersion, Project, PublishedReport
from wurt.modules.agenda.queries.facts import month_facts
from wurt.modules.agenda.tests.factories import (
    APRIL,
    JUNE,
    MAY,
    NOON,
    SYSTEM,
    actor,
    county,
    month,
    person,
    project,
    report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def facts_of(first: date = APRIL) -> MonthFact:
    current = Month.objects.get(month=first).current
    assert current is not None
    return month_from_json(current.facts)


def test_published_facts_are_exactly_what_the_reports_say() -> None:
    ada = person("Ada Beispiel", function="Projektleitung")
    sensors = project(
        values={
            "short_title": "Sensoren",
            "start": date(2024, 4, 2),
            "end": date(2024, 12, 31),
            "goal": "Messen",
            "field": "bildung",
            "lead": ada.public_id,
            "participation": "Schreiben Sie uns.",
        }
    )
    project("Altes Portal", state="planned", public=True, values={})
    month(intro="Guten Tag")
    report(
        APRIL,
        sensors,
        progress="Drei Sensoren stehen.",
        has_progress=True,
        risks=["Lieferzeit"],
        milestones=[MilestoneValue("Netz steht", "2024-03"), MilestoneValue("Karte", "2024-Q2")],
    )
    with clock.at(NOON):
        assert publish_month(SYSTEM, month=APRIL) == 1
    assert facts_of() == MonthFact(
        county="Kreis Nordland",
        agenda="Digitale Agenda",
        month="2024-04",
        reports=(
            ReportFact(
                profile=ProfileFact(
                    key="sensoren",
                    title="Sensornetz",
                    short_title="Sensoren",
                    field="Bildung",
                    state="running",
                    goal="Messen",
                    lead_function="Projektleitung",
                    lead_person=PersonRef(str(ada.public_id), commitment(ada.salt, "Ada Beispiel")),
                    start=date(2024, 4, 2),
                    end=date(2024, 12, 31),
                    participation="Schreiben Sie uns.",
                ),
                status="green",
                progress="Drei Sensoren stehen.",
                has_progress=True,
                risks=("Lieferzeit",),
                milestones=(
                    MilestoneFact("Netz steht", "2024-03", overdue=True),
                    MilestoneFact("Karte", "2024-Q2"),
                ),
            ),
        ),
        counts=Counts(planned=1, running=1),
        intro="Guten Tag",
        status_sentence="Alle laufenden Projekte befinden sich im Status „grün“.",
        progress_projects=("Sensoren",),
        started_projects=("Sensoren",),
        version=1,
        published_at=NOON,
    )


def test_publishing_makes_the_projects_public_and_tells_the_trail() -> None:
    sensors = project()
    month()
    report(APRIL, sensors)
    with clock.at(NOON):
        publish_month(SYSTEM, month=APRIL)
    sensors.refresh_from_db()
    stored = MonthVersion.objects.get()
    assert sensors.public_since == NOON
    assert stored.digest == digest(stored.facts)
    row = PublishedReport.objects.get()
    assert (row.project_id, row.status, row.has_progress) == (sensors.pk, "green", False)
    assert json.loads(row.facts) == json.loads(stored.facts)["reports"][0]
    entry = AuditEntry.objects.get(action="agenda.publish_month")
    assert entry.after == {"number": 1, "digest": stored.digest}


def test_unchanged_month_is_refused_and_a_correction_needs_a_note() -> None:
    sensors = project()
    month()
    row = report(APRIL, sensors)
    publish_month(SYSTEM, month=APRIL)
    with pytest.raises(RuleBroken) as refused:
        publish_month(SYSTEM, month=APRIL, note="again")
    assert refused.value.code == "agenda.month_unchanged"
    edit_report(SYSTEM, report=row.public_id, values={"status": "red", "status_reason": "Geld fehlt"})
    with pytest.raises(RuleBroken) as refused:
        publish_month(SYSTEM, month=APRIL)
    assert refused.value.code == "agenda.correction_note"
    assert MonthVersion.objects.count() == 1
    assert publish_month(SYSTEM, month=APRIL, note=" Status berichtigt ") == 2
    assert (facts_of().version, facts_of().correction_note) == (2, "Status berichtigt")
    assert facts_of().status_sentence == "1 Projekt rot (Sensornetz)."
    assert verify_month(APRIL).faults == ()
    assert verify_month(APRIL).versions == (1, 2)


def test_empty_month_and_strangers_are_refused() -> None:
    month()
    with pytest.raises(RuleBroken) as refused:
        publish_month(SYSTEM, month=APRIL)
    assert refused.value.code == "agenda.month_empty"
    report(APRIL, project())
    before = AuditEntry.objects.count()
    with pytest.raises(NotFound):
        publish_month(actor(), month=APRIL)
    with pytest.raises(NotAllowed):
        publish_month(actor(Role.PROJECT_GROUP), month=APRIL)
    with pytest.raises(NotFound):  # a draft is invisible to whom lacks the second factor
        publish_month(actor(Role.COORDINATOR, second_factor=False), month=APRIL)
    assert (AuditEntry.objects.count(), MonthVersion.objects.count()) == (before, 0)


def test_status_sentence_names_every_project_that_is_not_green() -> None:
    month()
    report(APRIL, project("Alpha"))
    report(APRIL, project("Beta"), status="yellow", status_reason="Wetter")
    report(APRIL, project("Gamma"), status=None)
    publish_month(SYSTEM, month=APRIL)
    assert facts_of().status_sentence == "1 Projekt grün, 1 gelb (Beta), 1 ohne Angabe (Gamma)."


def test_shifts_are_read_from_month_to_month() -> None:
    sensors = project()
    for first, due in ((APRIL, "2024-06"), (MAY, "2024-09"), (JUNE, "2024-12")):
        month(first)
        report(first, sensors, milestones=[MilestoneValue("Netz steht", due)])
        publish_month(SYSTEM, month=first)
    (milestone,) = facts_of(JUNE).reports[0].milestones
    assert milestone.shifts == (
        ShiftFact("2024-05", "2024-06", "2024-09"),
        ShiftFact("2024-06", "2024-09", "2024-12"),
    )
    row = sensors.milestones.get()
    assert row.due == "2024-12"
    assert list(row.shifts.values_list("month", "before", "after")) == [
        (MAY, "2024-06", "2024-09"),
        (JUNE, "2024-09", "2024-12"),
    ]


def test_newest_month_carries_profile_and_milestones_to_the_project() -> None:
    sensors = project(values={"goal": "Messen", "start": date(2024, 1, 1)}, state="planned")
    for first in (MAY, APRIL):
        month(first)
    report(
        MAY,
        sensors,
        state="running",
        goal="",
        partners=["Amt Süd", "Verein"],
        milestones=[MilestoneValue("Fest", "2024-05-20", True, date(2024, 5, 21))],
    )
    report(APRIL, sensors, goal="Altes Ziel", partners=["Niemand"], milestones=[MilestoneValue("Alt")])
    publish_month(SYSTEM, month=MAY)
    publish_month(SYSTEM, month=APRIL)  # older than the newest: changes nothing of the project
    sensors.refresh_from_db()
    assert (sensors.goal, sensors.state) == ("Messen", "running")
    assert list(sensors.parties.values_list("role", "name", "organisation__slug")) == [
        ("partner", "Amt Süd", "amt-süd"),
        ("partner", "Verein", None),
    ]
    assert list(sensors.milestones.values_list("label", "due", "done", "done_on")) == [
        ("Fest", "2024-05-20", True, date(2024, 5, 21))
    ]


def test_a_hand_edit_made_before_publishing_is_not_undone_by_it() -> None:
    sensors = project()
    month()
    report(APRIL, sensors)
    edit_project(SYSTEM, project=sensors.public_id, values={"goal": "Neues Ziel", "end": date(2025, 6, 30)})
    publish_month(SYSTEM, month=APRIL)
    sensors.refresh_from_db()
    assert (sensors.goal, sensors.end) == ("Neues Ziel", date(2025, 6, 30))
    assert facts_of().reports[0].profile.goal == "Neues Ziel"


def test_counts_of_an_old_month_follow_the_dates() -> None:
    done = project("Fertig", public=True, values={"start": date(2024, 1, 1)})
    set_state(SYSTEM, project=done.public_id, step="complete", on=date(2024, 5, 3))
    create_project(SYSTEM, title="Geplant", public=True)
    create_project(SYSTEM, title="Verborgen")
    for first in (APRIL, MAY):
        month(first)
        report(first, project(f"Bericht {first:%m}", state="running"))
        publish_month(SYSTEM, month=first)
    assert facts_of(APRIL).counts == Counts(planned=1, running=2)
    assert (facts_of(MAY).counts, facts_of(MAY).ended_projects) == (
        Counts(planned=1, running=2, completed=1),
        ("Fertig",),
    )


def test_disagreements_with_the_printed_original_are_noticed() -> None:
    month(
        printed={
            "counts": {"completed": 1, "current": 1, "future": 39},
            "progress_projects": ["Sensoren", "Marktplatz"],
            "status_sentence": "Alle laufenden Projekte befinden sich im Status „grün“.",
        }
    )
    report(APRIL, project(values={"short_title": "Sensoren"}), has_progress=True, progress="Ja")
    report(APRIL, project("Busse"), has_progress=True, progress="Ja")
    publish_month(SYSTEM, month=APRIL)
    assert facts_of().notices == (
        "Der Originalbericht zählt 39 Projekte als geplant; die Plattform kennt 0.",
        "Der Originalbericht zählt 1 Projekte als laufend; die Plattform kennt 2.",
        "Der Originalbericht zählt 1 Projekte als abgeschlossen; die Plattform kennt 0.",
        "Der Originalbericht nennt Fortschritte bei „Marktplatz“, dazu gibt es keinen Bericht.",
        "Bei „Busse“ gibt es Fortschritte, der Originalbericht nennt sie nicht.",
    )


def test_verify_finds_changed_facts_and_rows() -> None:
    month()
    report(APRIL, project())
    publish_month(SYSTEM, month=APRIL)
    with writes_allowed("test"):
        PublishedReport.objects.update(facts="{}")
    assert verify_month(APRIL).faults == ("version 1: the rows of the reports differ from the facts",)
    with writes_allowed("test"):
        MonthVersion.objects.update(facts="{}")
    assert verify_month(APRIL).faults == ("version 1: the stored facts differ from their hash",)
    with pytest.raises(NotFound):
        verify_month(MAY)


def test_introduction_of_a_published_month_shows_after_the_correction() -> None:
    month(intro="Alt")
    report(APRIL, project())
    publish_month(SYSTEM, month=APRIL)
    edit_month(SYSTEM, month=APRIL, intro="Neu")
    assert facts_of().intro == "Alt"
    publish_month(SYSTEM, month=APRIL, note="Einleitung")
    assert facts_of().intro == "Neu"
    assert replace(facts_of(), version=0).version == 0
    assert Project.objects.count() == 1


def test_an_edit_of_the_profile_does_not_reach_into_published_months() -> None:
    sensors = project(values={"goal": "Messen", "participation": "Schreiben Sie.", "field": "bildung"})
    quiet = project("Stilles", public=True)
    for first in (APRIL, MAY):
        month(first)
        report(first, sensors)
        publish_month(SYSTEM, month=first)
    before = {first: facts_of(first) for first in (APRIL, MAY)}
    hidden = project("Neu sichtbar", state="planned", values={})
    edit_project(
        SYSTEM,
        project=sensors.public_id,
        values={
            "goal": "Neues Ziel",
            "short_title": "Netz",
            "participation": "Rufen Sie an.",
            "contact": "Amt",
            "start": date(2024, 4, 2),
            "lead_function": "Leitung",
            "parties": [PartyValue("partner", "Verein")],
        },
    )
    rename_project(SYSTEM, project=sensors.public_id, title="Messnetz")
    edit_project(SYSTEM, project=quiet.public_id, values={"goal": "Anderes"})
    set_costs(SYSTEM, project=sensors.public_id, costs=[CostValue("viel")])
    merge_fields(SYSTEM, slug="bildung", into="verwaltung")
    set_public(SYSTEM, project=hidden.public_id, public=True)
    for first in (APRIL, MAY):
        row = Month.objects.select_related("agenda__place").get(month=first)
        assert same_facts(month_facts(SYSTEM, row), before[first])
        with pytest.raises(RuleBroken) as refused:
            publish_month(SYSTEM, month=first, note="Nichts")
        assert refused.value.code == "agenda.month_unchanged"


def test_a_correction_keeps_the_frozen_profile_but_what_the_report_itself_says() -> None:
    sensors = project(values={"goal": "Messen", "participation": "Schreiben Sie."})
    month()
    row = report(APRIL, sensors)
    publish_month(SYSTEM, month=APRIL)
    edit_project(
        SYSTEM, project=sensors.public_id, values={"goal": "Heutiges Ziel", "participation": "Rufen Sie an."}
    )
    edit_report(SYSTEM, report=row.public_id, values={"status": "yellow", "status_reason": "Frost"})
    report(APRIL, project("Busse", values={"goal": "Fahren"}))
    publish_month(SYSTEM, month=APRIL, note="Status berichtigt, Busse ergänzt")
    busse, first = facts_of().reports
    assert (busse.profile.goal, first.status) == ("Fahren", "yellow")
    assert (first.profile.goal, first.profile.participation) == ("Messen", "Schreiben Sie.")
    edit_report(SYSTEM, report=row.public_id, values={"goal": "Genauer messen"})
    publish_month(SYSTEM, month=APRIL, note="Ziel berichtigt")
    profile = facts_of().reports[1].profile
    assert (profile.goal, profile.participation) == ("Genauer messen", "Schreiben Sie.")
