"""Handing in reports: complete or nothing new, what looks wrong explained, the board of the coordination."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.world import World
from wurt.core.action.actor import Role
from wurt.core.audit.models import AuditEntry
from wurt.core.db.errors import ChangedMeanwhile, NotFound, RuleBroken
from wurt.modules.agenda.actions import handing_in, remarks, reports
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.values import MilestoneValue
from wurt.modules.agenda.domain.plausibility import MilestoneCheck, ReportCheck, check_news, proposed_status
from wurt.modules.agenda.models import Project, Report
from wurt.modules.agenda.queries import desk
from wurt.modules.agenda.tests.desk_world import desk_world
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


@pytest.fixture
def nordland(db: None) -> None:
    county()


def refused(call, **arguments) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as caught:
        call(**arguments)
    return caught.value.code, caught.value.field


@pytest.mark.usefixtures("nordland")
def test_a_complete_report_is_handed_in_by_name() -> None:
    ada = person()
    month()
    row = report(APRIL, project(values={"lead": ada.public_id}), progress="Mast steht.", has_progress=True)
    lead = actor(who=ada, relations=frozenset({"lead"}))
    handing_in.hand_in_report(lead, report=row.public_id, version=row.version)
    row.refresh_from_db()
    assert (row.handed_in is not None, row.handed_in_by, row.explanations) == (True, ada, {})
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert (entry.action, entry.after) == ("agenda.hand_in_report", {"handed_in": True, "status": "green"})


@pytest.mark.usefixtures("nordland")
def test_without_status_or_progress_nothing_is_handed_in() -> None:
    month()
    row = report(APRIL, project(), status=None)
    who = {"actor": SYSTEM, "report": row.public_id}
    assert refused(handing_in.hand_in_report, **who) == ("agenda.report_incomplete", "")
    reports.edit_report(SYSTEM, report=row.public_id, values={"status": "green"})
    assert refused(handing_in.hand_in_report, **who) == ("agenda.report_incomplete", "")
    reports.edit_report(SYSTEM, report=row.public_id, values={"progress": ""})
    handing_in.hand_in_report(SYSTEM, report=row.public_id)


@pytest.mark.usefixtures("nordland")
def test_green_in_spite_of_an_overdue_milestone_needs_a_sentence_or_a_tick() -> None:
    month()
    late = [MilestoneValue("Netz steht", "2024-02")]
    row = report(APRIL, project(), progress="", milestones=late)
    told = {"green_but_overdue": "Der Mast kam früher als das Netz.", "overdue_milestone": " "}
    assert refused(handing_in.hand_in_report, actor=SYSTEM, report=row.public_id) == (
        "agenda.explanation",
        "why_green_but_overdue",
    )
    assert refused(handing_in.hand_in_report, actor=SYSTEM, report=row.public_id, explanations=told) == (
        "agenda.explanation",
        "why_overdue_milestone",
    )
    told["overdue_milestone"] = " Kommt im Mai. "
    handing_in.hand_in_report(SYSTEM, report=row.public_id, explanations={**told, "odd": "Niemand fragt."})
    row.refresh_from_db()
    assert row.explanations == {
        "green_but_overdue": "Der Mast kam früher als das Netz.",
        "overdue_milestone": "Kommt im Mai.",
    }
    done = [MilestoneValue("Netz steht", "2024-02", done=True)]
    reports.edit_report(SYSTEM, report=row.public_id, values={"milestones": done})
    handing_in.hand_in_report(SYSTEM, report=row.public_id)
    row.refresh_from_db()
    assert row.explanations == {}


@pytest.mark.usefixtures("nordland")
def test_a_change_by_the_lead_opens_it_again_one_by_the_coordination_does_not() -> None:
    ada = person()
    month()
    row = report(APRIL, project(values={"lead": ada.public_id}), progress="")
    handing_in.hand_in_report(SYSTEM, report=row.public_id)
    reports.edit_report(actor(Role.COORDINATOR), report=row.public_id, values={"progress": "Tippfehler weg"})
    row.refresh_from_db()
    assert row.handed_in is not None
    lead = actor(who=ada, relations=frozenset({"lead"}))
    reports.edit_report(lead, report=row.public_id, values={"progress": "Neu"})
    row.refresh_from_db()
    assert (row.handed_in, row.progress) == (None, "Neu")
    assert refused(handing_in.return_report, actor=lead, report=row.public_id)[0] == "agenda.not_handed_in"


@pytest.mark.usefixtures("nordland")
def test_nothing_new_is_one_answer_and_keeps_what_was_taken_over() -> None:
    row = project()
    month()
    report(
        APRIL, row, progress="Mast steht.", has_progress=True, overall_state="Halb fertig.", risks=["Wind"]
    )
    reports.open_month(SYSTEM, month=MAY)
    draft = Report.objects.get(month__month=MAY)
    key = {"report": draft.public_id, "version": draft.version}
    assert refused(handing_in.report_nothing_new, actor=SYSTEM, status="yellow", **key)[0] == (
        "agenda.status_reason"
    )
    assert refused(handing_in.report_nothing_new, actor=SYSTEM, status="", **key)[0] == (
        "agenda.report_incomplete"
    )
    handing_in.report_nothing_new(SYSTEM, status="green", **key)
    draft.refresh_from_db()
    assert (draft.status, draft.progress, draft.has_progress) == ("green", "", False)
    assert (draft.overall_state, draft.risks, draft.handed_in is not None) == ("Halb fertig.", ["Wind"], True)
    with pytest.raises(ChangedMeanwhile):
        handing_in.report_nothing_new(SYSTEM, status="green", **key)


@pytest.mark.usefixtures("nordland")
def test_the_third_report_in_a_row_that_says_the_same_has_to_be_explained() -> None:
    row = project()
    for number in (2, 3, 4):
        month(date(2024, number, 1))
        report(date(2024, number, 1), row, progress="", overall_state="Wir warten.")
    march, april = (Report.objects.get(month__month=date(2024, number, 1)) for number in (3, 4))
    handing_in.hand_in_report(SYSTEM, report=march.public_id)
    assert refused(handing_in.hand_in_report, actor=SYSTEM, report=april.public_id) == (
        "agenda.explanation",
        "why_text_unchanged",
    )
    reports.edit_report(SYSTEM, report=march.public_id, values={"progress": "Post.", "has_progress": True})
    handing_in.hand_in_report(SYSTEM, report=april.public_id)


@pytest.mark.usefixtures("nordland")
def test_a_published_month_takes_no_report_and_strangers_find_none() -> None:
    month()
    row = report(APRIL, project(), progress="")
    stranger = actor(who=person("Fremde"), relations=frozenset({"lead"}))
    with pytest.raises(NotFound):
        handing_in.hand_in_report(stranger, report=row.public_id)
    publish_month(SYSTEM, month=APRIL)
    assert refused(handing_in.hand_in_report, actor=SYSTEM, report=row.public_id)[0] == (
        "agenda.month_published"
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(2023, 1, 1), date(2025, 12, 31)), st.booleans(), st.none() | st.dates(date(2023, 1, 1)))
def test_yellow_is_proposed_exactly_if_something_has_passed(due: date, done: bool, end: date | None) -> None:
    check = ReportCheck("A", "2024-04", None, end, [MilestoneCheck("M", due.isoformat(), done)])
    passed = (due < APRIL and not done) or (end is not None and end < APRIL)
    assert proposed_status(check) == ("yellow" if passed else "green")


@pytest.mark.parametrize(("times", "count"), [(1, 0), (2, 0), (3, 1), (7, 1)])
def test_so_many_times_the_same(times: int, count: int) -> None:
    assert len(check_news(ReportCheck("A", "2024-04", "green", same_for=times))) == count


# --- the pages


@pytest.fixture
def world(writing: None, db: None) -> World:
    return desk_world()


def kinds(world: World, role: str) -> set[str]:
    """What waits for the role, apart from the milestone of 2024 that is overdue by now."""
    return {task.kind for task in desk.tasks(world.actor(role))} - {"milestone"}


MONTH = "/verwaltung/agenda/berichte/2024-04/"


def test_nothing_new_takes_three_steps(world: World) -> None:
    """From the desk: open the report, "nothing new", hand in."""
    client = world.client("lead")
    assert f"{MONTH}projekte/sensornetz/" in client.get(reverse("agenda:desk")).content.decode()
    assert (
        f"{MONTH}projekte/sensornetz/nichts-neues/"
        in client.get(f"{MONTH}projekte/sensornetz/").content.decode()
    )
    page = client.get(f"{MONTH}projekte/sensornetz/nichts-neues/").content.decode()
    assert 'value="green" ' in page.replace("checked", "")
    form = {
        "status": "green",
        "status_reason": "",
        "version": Report.objects.get(month__month=APRIL, project__title="Sensornetz").version,
    }
    answer = client.post(f"{MONTH}projekte/sensornetz/nichts-neues/", form)
    assert (answer.status_code, answer.headers["Location"]) == (302, MONTH)
    assert kinds(world, "lead") == set()


def test_the_task_changes_from_writing_to_handing_in(world: World) -> None:
    led = Report.objects.get(month__month=APRIL, project__title="Sensornetz")
    assert kinds(world, "lead") == {"write"}
    reports.edit_report(SYSTEM, report=led.public_id, values={"status": "green", "progress": ""})
    assert kinds(world, "lead") == {"hand_in"}
    assert "hand_in" not in kinds(world, "coordinator")
    handing_in.hand_in_report(SYSTEM, report=led.public_id)
    assert kinds(world, "lead") == set()


def test_the_board_shows_filters_and_exports_who_has_handed_in(world: World) -> None:
    led = Report.objects.get(month__month=APRIL, project__title="Sensornetz")
    handing_in.report_nothing_new(world.actor("lead"), report=led.public_id, status="green")
    remarks.settle_remark(world.actor("lead"), remark=world.rows["remark"])
    client = world.client("coordinator")
    page = client.get(MONTH).content.decode()
    assert "1 von 2 abgegeben." in page
    assert "Erika lead" in page
    shown = {
        stand: [
            title in client.get(f"{MONTH}?stand={stand}").content.decode()
            for title in (">Sensornetz<", ">Busse<")
        ]
        for stand in ("offen", "abgegeben", "auffaellig")
    }
    assert shown == {"offen": [False, True], "abgegeben": [True, False], "auffaellig": [False, True]}
    lines = client.get(f"{MONTH}abgaben.csv?stand=offen").content.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(";")[0]) == (2, "Busse")


def test_what_looks_wrong_is_asked_for_and_nothing_typed_is_lost(world: World) -> None:
    led = Report.objects.get(month__month=APRIL, project__title="Sensornetz")
    late = [MilestoneValue("Netz steht", "2024-02")]
    values = {"status": "green", "progress": "", "milestones": late}
    reports.edit_report(SYSTEM, report=led.public_id, values=values)
    client = world.client("lead")
    address = f"{MONTH}projekte/sensornetz/abgeben/"
    form = {"version": 2, "why_green_but_overdue": "Das Netz kommt im Mai.", "why_overdue_milestone": ""}
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert "Das Netz kommt im Mai." in answer.content.decode()
    answer = client.post(address, form | {"why_overdue_milestone": "Lieferung verspätet."})
    assert answer.status_code == 302
    page = world.client("coordinator").get(MONTH).content.decode()
    assert "Lieferung verspätet." in page
    assert Project.objects.filter(title="Sensornetz").exists()


def test_reopening_by_its_button(world: World) -> None:
    led = Report.objects.get(month__month=APRIL, project__title="Sensornetz")
    handing_in.report_nothing_new(SYSTEM, report=led.public_id, status="green")
    client: Client = world.client("lead")
    assert "Wieder öffnen" in client.get(f"{MONTH}projekte/sensornetz/").content.decode()
    client.post(f"{MONTH}projekte/sensornetz/wieder-oeffnen/")
    led.refresh_from_db()
    assert led.handed_in is None
