"""Months and reports by hand."""

from datetime import date

import pytest

from wurt.core.action.actor import Role
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.modules.agenda.actions import milestones, reports
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.values import MilestoneValue
from wurt.modules.agenda.models import Month, Report
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


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def test_an_opened_month_starts_from_profile_and_last_report() -> None:
    row = project()
    project("Geplant", state="planned", values={})
    project("Beginnt später", values={"start": date(2024, 6, 1)})
    month()
    report(
        APRIL,
        row,
        status="red",
        status_reason="Sturm",
        progress="Mast steht.",
        has_progress=True,
        overall_state="Bisher wenig.",
        risks=["Wind"],
        next_activities=["Messen"],
        milestones=[MilestoneValue("Netz steht", "2024-06")],
    )
    assert reports.open_month(SYSTEM, month=date(2024, 5, 17)) == "2024-05"
    (draft,) = Month.objects.get(month=MAY).reports.all()
    assert (draft.project, draft.title, draft.goal, draft.start) == (row, "Sensornetz", "Messen", row.start)
    assert (draft.status, draft.status_reason, draft.progress, draft.has_progress) == (None, "", None, False)
    assert (draft.overall_state, draft.risks, draft.next_activities) == (
        "Bisher wenig.",
        ["Wind"],
        ["Messen"],
    )
    assert draft.milestones == [{"label": "Netz steht", "due": "2024-06", "done": False, "done_on": None}]
    with pytest.raises(RuleBroken) as refused:
        reports.open_month(SYSTEM, month=MAY)
    assert refused.value.code == "agenda.month_open"


def test_milestones_changed_after_publishing_come_into_the_next_month() -> None:
    row = project()
    month()
    report(APRIL, row, milestones=[MilestoneValue("Netz steht", "2024-06")])
    publish_month(SYSTEM, month=APRIL)
    milestones.move_milestone(SYSTEM, milestone=row.milestones.get().public_id, due="2024-08")
    reports.open_month(SYSTEM, month=MAY)
    assert Report.objects.get(month__month=MAY).milestones == [
        {"label": "Netz steht", "due": "2024-08", "done": False, "done_on": None}
    ]


def test_a_status_that_nobody_gave_stays_open_and_others_need_a_reason() -> None:
    row = project()
    month()
    key = reports.create_report(SYSTEM, month=APRIL, project=row.public_id)
    assert Report.objects.get().status is None
    for status in ("yellow", "red"):
        with pytest.raises(RuleBroken) as refused:
            reports.edit_report(SYSTEM, report=key, values={"status": status})  # type: ignore[typeddict-item]
        assert refused.value.code == "agenda.status_reason"
    with pytest.raises(RuleBroken) as refused:
        reports.edit_report(SYSTEM, report=key, values={"status": "blue"})  # type: ignore[typeddict-item]
    assert refused.value.code == "agenda.status"
    with pytest.raises(RuleBroken) as refused:
        reports.edit_report(SYSTEM, report=key, values={"has_progress": True, "progress": " "})
    assert refused.value.code == "agenda.progress"
    assert (Report.objects.get().status, Report.objects.get().has_progress) == (None, False)
    reports.edit_report(SYSTEM, report=key, values={"status": "yellow", "status_reason": " Wetter "})
    stored = Report.objects.get()
    assert (stored.status, stored.status_reason, stored.hand_edited) == (
        "yellow",
        "Wetter",
        ["status", "status_reason"],
    )


def test_one_report_per_project_and_month() -> None:
    row = project()
    month()
    report(APRIL, row)
    with pytest.raises(RuleBroken) as refused:
        reports.create_report(SYSTEM, month=APRIL, project=row.public_id)
    assert refused.value.code == "agenda.report_exists"


def test_a_lead_writes_own_drafts_only() -> None:
    ada = person()
    own, other = project(values={"lead": ada.public_id}), project("Fremd")
    month()
    mine, theirs = report(APRIL, own), report(APRIL, other)
    lead = actor(who=ada, relations=frozenset({"lead"}))
    reports.edit_report(lead, report=mine.public_id, values={"progress": "Neu", "has_progress": True})
    before = AuditEntry.objects.count()
    with pytest.raises(NotFound):
        reports.edit_report(lead, report=theirs.public_id, values={"progress": "Fremd"})
    with pytest.raises(NotAllowed):
        reports.delete_report(lead, report=mine.public_id)
    assert AuditEntry.objects.count() == before
    publish_month(SYSTEM, month=APRIL)
    with pytest.raises(NotAllowed) as refused:
        reports.edit_report(lead, report=mine.public_id, values={"progress": "Zu spät"})
    assert refused.value.code == "agenda.edit_report:draft"
    reports.edit_report(actor(Role.COORDINATOR), report=mine.public_id, values={"progress": "Berichtigt"})
    assert Report.objects.get(pk=mine.pk).progress == "Berichtigt"


def test_stale_report_is_refused() -> None:
    row = project()
    month()
    draft = report(APRIL, row)
    reports.edit_report(SYSTEM, report=draft.public_id, values={"progress": "A"}, version=draft.version)
    with pytest.raises(ChangedMeanwhile):
        reports.edit_report(SYSTEM, report=draft.public_id, values={"progress": "B"}, version=draft.version)
    assert Report.objects.get().progress == "A"


def test_a_published_month_cannot_be_deleted_a_draft_can() -> None:
    row = project()
    month()
    report(APRIL, row)
    publish_month(SYSTEM, month=APRIL)
    month(MAY)
    with pytest.raises(RuleBroken) as refused:
        reports.delete_month(SYSTEM, month=APRIL)
    assert refused.value.code == "agenda.month_published"
    reports.delete_month(SYSTEM, month=MAY)
    assert list(Month.objects.values_list("month", flat=True)) == [APRIL]


def test_absent_milestones_stay_absent_and_names_are_unique() -> None:
    row = project()
    month()
    draft = report(APRIL, row, milestones=None)
    assert draft.milestones is None
    twice = [MilestoneValue("A"), MilestoneValue("A")]
    with pytest.raises(RuleBroken) as refused:
        reports.edit_report(SYSTEM, report=draft.public_id, values={"milestones": twice})
    assert refused.value.code == "agenda.milestone_label"
