"""Who gets what at the desk of the agenda. Its world: the lead leads "Sensornetz", nobody leads "Busse"."""

from typing import Any

from tests.access.table import Answer, Row, desk, everybody
from tests.access.world import World
from wurt.modules.agenda.models import Report

READERS = ("lead", "project_group", "steering_member", "coordinator")
HIDDEN: dict[str, Answer] = {"place_editor": 404}  # an editor of an Amt sees the Amt's projects only

LISTS = desk(200, *READERS, "place_editor")
PROJECT = desk(200, *READERS) | HIDDEN
EDIT = desk(200, "lead", "coordinator") | HIDDEN
MANAGE = desk(200, "coordinator") | HIDDEN
SETTINGS = desk(200, "coordinator")
MONTH = (
    desk(200, "coordinator") | HIDDEN | {"lead": 404}
)  # a draft month is invisible to those who may not read it

MEETINGS = desk(200, "project_group", "steering_member", "coordinator") | HIDDEN
MEETING_LISTS = MEETINGS | {"place_editor": 200}  # nothing in them that an Amt may see
RUN = desk(200, "coordinator") | HIDDEN | {"lead": 404}
WITHDRAW = MONTH | {"place_editor": 403, "lead": 403}


def _posted(answers: dict[str, Answer], answer: Answer = 302) -> dict[str, Answer]:
    sent = {role: answer if value == 200 else value for role, value in answers.items()}
    return sent | {"anonymous": 403}


def _project(world: World) -> dict[str, Any]:
    return {"slug": "sensornetz"}


def _milestone(world: World) -> dict[str, Any]:
    return {"slug": "sensornetz", "milestone": world.rows["milestone"]}


def _month(world: World) -> dict[str, Any]:
    return {"month": "2024-04"}


def _published(world: World) -> dict[str, Any]:
    return {"month": "2024-03"}


def _report(world: World) -> dict[str, Any]:
    return {"month": "2024-04", "slug": "sensornetz"}


def _remark(world: World) -> dict[str, Any]:
    return {"remark": world.rows["remark"]}


def _meeting(world: World) -> dict[str, Any]:
    return {"meeting": world.rows["meeting"]}


def _deciding(world: World) -> dict[str, Any]:
    return {"meeting": world.rows["meeting"], "month": "2024-04"}


def _slug(slug: str) -> Any:
    return lambda world: {"slug": slug}


def _data(**values: Any) -> Any:
    return lambda world: values


def _rows(name: str, **values: Any) -> dict[str, Any]:
    return {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0", **values}


def _approve_all(world: World) -> dict[str, Any]:
    keys = Report.objects.filter(month__month="2024-04-01").values_list("public_id", flat=True)
    return {f"outcome_{key.hex}": "approved" for key in keys}


LEAVES = {
    "desk_profile": EDIT,
    "desk_costs": EDIT,
    "desk_measures": EDIT,
    "desk_decisions": EDIT,
    "desk_aliases": EDIT,
    "desk_milestone_new": EDIT,
    "desk_people": MANAGE,
    "desk_state": MANAGE,
    "desk_rename": MANAGE,
    "desk_project_delete": MANAGE,
    "desk_project": PROJECT,
    "desk_history": PROJECT,
    "desk_milestones": PROJECT,
}
_REPORT = {"status": "green", "has_progress": "no", **_rows("milestones")}
_SEND: list[tuple[str, dict[str, Answer], Any, dict[str, Any]]] = [
    ("desk_profile", EDIT, _project, {"goal": "Neu"}),
    ("desk_costs", EDIT, _project, _rows("costs")),
    ("desk_measures", EDIT, _project, _rows("measures")),
    ("desk_goal_measures", SETTINGS, _slug("mehr-wissen"), _rows("measures")),
    ("desk_rename", MANAGE, _project, {"title": "Messnetz"}),
    ("desk_state", MANAGE, _project, {"step": "complete", "on": "2024-05-01"}),
    ("desk_visibility", MANAGE, _project, {"public": "yes"}),
    ("desk_milestone_button", EDIT, _milestone, {"step": "done"}),
    ("desk_project_new", SETTINGS, _data(), {"title": "Neu", "state": "planned"}),
    ("desk_month_open", SETTINGS, _data(), {"month": "2024-05"}),
    ("desk_month_publish", MONTH, _month, {"sure": "on"}),
    ("desk_month_withdraw", WITHDRAW, _published, {"note": "Falscher Monat"}),
    ("desk_report", EDIT, _report, _REPORT),
    ("desk_reopen", EDIT, _report, {}),
    ("desk_remark_settle", EDIT, _remark, {}),
    ("desk_nothing_new", EDIT, _report, {"status": "green"}),
    ("desk_report_delete", MONTH, _report, {}),
    ("desk_field_button", SETTINGS, _slug("bildung"), {"step": "up"}),
    ("desk_meeting_new", SETTINGS, _data(), {"body": "lenkungsgruppe", "starts": "2024-06-11T09:00"}),
    ("desk_meeting_edit", RUN, _meeting, {"starts": "2024-05-14T10:00"}),
    ("desk_meeting_cancel", RUN, _meeting, {}),
    ("desk_meeting_minutes", RUN, _meeting, {"minutes": "Alles besprochen.", "sure": "on"}),
    ("desk_rounds", SETTINGS, _data(), {"opens": "6", "days": "10", "every": "1", "back": "1"}),
    (
        "desk_strategy",
        SETTINGS,
        _data(),
        {"name": "A", "licence": "B", "licence_url": "https://example.org/"},
    ),
]

ROWS = [
    Row("agenda:desk", LISTS),
    Row("agenda:desk_projects", LISTS),
    Row("agenda:desk_projects_csv", LISTS),
    Row("agenda:desk_months", LISTS),
    Row("agenda:desk_project_new", SETTINGS),
    Row("agenda:desk_month_open", SETTINGS),
    *(Row(f"agenda:{name}", answers, _project) for name, answers in LEAVES.items()),
    Row("agenda:desk_milestone", EDIT, _milestone),
    Row("agenda:desk_month", PROJECT, _month),
    Row("agenda:desk_month_intro", MONTH, _month),
    Row("agenda:desk_month_publish", MONTH, _month),
    Row("agenda:desk_month_delete", MONTH, _month),
    Row("agenda:desk_month_withdraw", MONTH, _month),
    Row("agenda:desk_report_add", MONTH, _month),
    Row("agenda:desk_report", EDIT, _report),
    Row("agenda:desk_report_read", PROJECT, _report),
    Row("agenda:desk_report_read", _posted(PROJECT), _report, "POST", _data(text="Stimmt das?")),
    Row("agenda:desk_hand_in", EDIT, _report),
    Row("agenda:desk_nothing_new", EDIT, _report),
    Row("agenda:desk_month_csv", PROJECT, _month),
    Row("agenda:desk_report_delete", MONTH, _report),
    *(
        Row(f"agenda:{name}", SETTINGS)
        for name in (
            "desk_fields",
            "desk_field_new",
            "desk_goals",
            "desk_goal_new",
            "desk_bodies",
            "desk_body_new",
        )
    ),
    *(
        Row(f"agenda:{name}", SETTINGS)
        for name in ("desk_rounds", "desk_strategy", "desk_documents", "desk_document_new")
    ),
    *(Row(f"agenda:{name}", SETTINGS, _slug("bildung")) for name in ("desk_field", "desk_field_merge")),
    *(
        Row(f"agenda:{name}", SETTINGS, _slug("mehr-wissen"))
        for name in ("desk_goal", "desk_goal_delete", "desk_goal_measures")
    ),
    *(
        Row(f"agenda:{name}", SETTINGS, _slug("lenkungsgruppe"))
        for name in ("desk_body", "desk_members", "desk_body_delete")
    ),
    Row("agenda:desk_meetings", MEETING_LISTS),
    Row("agenda:desk_meetings_csv", MEETING_LISTS),
    Row("agenda:desk_meeting_new", SETTINGS),
    Row("agenda:desk_meeting", MEETINGS | {"lead": 404}, _meeting),
    *(
        Row(f"agenda:{name}", RUN, _meeting)
        for name in ("desk_meeting_edit", "desk_meeting_cancel", "desk_meeting_minutes")
    ),
    Row("agenda:desk_meeting_decide", RUN, _deciding),
    Row("agenda:desk_meeting_decide", _posted(RUN), _deciding, "POST", _approve_all),
    Row("agenda:desk_visibility", everybody(405), _project),
    Row("agenda:desk_reopen", everybody(405), _report),
    Row("agenda:desk_milestone_button", everybody(405), _milestone),
    Row("agenda:desk_field_button", everybody(405), _slug("bildung")),
    # The draft states no status yet, so that nobody can hand it in: 409 for those who may write it.
    Row("agenda:desk_hand_in", _posted(EDIT, 409), _report, "POST", _data()),
    *(
        Row(f"agenda:{name}", _posted(answers), kwargs, "POST", _data(**values))
        for name, answers, kwargs, values in _SEND
    ),
]
