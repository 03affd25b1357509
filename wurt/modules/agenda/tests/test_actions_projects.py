"""Projects by hand: profile, address, state, visibility, parts; denied: nothing changed, nothing told."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.models import Model

from wurt.core.action.actor import Role
from wurt.core.audit.models import AuditEntry
from wurt.core.db import clock
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.models import Delivery
from wurt.modules.agenda.actions import milestones, projects
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.values import CostValue, DecisionValue, MilestoneValue, PartyValue
from wurt.modules.agenda.models import Milestone, MilestoneShift, Project, ProjectSlug, Report
from wurt.modules.agenda.tests.factories import APRIL, SYSTEM, actor, county, month, person, project, report

pytestmark = pytest.mark.django_db
JUNE_3 = datetime(2024, 6, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def test_a_new_project_is_planned_hidden_and_recorded() -> None:
    public_id = projects.create_project(actor(Role.COORDINATOR), title=" Öffentliche Bücherschränke ")
    row = Project.objects.get(public_id=public_id)
    assert (row.title, row.slug, row.state, row.public_since) == (
        "Öffentliche Bücherschränke",
        "oeffentliche-buecherschraenke",
        "planned",
        None,
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.object_id, entry.after) == (
        "agenda.create_project",
        str(public_id),
        {"slug": row.slug, "title": row.title, "state": "planned"},
    )


def test_two_projects_of_one_title_have_two_addresses() -> None:
    assert [project("Gleich").slug, project("Gleich").slug] == ["gleich", "gleich-2"]


def test_who_may_not_changes_nothing() -> None:
    row = project(public=True)
    hidden = project("Verborgen")
    before = (AuditEntry.objects.count(), Delivery.objects.count())
    for who in (
        actor(),
        actor(Role.PROJECT_GROUP),
        actor(Role.PLACE_EDITOR),
        actor(Role.COORDINATOR, second_factor=False),
    ):
        with pytest.raises(NotAllowed):
            projects.edit_project(who, project=row.public_id, values={"goal": "Fremd"})
        with pytest.raises(NotAllowed):
            projects.create_project(who, title="Fremd")
        with pytest.raises(NotAllowed):
            projects.delete_project(who, project=row.public_id)
    with pytest.raises(NotFound):
        projects.edit_project(actor(), project=hidden.public_id, values={"goal": "Fremd"})
    row.refresh_from_db()
    assert row.goal == "Messen"
    assert (AuditEntry.objects.count(), Delivery.objects.count()) == before
    assert Project.objects.count() == 2


def test_a_lead_edits_the_profile_but_not_who_leads() -> None:
    ada = person()
    row = project(values={"lead": ada.public_id})
    lead = actor(who=ada, relations=frozenset({"lead"}))
    projects.edit_project(lead, project=row.public_id, values={"goal": "Besser messen"})
    with pytest.raises(NotAllowed):
        projects.edit_project(lead, project=row.public_id, values={"deputy": person("Bo").public_id})
    with pytest.raises(NotAllowed):
        projects.rename_project(lead, project=row.public_id, title="Meins")
    row.refresh_from_db()
    assert (row.goal, row.deputy_id, row.title) == ("Besser messen", None, "Sensornetz")


def test_the_second_of_two_editors_is_told() -> None:
    row = project()
    projects.edit_project(SYSTEM, project=row.public_id, values={"goal": "A"}, version=row.version)
    with pytest.raises(ChangedMeanwhile):
        projects.edit_project(SYSTEM, project=row.public_id, values={"goal": "B"}, version=row.version)
    row.refresh_from_db()
    assert row.goal == "A"


def test_the_trail_names_hidden_fields_without_their_content() -> None:
    row = project()
    projects.edit_project(
        SYSTEM, project=row.public_id, values={"contact": "geheim@example.org", "end": date(2025, 1, 1)}
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.before, entry.after) == (
        {"end": "2024-12-31"},
        {"end": "2025-01-01", "changed": ["contact"]},
    )


def test_parties_keep_their_order_and_find_their_organisation() -> None:
    row = project()
    names = [
        PartyValue("partner", "Verein"),
        PartyValue("partner", "Amt Süd"),
        PartyValue("stakeholder", "Schulen"),
    ]
    projects.edit_project(SYSTEM, project=row.public_id, values={"parties": names})
    stored = [
        (p.role, p.name, p.organisation.name if p.organisation else None)
        for p in row.parties.order_by("order")
    ]
    assert stored == [
        ("partner", "Verein", None),
        ("partner", "Amt Süd", "Amt Süd"),
        ("stakeholder", "Schulen", None),
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"start": date(2024, 2, 1), "end": date(2024, 1, 1)}, "agenda.project_dates"),
        ({"planned_start": "bald"}, "agenda.planned_start"),
        ({"title": "  "}, "agenda.project_title"),
    ],
)
def test_rules_of_the_profile(values: dict[str, object], code: str) -> None:
    row = project()
    with pytest.raises(RuleBroken) as refused:
        projects.edit_project(SYSTEM, project=row.public_id, values=values)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_renaming_keeps_the_old_address_and_the_old_title() -> None:
    row = project()
    assert projects.rename_project(SYSTEM, project=row.public_id, title="Messnetz") == "messnetz"
    assert list(ProjectSlug.objects.values_list("project", "slug")) == [(row.pk, "sensornetz")]
    assert list(row.aliases.values_list("name", flat=True)) == ["Sensornetz"]
    assert project("Sensornetz neu", slug="sensornetz").slug == "sensornetz-2"  # old addresses stay taken
    assert projects.rename_project(SYSTEM, project=row.public_id, title="Sensornetz") == "sensornetz"
    assert list(ProjectSlug.objects.values_list("slug", flat=True)) == ["messnetz"]


def test_the_life_of_a_project() -> None:
    row = project("Neu", state="planned", values={})
    step = projects.set_state
    assert step(SYSTEM, project=row.public_id, step="start", on=date(2024, 2, 1)) == "running"
    assert step(SYSTEM, project=row.public_id, step="complete", on=date(2024, 5, 31)) == "completed"
    row.refresh_from_db()
    assert (row.start, row.ended_on) == (date(2024, 2, 1), date(2024, 5, 31))
    assert step(SYSTEM, project=row.public_id, step="reopen") == "running"
    with pytest.raises(RuleBroken) as refused:
        step(SYSTEM, project=row.public_id, step="start")
    assert refused.value.code == "agenda.state"
    with pytest.raises(RuleBroken) as refused:
        step(SYSTEM, project=row.public_id, step="stop", on=date(2024, 1, 1))
    assert refused.value.code == "agenda.project_dates"
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("running", None)


def test_completing_a_project_shows_in_the_draft_of_that_month_and_later() -> None:
    row = project()
    month()
    draft = report(APRIL, row)
    projects.set_state(SYSTEM, project=row.public_id, step="complete", on=date(2024, 5, 2))
    draft.refresh_from_db()
    assert draft.state == "running"
    projects.set_state(SYSTEM, project=row.public_id, step="reopen", on=date(2024, 5, 2))
    projects.set_state(SYSTEM, project=row.public_id, step="complete", on=date(2024, 4, 30))
    draft.refresh_from_db()
    assert draft.state == "completed"


def test_a_published_project_is_neither_hidden_nor_deleted() -> None:
    row = project()
    month()
    report(APRIL, row)
    publish_month(SYSTEM, month=APRIL)
    for attempt in (
        lambda: projects.set_public(SYSTEM, project=row.public_id, public=False),
        lambda: projects.delete_project(SYSTEM, project=row.public_id),
    ):
        with pytest.raises(RuleBroken) as refused:
            attempt()
        assert refused.value.code == "agenda.project_published"
    other = project("Nie gezeigt")
    projects.delete_project(SYSTEM, project=other.public_id)
    assert list(Project.objects.values_list("title", flat=True)) == ["Sensornetz"]


def test_costs_decisions_and_aliases_are_replaced() -> None:
    row = project()
    for costs in (
        [CostValue("Alt")],
        [CostValue("Masten", Decimal("1200.50"), "total", "Kreis"), CostValue("Strom")],
    ):
        projects.set_costs(SYSTEM, project=row.public_id, costs=costs)
    projects.set_decisions(
        SYSTEM,
        project=row.public_id,
        decisions=[DecisionValue("Kreistag", "KT-1/2024", date(2024, 3, 1), "Ja")],
    )
    projects.set_aliases(SYSTEM, project=row.public_id, aliases=["LoRa", "LoRa", "Sensornetz", ""])
    assert list(row.costs.values_list("text", "amount", "kind", "source")) == [
        ("Masten", Decimal("1200.50"), "total", "Kreis"),
        ("Strom", None, "total", ""),
    ]
    assert list(row.decisions.values_list("body", "reference", "decided_on", "title")) == [
        ("Kreistag", "KT-1/2024", date(2024, 3, 1), "Ja")
    ]
    assert list(row.aliases.values_list("name", flat=True)) == ["LoRa"]
    with pytest.raises(RuleBroken) as refused:
        projects.set_aliases(SYSTEM, project=project("B").public_id, aliases=["LoRa"])
    assert refused.value.code == "agenda.alias_taken"


def fresh(row: Model) -> Milestone:
    return Milestone.objects.get(pk=row.pk)


def test_a_moved_milestone_keeps_its_history_and_the_draft_follows() -> None:
    row = project()
    month()
    key = milestones.add_milestone(SYSTEM, project=row.public_id, label="Netz steht", due="2024-06")
    draft = report(APRIL, row)
    with clock.at(JUNE_3):
        milestones.move_milestone(SYSTEM, milestone=key, due="2024-Q4")
        milestones.tick_milestone(SYSTEM, milestone=key, done=True, on=date(2024, 6, 2))
    stored = Milestone.objects.get(public_id=key)
    assert (stored.due, stored.due_latest, stored.done, stored.done_on) == (
        "2024-Q4",
        date(2024, 12, 31),
        True,
        date(2024, 6, 2),
    )
    assert list(stored.shifts.values_list("month", "before", "after")) == [
        (date(2024, 6, 1), "2024-06", "2024-Q4")
    ]
    draft.refresh_from_db()
    assert draft.milestones == [
        {"label": "Netz steht", "due": "2024-Q4", "done": True, "done_on": "2024-06-02"}
    ]


def test_a_move_by_hand_and_the_report_that_tells_of_it_are_one_shift() -> None:
    row = project()
    for first, due in ((date(2024, 3, 1), "2024-06"),):
        month(first)
        report(first, row, milestones=[MilestoneValue("Netz steht", due)])
        publish_month(SYSTEM, month=first)
    month()
    report(APRIL, row)
    key = row.milestones.get().public_id
    with clock.at(JUNE_3):
        milestones.move_milestone(SYSTEM, milestone=key, due="2024-09")
    publish_month(SYSTEM, month=APRIL)
    assert list(MilestoneShift.objects.values_list("month", "before", "after")) == [
        (APRIL, "2024-06", "2024-09")
    ]


def test_milestones_are_edited_ordered_and_deleted() -> None:
    row = project()
    keys = [milestones.add_milestone(SYSTEM, project=row.public_id, label=label) for label in "ABC"]
    month()
    report(APRIL, row)
    milestones.reorder_milestones(SYSTEM, project=row.public_id, milestones=[keys[2], keys[0]])
    assert list(row.milestones.values_list("label", flat=True)) == ["C", "A", "B"]
    milestones.edit_milestone(SYSTEM, milestone=keys[0], label="A neu", due="2024-05-31", done=False)
    milestones.delete_milestone(SYSTEM, milestone=keys[1])
    assert list(row.milestones.values_list("label", "due")) == [("C", ""), ("A neu", "2024-05-31")]
    draft = Report.objects.get()
    assert [item["label"] for item in draft.milestones or []] == ["A neu", "C"]
    with pytest.raises(RuleBroken) as refused:
        milestones.add_milestone(SYSTEM, project=row.public_id, label="C")
    assert refused.value.code == "agenda.milestone_label"
    for due in ("2024-13", "Mai", "2024-02-31"):
        with pytest.raises(RuleBroken) as refused:
            milestones.move_milestone(SYSTEM, milestone=keys[0], due=due)
        assert refused.value.code == "agenda.due"


def test_done_in_the_future_is_refused() -> None:
    row = project()
    key = milestones.add_milestone(SYSTEM, project=row.public_id, label="A")
    with clock.at(JUNE_3), pytest.raises(RuleBroken) as refused:
        milestones.tick_milestone(SYSTEM, milestone=key, done=True, on=date(2024, 6, 4))
    assert refused.value.code == "agenda.done_on"
