"""A service changes hands: plan, two signatures, everything moved once, protocol."""

from datetime import date, datetime, timedelta

import pypdfium2
import pytest
from django.test import Client

from tests.access.world import World, make_login
from wurt.core.accounts.actors import actor_of
from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.action.guard import writes_allowed
from wurt.core.db.clock import at
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.worker import drain
from wurt.core.pages.models import GlossaryTerm
from wurt.core.services import handover_queries, queries
from wurt.core.services.actions import handover as actions
from wurt.core.services.actions.operators import add_staff, set_operator
from wurt.core.services.actions.stages import invite
from wurt.core.services.models import HandOver, HandOverItem, ServiceStaff
from wurt.core.services.models import Tester as Invited
from wurt.core.services.protocol import protocol_file
from wurt.core.services.tests import toys
from wurt.core.services.tests.conftest import NOON
from wurt.core.services.tests.toys import KEY
from wurt.core.tenancy.models import Organisation, Person
from wurt.core.web.pdf_lint import lint_pdf

SYSTEM = Actor.for_system("test")
TODAY = date(2026, 3, 3)


@pytest.fixture
def taker(world: World) -> Organisation:
    with writes_allowed("test"):
        return Organisation.objects.create(
            slug="verkehrsbetrieb", name="Verkehrsbetrieb", kind="company", place=world.county
        )


@pytest.fixture
def theirs(world: World, taker: Organisation) -> Actor:
    """A person of the new operator."""
    with writes_allowed("test"):
        person = Person.objects.create(name="Antje Tewes", function="Leitung", organisation=taker)
        user = make_login("antje@verkehr.example", person)
    return actor_of(user, second_factor=True)


@pytest.fixture
def plan(world: World, taker: Organisation) -> HandOver:
    """The county runs the service with a caseworker, 450 cases and a tester; it is to go in two days."""
    body = world.organisation
    set_operator(
        SYSTEM,
        service=KEY,
        place="kreis-moorland",
        organisation=body.public_id,
        starts=date(2025, 1, 1),
    )
    add_staff(SYSTEM, service=KEY, place="kreis-moorland", person=world.person("lead").public_id)
    invite(SYSTEM, service=KEY, person=world.person("resident").public_id, organisation=body.public_id)
    toys.cases(400, world.county, body.pk)
    toys.cases(50, world.amt, body.pk)
    toys.cases(7, world.other_amt, taker.pk)
    public_id = actions.prepare_handover(
        world.actor("coordinator"),
        service=KEY,
        place="kreis-moorland",
        taker=taker.public_id,
        effective=TODAY + timedelta(days=2),
        reason="Der Verkehrsbetrieb fährt ihn ohnehin.",
        phone="0481 123",
    )
    return HandOver.objects.get(public_id=public_id)


def signed(world: World, theirs: Actor, plan: HandOver) -> None:
    actions.sign_as_giver(world.actor("coordinator"), hand_over=plan.public_id)
    actions.accept_handover(theirs, hand_over=plan.public_id, people=[theirs.public_id])


def the_day() -> datetime:
    return NOON + timedelta(days=2)


def test_everything_is_moved_once_on_its_day(world: World, theirs: Actor, plan: HandOver) -> None:
    signed(world, theirs, plan)
    assert actions.begin_handovers(SYSTEM) == 0
    assert queries.works_for(world.actor("lead"), KEY) is True
    assert queries.works_for(theirs, KEY) is False
    with at(the_day()):
        assert queries.works_for(world.actor("lead"), KEY) is False
        assert queries.works_for(theirs, KEY) is True
        assert actions.begin_handovers(SYSTEM) == 1
        assert actions.begin_handovers(SYSTEM) == 0
        drain()
        plan.refresh_from_db()
        assert plan.finished == the_day()
        assert GlossaryTerm.objects.filter(text=str(plan.taker_id)).count() == 457
        assert HandOverItem.objects.filter(hand_over=plan).count() == 451
        assert Invited.objects.get().organisation_id == plan.taker_id
        view = handover_queries.handover(theirs, plan.public_id)
        lines = {line.label: (line.waiting, line.moved) for line in view.checklist}
        assert lines["Beschwerden"] == (0, 450)
        assert actions.move_batch(SYSTEM, hand_over=plan.public_id, step=9) == 0
        operator = queries.stands(ANONYMOUS, KEY).operator
    assert operator is not None
    assert (operator.organisation, operator.phone, operator.first) == (
        "Verkehrsbetrieb",
        "0481 123",
        date(2026, 3, 5),
    )


def test_no_day_is_without_operator(world: World, theirs: Actor, plan: HandOver) -> None:
    signed(world, theirs, plan)
    names = []
    for days in range(4):
        with at(NOON + timedelta(days=days)):
            found = queries.stands(ANONYMOUS, KEY).operator
            names.append(found.organisation if found else "")
    assert names == ["Kreis Moorland"] * 2 + ["Verkehrsbetrieb"] * 2


def test_two_people_sign_one_of_each_side(world: World, theirs: Actor, plan: HandOver) -> None:
    with pytest.raises(RuleBroken) as error:
        actions.accept_handover(theirs, hand_over=plan.public_id)
    assert error.value.code == "services.not_signed"
    with pytest.raises(NotAllowed):
        actions.sign_as_giver(theirs, hand_over=plan.public_id)
    actions.sign_as_giver(world.actor("lead"), hand_over=plan.public_id)
    with pytest.raises(RuleBroken):
        actions.sign_as_giver(world.actor("coordinator"), hand_over=plan.public_id)
    with pytest.raises(NotAllowed):
        actions.accept_handover(world.actor("lead"), hand_over=plan.public_id)
    with writes_allowed("test"):
        Person.objects.filter(pk=world.person("lead").pk).update(organisation=plan.taker)
    with pytest.raises(RuleBroken) as same:
        actions.accept_handover(world.actor("lead"), hand_over=plan.public_id)
    assert same.value.code == "services.same_person"
    with pytest.raises(RuleBroken) as foreign:
        actions.accept_handover(theirs, hand_over=plan.public_id, people=[world.person("resident").public_id])
    assert foreign.value.code == "services.not_of_taker"
    assert HandOver.objects.get().taker_signed is None
    stranger = make_stranger(world)
    with pytest.raises(NotFound):
        handover_queries.handover(stranger, plan.public_id)


def make_stranger(world: World) -> Actor:
    with writes_allowed("test"):
        user = make_login("fremd@example.org", Person.objects.create(name="Fremd"))
    return actor_of(user, second_factor=True)


def test_it_can_be_cancelled_until_it_is_accepted(world: World, theirs: Actor, plan: HandOver) -> None:
    with pytest.raises(RuleBroken):
        actions.cancel_handover(SYSTEM, hand_over=plan.public_id, reason=" ")
    with pytest.raises(RuleBroken) as open_one:
        actions.prepare_handover(
            SYSTEM,
            service=KEY,
            place="kreis-moorland",
            taker=plan.taker.public_id,
            effective=TODAY,
        )
    assert open_one.value.code == "services.open_handover"
    actions.cancel_handover(world.actor("coordinator"), hand_over=plan.public_id, reason="Zu früh")
    with pytest.raises(NotAllowed):
        actions.sign_as_giver(world.actor("coordinator"), hand_over=plan.public_id)
    again = actions.prepare_handover(
        SYSTEM, service=KEY, place="kreis-moorland", taker=plan.taker.public_id, effective=TODAY
    )
    second = HandOver.objects.get(public_id=again)
    signed(world, theirs, second)
    with pytest.raises(RuleBroken):
        actions.cancel_handover(SYSTEM, hand_over=again, reason="Zu spät")
    second.refresh_from_db()
    assert second.started is not None  # its day was today
    drain()
    second.refresh_from_db()
    assert (second.finished is not None, ServiceStaff.objects.filter(ends=TODAY).count()) == (True, 1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"effective": TODAY - timedelta(days=1)}, "services.past"),
        ({"place": "amt-geest"}, "services.no_operator"),
    ],
)
def test_a_plan_that_cannot_be(
    world: World, taker: Organisation, values: dict[str, object], code: str
) -> None:
    set_operator(
        SYSTEM,
        service=KEY,
        place="kreis-moorland",
        organisation=world.organisation.public_id,
        starts=date(2025, 1, 1),
    )
    plan = {"service": KEY, "place": "kreis-moorland", "taker": taker.public_id, "effective": TODAY}
    with pytest.raises(RuleBroken) as error:
        actions.prepare_handover(SYSTEM, **(plan | values))
    assert error.value.code == code
    with pytest.raises(RuleBroken) as same:
        actions.prepare_handover(SYSTEM, **(plan | {"taker": world.organisation.public_id}))
    assert same.value.code == "services.same_body"


def test_the_protocol_is_an_accessible_paper(world: World, theirs: Actor, plan: HandOver) -> None:
    signed(world, theirs, plan)
    with at(the_day()):
        actions.begin_handovers(SYSTEM)
        drain()
        pdf = protocol_file(handover_queries.handover(theirs, plan.public_id))
    assert lint_pdf(pdf) == []
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    for words in ("Antje Tewes, Leitung", "Erika coordinator", "Fall ", "abgeschlossen", "5. März 2026"):
        assert words in text
    assert "Erika resident" not in text  # who was invited stands in no protocol
    document.close()


def test_who_must_sign_finds_it_on_the_own_page(world: World, theirs: Actor, plan: HandOver) -> None:
    assert [row.state for row in handover_queries.waiting_for(world.actor("lead"))] == ["prepared"]
    assert handover_queries.waiting_for(theirs) == ()
    assert "Übergaben, die auf Sie warten" in world.client("lead").get("/konto/").text
    actions.sign_as_giver(world.actor("lead"), hand_over=plan.public_id)
    assert [row.state for row in handover_queries.waiting_for(theirs)] == ["signed"]
    assert handover_queries.waiting_for(ANONYMOUS) == ()


def test_pages_lead_through_it(world: World, taker: Organisation, plan: HandOver) -> None:
    client: Client = world.client("coordinator")
    page = client.get(f"/verwaltung/uebergaben/{plan.public_id}/").text
    for text in ("Für Kreis Moorland unterschreiben", "450", "Übergabe abbrechen"):
        assert text in page
    assert client.post(f"/verwaltung/uebergaben/{plan.public_id}/unterschreiben/").status_code == 302
    page = client.get(f"/verwaltung/uebergaben/{plan.public_id}/").text
    assert "wartet auf die Annahme durch den neuen Betreiber" in page
    assert "Für Verkehrsbetrieb annehmen" not in page
    listed = client.get("/verwaltung/uebergaben/?state=signed").text
    assert "Rufbus" in listed
    assert "Rufbus" not in client.get("/verwaltung/uebergaben/?state=finished").text
