"""Every page of the desk answers, in German, to those who may see it, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.world import World
from wurt.modules.agenda.tests.desk_world import desk_world
from wurt.modules.agenda.urls import desk_patterns

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(writing: None) -> World:
    return desk_world()


def address(name: str, world: World) -> str:
    values = {"slug": "sensornetz", "month": "2024-04", "milestone": world.rows["milestone"]}
    values |= {"remark": world.rows["remark"], "meeting": world.rows["meeting"]}
    if "field" in name:
        values["slug"] = "bildung"
    if "goal" in name:
        values["slug"] = "mehr-wissen"
    if "bod" in name or "members" in name:
        values["slug"] = "lenkungsgruppe"
    pattern = next(p for p in desk_patterns if p.name == name)
    used = {key: values[key] for key in pattern.pattern.converters}
    return reverse(f"agenda:{name}", kwargs=used)


POSTS = {
    "desk_visibility",
    "desk_milestone_button",
    "desk_reopen",
    "desk_field_button",
    "desk_remark_settle",
}
PAGES = [p.name for p in desk_patterns if p.name not in POSTS | {"desk_entry"}]  # that one only leads on


@pytest.mark.parametrize("name", PAGES)
def test_page_answers_the_coordinator_and_sends_strangers_to_the_login(name: str, world: World) -> None:
    url = address(name, world)
    page = world.client("coordinator").get(url)
    assert page.status_code == 200
    answer = world.client("anonymous").get(url)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))
    assert world.client("resident").get(url).status_code == 403


@pytest.mark.parametrize("name", sorted(POSTS))
def test_buttons_take_no_get(name: str, world: World) -> None:
    assert world.client("coordinator").get(address(name, world)).status_code == 405


def test_lead_sees_own_projects_only(world: World) -> None:
    client: Client = world.client("lead")
    page = client.get(reverse("agenda:desk_projects"))
    assert b"Sensornetz" in page.content
    assert b"Busse" not in page.content
    assert client.get(reverse("agenda:desk_project", args=["busse"])).status_code == 404
    assert client.get(reverse("agenda:desk_profile", args=["sensornetz"])).status_code == 200
    assert client.get(reverse("agenda:desk_people", args=["sensornetz"])).status_code == 403
    assert client.get(reverse("agenda:desk_fields")).status_code == 403
    month = client.get(reverse("agenda:desk_month", args=["2024-04"]))
    assert b"Sensornetz" in month.content
    assert b"Busse" not in month.content
    assert client.get(reverse("agenda:desk_report", args=["2024-04", "busse"])).status_code == 404
    assert client.get(reverse("agenda:desk_report", args=["2024-03", "sensornetz"])).status_code == 403
    assert client.get(reverse("agenda:desk_month_publish", args=["2024-04"])).status_code == 404
