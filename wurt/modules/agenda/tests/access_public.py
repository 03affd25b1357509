"""Public addresses of the agenda: the same answer for every role, in the world of ``desk_world.fill``."""

from typing import Any

from tests.access.table import Answer, Row, everybody
from tests.access.world import World

PROJECT = {"slug": "sensornetz"}
HIDDEN = {"slug": "busse"}
MONTH = {"month": "2024-03"}
DRAFT = {"month": "2024-04"}
VERSION = {**MONTH, "number": 1}
FIELD = {"slug": "bildung"}

PAGES: list[tuple[str, dict[str, Any], Answer]] = [
    *((name, {}, 200) for name in (
        "home", "overview", "profiles_pdf", "months", "timeline", "milestones", "agenda_ics", "agenda_atom",
        "strategy", "bodies", "data", "projects_csv", "milestones_csv", "timeline_csv", "months_csv",
        "success", "reports_csv", "costs_csv", "decisions_csv", "goals_csv", "organisations_csv", "api_docs",
        "robots", "api:openapi-json", "api:get_agenda", "api:get_fields", "api:get_projects",
        "api:get_months", "api:get_milestones", "api:get_organisations", "api:get_goals",
        "api:get_indicators",
    )),
    ("api:get_indicator", {"key": "agenda.imports"}, 200),
    ("api:get_indicator", {"key": "gibt-es-nicht"}, 404),
    *((name, PROJECT, 200) for name in ("project", "history", "project_pdf", "project_atom", "project_ics")),
    *((name, HIDDEN, 404) for name in ("project", "history", "project_pdf", "project_atom", "project_ics")),
    *((name, FIELD, 200) for name in ("field_atom", "field_ics")),
    *((f"api:{name}", {"key": "sensornetz"}, 200) for name in ("get_project", "get_reports")),
    *((f"api:{name}", {"key": "busse"}, 404) for name in ("get_project", "get_reports")),
    ("month", MONTH, 200),
    ("month", DRAFT, 404),
    ("month_file", {**MONTH, "kind": "json"}, 200),
    ("month_file", {**DRAFT, "kind": "json"}, 404),
    ("version", VERSION, 200),
    ("version_file", {**VERSION, "kind": "csv"}, 200),
    ("original", {**MONTH, "file": "00000000-0000-4000-8000-000000000000"}, 404),
    ("body", {"slug": "lenkungsgruppe"}, 200),
    ("api:get_month", MONTH, 200),
    ("api:get_month", DRAFT, 404),
    ("api", {}, 302),
    ("desk_entry", {}, 302),
    ("api:api-root", {}, 302),
]  # fmt: skip


def _fixed(kwargs: dict[str, Any]) -> Any:
    return lambda world: kwargs


def setup(world: World) -> None:
    """Nothing beyond the world of the desk."""


ROWS = [Row(f"agenda:{name}", everybody(answer), _fixed(kwargs)) for name, kwargs, answer in PAGES]
