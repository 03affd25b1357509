"""A project promised a service: its page says so, and its report is offered what changed."""

from datetime import date

import pytest
from django.test import Client

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.services.actions.stages import set_promises, set_stage
from wurt.core.services.promises import promised_by
from wurt.core.services.tests import toys
from wurt.modules.agenda.models import Project
from wurt.modules.agenda.queries.services import stage_sentences
from wurt.modules.agenda.tests import factories
from wurt.modules.agenda.views.desk_services import refills

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.for_system("test")


@pytest.fixture
def project() -> Project:
    toys.register()
    factories.county()
    row = factories.project("Busshuttle")
    place = row.place.slug
    with writes_allowed("test"):
        Project.objects.filter(pk=row.pk).update(public_since="2024-01-01T00:00:00Z")
    key = str(row.public_id)
    set_promises(SYSTEM, service=toys.KEY, topics=[("agenda.project", key), ("agenda.project", key)])
    for stage, day in (
        ("preparation", date(2024, 3, 31)),
        ("pilot", date(2024, 4, 1)),
        ("live", date(2024, 4, 30)),
    ):
        set_stage(SYSTEM, service=toys.KEY, place=place, stage=stage, starts=day, reason="Weil.")
    yield row
    toys.unregister()


def test_both_pages_name_each_other(project: Project) -> None:
    assert [fact.url for fact in promised_by(ANONYMOUS, toys.KEY)] == [f"/projekte/{project.slug}/"]
    page = Client().get(f"/projekte/{project.slug}/").text
    assert "Dienste dieses Projekts" in page
    assert "/dienste/rufbus/" in page
    assert project.name in Client().get("/dienste/rufbus/").text
    set_promises(SYSTEM, service=toys.KEY, topics=[])
    assert "Dienste dieses Projekts" not in Client().get(f"/projekte/{project.slug}/").text


def test_the_month_offers_its_own_changes_only(project: Project) -> None:
    found = stage_sentences(SYSTEM, project.public_id, date(2024, 4, 1))
    assert [day for day, _text in found] == [date(2024, 4, 1), date(2024, 4, 30)]
    assert found[0][1] == "„Rufbus“: seit dem 1. April 2024 im Pilotbetrieb."
    assert stage_sentences(SYSTEM, project.public_id, date(2024, 5, 1)) == []


def test_taking_over_adds_once_and_loses_nothing(project: Project) -> None:
    buttons = refills(stage_sentences(SYSTEM, project.public_id, date(2024, 4, 1)))
    once = buttons["stage_text"]({"progress": "Die Busse fahren.", "risks": ["x"]})
    assert once["progress"].startswith("Die Busse fahren.\n\n„Rufbus“")
    assert buttons["stage_text"](once) == once
    rows = buttons["stage_milestones"]({"milestones": [{"label": "Start"}, {"label": ""}]})["milestones"]
    assert [row["label"][:8] for row in rows] == ["Start", "„Rufbus“", "„Rufbus“"]
    assert (rows[1]["due"], rows[1]["done"]) == ("2024-04-01", True)
    assert len(buttons["stage_milestones"]({"milestones": rows})["milestones"]) == 3
