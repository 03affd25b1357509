"""Agenda, fields, goals, bodies and documents by hand."""

import pytest

from wurt.core.action.actor import Role
from wurt.core.db.errors import ChangedMeanwhile, NotAllowed, NotFound, RuleBroken
from wurt.core.tenancy.models import Organisation
from wurt.modules.agenda.actions import agenda, bodies, fields
from wurt.modules.agenda.actions.values import MemberValue
from wurt.modules.agenda.models import Agenda, Body, BodyMember, Field, Goal, Project, StrategyDocument
from wurt.modules.agenda.tests.factories import SYSTEM, actor, county, person, project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county() -> None:
    county()


def test_there_is_one_agenda() -> None:
    with pytest.raises(RuleBroken) as refused:
        agenda.create_agenda(SYSTEM, place_slug="kreis", name="Zweite")
    assert refused.value.code == "agenda.exists"
    with pytest.raises(NotFound):
        agenda.create_agenda(SYSTEM, place_slug="nirgends", name="Zweite")


def test_texts_of_the_agenda_are_edited_by_editors_of_the_county() -> None:
    agenda.edit_agenda(actor(Role.PLACE_EDITOR), values={"motto": " Gemeinsam ", "strategy": "## Ziele"})
    row = Agenda.objects.get()
    assert (row.name, row.motto, row.strategy, row.version) == ("Digitale Agenda", "Gemeinsam", "## Ziele", 2)
    with pytest.raises(ChangedMeanwhile):
        agenda.edit_agenda(SYSTEM, values={"motto": "Allein"}, version=1)
    with pytest.raises(NotAllowed):
        agenda.edit_agenda(actor(Role.PLACE_EDITOR, place="amt"), values={"motto": "Allein"})
    with pytest.raises(RuleBroken):
        agenda.edit_agenda(SYSTEM, values={"name": " "})
    assert Agenda.objects.get().motto == "Gemeinsam"


def test_fields_are_made_ordered_merged_and_deleted_if_unused() -> None:
    coordinator = actor(Role.COORDINATOR)
    assert fields.create_field(coordinator, name="Natur & Umwelt") == "natur-umwelt"
    fields.reorder_fields(coordinator, slugs=["natur-umwelt", "verwaltung"])
    assert list(Field.objects.values_list("slug", flat=True)) == ["natur-umwelt", "verwaltung", "bildung"]
    row = project(values={"field": "bildung"})
    with pytest.raises(RuleBroken) as refused:
        fields.delete_field(coordinator, slug="bildung")
    assert refused.value.code == "agenda.field_used"
    with pytest.raises(RuleBroken) as refused:
        fields.create_field(coordinator, name="bildung")
    assert refused.value.code == "agenda.field_name"
    fields.merge_fields(coordinator, slug="bildung", into="verwaltung")
    fields.delete_field(coordinator, slug="natur-umwelt")
    assert list(Field.objects.values_list("slug", flat=True)) == ["verwaltung"]
    assert Project.objects.get(pk=row.pk).field == Field.objects.get()
    fields.edit_field(coordinator, slug="verwaltung", name="Rathaus", description="Alles dort")
    assert list(Field.objects.values_list("slug", "name", "description")) == [
        ("verwaltung", "Rathaus", "Alles dort")
    ]
    with pytest.raises(NotAllowed):
        fields.create_field(actor(Role.PLACE_EDITOR), name="Fremd")


def test_goals_are_linked_to_projects() -> None:
    first, second = project("A"), project("B")
    slug = fields.create_goal(SYSTEM, title="Teilhabe", projects=[first.public_id])
    fields.edit_goal(SYSTEM, slug=slug, title="Teilhabe", text="Für alle", projects=[second.public_id])
    goal = Goal.objects.get()
    assert (goal.text, list(goal.projects.all())) == ("Für alle", [second])
    fields.edit_goal(SYSTEM, slug=slug, title="Mitmachen")
    assert list(Goal.objects.get().projects.all()) == [second]
    fields.delete_goal(SYSTEM, slug=slug)
    assert (Goal.objects.count(), Project.objects.count()) == (0, 2)


def test_members_of_a_body_are_replaced_in_order() -> None:
    county_body, amt = Organisation.objects.order_by("-name")
    ada = person()
    slug = bodies.create_body(
        SYSTEM, kind="steering", name="Lenkungsgruppe", members=[MemberValue(amt.public_id, "Alt")]
    )
    seats = [
        MemberValue(county_body.public_id, "Leitung", ada.public_id),
        MemberValue(amt.public_id, "Technik"),
    ]
    bodies.set_members(SYSTEM, slug=slug, members=seats)
    assert list(BodyMember.objects.values_list("organisation__name", "function", "person__name")) == [
        ("Kreis Nordland", "Leitung", "Ada Beispiel"),
        ("Amt Süd", "Technik", None),
    ]
    bodies.edit_body(SYSTEM, slug=slug, kind="project", name="Projektgruppe", text="Setzt um")
    assert list(Body.objects.values_list("kind", "name", "text")) == [
        ("project", "Projektgruppe", "Setzt um")
    ]
    with pytest.raises(RuleBroken) as refused:
        bodies.edit_body(SYSTEM, slug=slug, kind="club", name="X")
    assert refused.value.code == "agenda.body_kind"
    bodies.delete_body(SYSTEM, slug=slug)
    assert (Body.objects.count(), BodyMember.objects.count()) == (0, 0)


def test_a_version_of_a_document_is_published_once() -> None:
    def add(**more: object) -> str:
        values = {"kind": "strategy", "version_name": "1.0", "content": b"%PDF-1.7 x", "file_name": "s.pdf"}
        return agenda.add_document(SYSTEM, **{**values, **more})  # type: ignore[arg-type]

    assert add() == "1.0"
    for more, code in (
        ({}, "agenda.document_version"),
        ({"version_name": "2", "content": b"\x89PNG\r\n\x1a\n"}, "files.wrong_type"),
        ({"version_name": "2", "content": b""}, "files.empty"),
        ({"version_name": "2", "kind": "poem"}, "agenda.document_kind"),
    ):
        with pytest.raises(RuleBroken) as refused:
            add(**more)
        assert refused.value.code == code
    (row,) = StrategyDocument.objects.all()
    assert (row.kind, row.version_name, row.file.name, row.file.public) == ("strategy", "1.0", "s.pdf", True)
