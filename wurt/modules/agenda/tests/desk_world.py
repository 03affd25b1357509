"""The small county of tests/access with an agenda: two projects, a published month and a draft."""

from datetime import UTC, date, datetime
from typing import Any

from tests.access.world import World, make_world
from wurt.core.action.actor import Actor
from wurt.modules.agenda.actions.agenda import create_agenda
from wurt.modules.agenda.actions.bodies import create_body
from wurt.modules.agenda.actions.fields import create_field, create_goal
from wurt.modules.agenda.actions.meetings import plan_meeting
from wurt.modules.agenda.actions.milestones import add_milestone
from wurt.modules.agenda.actions.projects import create_project
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.remarks import remark
from wurt.modules.agenda.actions.reports import create_report, open_month
from wurt.modules.agenda.actions.values import MemberValue
from wurt.modules.agenda.models import Report

SYSTEM = Actor.for_system("test")
MARCH, APRIL = date(2024, 3, 1), date(2024, 4, 1)


def desk_world() -> World:
    """``rows``: led and other (public ids of projects), milestone (public id). Needs the guard lifted."""
    world = make_world()
    fill(world)
    return world


def fill(world: World) -> None:
    """The agenda of the world: the lead leads "Sensornetz", nobody leads "Busse" (not public)."""
    create_agenda(SYSTEM, place_slug=world.county.slug, name="Digitale Agenda")
    create_field(SYSTEM, name="Bildung")
    create_field(SYSTEM, name="Verkehr")
    led: Any = create_project(
        SYSTEM,
        title="Sensornetz",
        state="running",
        values={"field": "bildung", "lead": world.person("lead").public_id, "start": date(2024, 1, 1)},
    )
    other = create_project(SYSTEM, title="Busse", state="running", values={"start": date(2024, 4, 2)})
    milestone = add_milestone(SYSTEM, project=led, label="Netz steht", due="2024-06")
    create_goal(SYSTEM, title="Mehr wissen", projects=[led])
    create_body(
        SYSTEM,
        kind="steering",
        name="Lenkungsgruppe",
        members=[MemberValue(world.organisation.public_id, "Leitung")],
    )
    open_month(SYSTEM, month=MARCH, prefill=False)
    create_report(
        SYSTEM,
        month=MARCH,
        project=led,
        values={"status": "green", "progress": "Ein Mast steht.", "has_progress": True},
    )
    publish_month(SYSTEM, month=MARCH)
    open_month(SYSTEM, month=APRIL)
    report = Report.objects.get(month__month=APRIL, project__public_id=led).public_id
    said = remark(SYSTEM, report=report, part="progress", text="Welcher Mast ist gemeint?")
    meeting = plan_meeting(SYSTEM, body="lenkungsgruppe", starts=datetime(2024, 5, 14, 7, tzinfo=UTC))
    world.rows |= {"meeting": meeting}
    world.rows |= {"led": led, "other": other, "milestone": milestone, "remark": said}
