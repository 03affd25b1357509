"""Stages: where and when which one holds, who gets in, what the others read."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.access.world import World
from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.audit.models import AuditEntry
from wurt.core.db.clock import at
from wurt.core.db.errors import NotAllowed, NotFound, RuleBroken
from wurt.core.outbox.models import Delivery
from wurt.core.services import desk_queries, queries
from wurt.core.services.actions.operators import add_staff, end_staff, set_operator, withdraw_operator
from wurt.core.services.actions.stages import invite, set_stage, tell_begun, uninvite, withdraw_stage
from wurt.core.services.models import ServiceStage
from wurt.core.services.registry import owner_of
from wurt.core.services.stages import Period, Stage, holding, periods, way_up
from wurt.core.services.tests.conftest import NOON
from wurt.core.services.tests.toys import KEY

SYSTEM = Actor.for_system("test")
TODAY = date(2026, 3, 3)


def put(stage: str, starts: date = TODAY, place: str = "kreis-moorland", **more: object) -> object:
    return set_stage(SYSTEM, service=KEY, place=place, stage=stage, starts=starts, **more)


class _Row:
    def __init__(self, place_id: int, starts: date) -> None:
        self.place_id, self.starts = place_id, starts


@given(st.sets(st.tuples(st.integers(1, 3), st.integers(0, 700)), max_size=12))
def test_from_the_first_day_on_exactly_one_row_holds(numbers: set[tuple[int, int]]) -> None:
    marks = {(place, date(2020, 1, 1) + timedelta(days=number)) for place, number in numbers}
    found = periods(_Row(place, starts) for place, starts in marks)
    for place in {place for place, _starts in marks}:
        days = [starts for other, starts in marks if other == place]
        for day in (min(days) + timedelta(days=step) for step in range(0, 800, 7)):
            wanted = max(starts for starts in days if starts <= day)
            assert [one.row.starts for one in found[place] if one.holds(day)] == [wanted]
        assert holding(found, place, min(days) - timedelta(days=1)) is None
        assert found[place][-1].last is None


def test_the_way_up_ends_even_in_a_circle() -> None:
    assert way_up(1, {1: 2, 2: 3, 3: None}) == [1, 2, 3]
    assert way_up(1, {1: 2, 2: 1}) == [1, 2]
    assert way_up(None, {}) == []
    assert Period(None, TODAY, TODAY).holds(TODAY + timedelta(days=1)) is False


def test_the_most_specific_place_wins_and_may_go_back(world: World) -> None:
    assert queries.service_open(ANONYMOUS, KEY) is False
    put("live", place="amt-geest")
    assert queries.service_open(ANONYMOUS, KEY, world.amt.pk) is True
    assert queries.service_open(ANONYMOUS, KEY, world.other_amt.pk) is False
    assert queries.service_open(ANONYMOUS, KEY) is True
    put("live", date(2026, 2, 1))
    put("ended", date(2026, 3, 1), place="amt-marsch")
    assert queries.service_open(ANONYMOUS, KEY, world.other_amt.pk) is False
    put("inherit", date(2026, 3, 2), place="amt-marsch")
    assert queries.service_open(ANONYMOUS, KEY, world.other_amt.pk) is True
    assert queries.service_open(ANONYMOUS, "gibt-es-nicht") is False


def test_a_day_has_one_stage_and_what_was_withdrawn_stays_readable(world: World) -> None:
    first = put("test")
    with pytest.raises(RuleBroken) as error:
        put("live")
    assert error.value.code == "services.same_day"
    with pytest.raises(RuleBroken):
        withdraw_stage(SYSTEM, stage=first, reason=" ")
    withdraw_stage(SYSTEM, stage=first, reason="Verschrieben")
    with pytest.raises(RuleBroken) as again:
        withdraw_stage(SYSTEM, stage=first, reason="noch einmal")
    assert again.value.code == "services.withdrawn"
    put("live")
    rows = desk_queries.desk_service(world.actor("coordinator"), KEY).stages
    assert [(row.stage, row.withdrawn_reason, row.holds) for row in rows] == [
        (Stage.LIVE, "", True),
        (Stage.TEST, "Verschrieben", False),
    ]


def test_nothing_lies_above_the_county_and_nobody_else_may(world: World) -> None:
    with pytest.raises(RuleBroken):
        put("inherit")
    with pytest.raises(NotFound):
        set_stage(SYSTEM, service="nix", place="amt-geest", stage="live", starts=TODAY)
    with pytest.raises(NotAllowed):
        set_stage(world.actor("place_editor"), service=KEY, place="amt-geest", stage="live", starts=TODAY)
    assert ServiceStage.objects.count() == 0


def test_who_gets_into_a_test_and_a_pilot(world: World) -> None:
    put("test", roles=["coordinator"])
    resident = world.person("resident")
    assert queries.service_open(world.actor("coordinator"), KEY) is True
    assert queries.service_open(world.actor("resident"), KEY) is False
    invitation = invite(SYSTEM, service=KEY, person=resident.public_id)
    assert invite(SYSTEM, service=KEY, person=resident.public_id) == invitation
    assert queries.service_open(world.actor("resident"), KEY) is True
    put("pilot", TODAY, place="amt-geest", invited_only=True)
    assert queries.service_open(ANONYMOUS, KEY, world.amt.pk) is False
    assert queries.service_open(world.actor("resident"), KEY, world.amt.pk) is True
    uninvite(SYSTEM, tester=invitation)
    assert queries.service_open(world.actor("resident"), KEY, world.amt.pk) is False
    put("pilot", TODAY, place="amt-marsch")
    assert queries.service_open(ANONYMOUS, KEY, world.other_amt.pk) is True


def test_the_gate_explains_and_answers_sensibly(world: World, client: Client) -> None:
    unheard = client.get("/suche/")
    assert (unheard.status_code, "Rufbus" in unheard.text) == (404, False)
    put("preparation", reason="Die Busse sind bestellt.", expected="voraussichtlich im Herbst 2026")
    page = client.get("/suche/")
    assert page.status_code == 404
    assert page["Cache-Control"] == "no-store"
    for text in (
        "Dieser Dienst ist noch nicht geöffnet",
        "Herbst 2026",
        "0481 97-0",
        "Die Busse sind bestellt",
    ):
        assert text in page.text
    put("live", date(2026, 4, 1))
    assert "Ab 1. April 2026: in Betrieb." in client.get("/suche/").text
    invite(SYSTEM, service=KEY, person=world.person("resident").public_id)
    assert world.client("resident").get("/suche/").status_code == 200
    put("ended", TODAY - timedelta(days=1))
    rows = desk_queries.desk_service(world.actor("coordinator"), KEY).stages
    withdraw_stage(SYSTEM, stage=next(row.public_id for row in rows if row.first == TODAY), reason="x")
    assert client.get("/suche/").status_code == 410
    assert client.post("/suche/").status_code == 410


def test_the_desk_is_never_shut_and_names_win_over_prefixes() -> None:
    assert owner_of("/verwaltung/suche/", "search:desk") is None
    found = owner_of("/suche/", "search:page")
    assert found is not None
    assert found.key == KEY
    assert owner_of("/kontakt/", "pages:page") is None
    assert owner_of("/", "") is None


def test_the_public_page_says_stage_operator_and_what_comes(world: World, client: Client) -> None:
    assert client.get(f"/dienste/{KEY}/").status_code == 404
    put("pilot", date(2026, 1, 1), place="amt-geest", reason="Zwei Busse.")
    put("preparation", date(2025, 6, 1))
    put("live", date(2026, 9, 1), decision="Kreistag, TOP 7")
    set_operator(
        SYSTEM,
        service=KEY,
        place="kreis-moorland",
        organisation=world.organisation.public_id,
        starts=date(2025, 6, 1),
        phone="0481 97-0",
    )
    page = client.get(f"/dienste/{KEY}/").text
    for text in (
        "in Vorbereitung",
        "seit 1. Juni 2025",
        "Ab 1. September 2026: in Betrieb",
        "Amt Geest",
        "0481 97-0",
    ):
        assert text in page
    there = client.get(f"/dienste/{KEY}/?ort=amt-geest").text
    assert "im Pilotbetrieb" in there
    assert "Zwei Busse." in there
    assert client.get(f"/dienste/{KEY}/?ort=nirgends").status_code == 404
    assert "Rufbus" in client.get("/dienste/").text
    assert "/dienste/" in client.get("/dienste/").text


def test_operators_follow_each_other_without_a_gap(world: World) -> None:
    body = world.organisation.public_id
    set_operator(SYSTEM, service=KEY, place="kreis-moorland", organisation=body, starts=date(2026, 1, 1))
    second = set_operator(
        SYSTEM, service=KEY, place="kreis-moorland", organisation=body, starts=date(2026, 3, 1), phone="2"
    )
    rows = desk_queries.desk_service(world.actor("county_admin"), KEY).operators
    assert [(row.first, row.last) for row in rows] == [
        (date(2026, 3, 1), None),
        (date(2026, 1, 1), date(2026, 2, 28)),
    ]
    with pytest.raises(RuleBroken):
        set_operator(SYSTEM, service=KEY, place="kreis-moorland", organisation=body, starts=date(2026, 3, 1))
    withdraw_operator(SYSTEM, operator=second, reason="Doch nicht")
    standing = queries.stands(ANONYMOUS, KEY)
    assert standing.operator is not None
    assert (standing.operator.first, standing.operator.last) == (date(2026, 1, 1), None)


def test_who_works_for_the_operator(world: World) -> None:
    person = world.person("resident")
    with pytest.raises(RuleBroken):
        add_staff(SYSTEM, service=KEY, place="kreis-moorland", person=person.public_id)
    set_operator(
        SYSTEM,
        service=KEY,
        place="kreis-moorland",
        organisation=world.organisation.public_id,
        starts=date(2026, 1, 1),
    )
    staff = add_staff(SYSTEM, service=KEY, place="kreis-moorland", person=person.public_id)
    assert queries.works_for(world.actor("resident"), KEY) is True
    assert queries.works_for(world.actor("resident"), KEY, world.amt.pk) is True
    assert queries.works_for(world.actor("lead"), KEY) is False
    assert queries.works_for(ANONYMOUS, KEY) is False
    end_staff(SYSTEM, staff=staff)
    assert queries.works_for(world.actor("resident"), KEY) is False


def test_a_plan_is_told_on_its_day_and_old_history_to_nobody(world: World) -> None:
    def orders() -> int:
        return Delivery.objects.filter(handler__endswith="services.handlers.tell_followers").count()

    put("live", date(2020, 1, 1))
    put("pilot", date(2026, 3, 4), place="amt-geest")
    assert orders() == 0
    put("ended", TODAY, place="amt-marsch")
    assert orders() == 1
    assert tell_begun(SYSTEM) == 0
    with at(NOON + timedelta(days=1)):
        assert tell_begun(SYSTEM) == 1
        assert tell_begun(SYSTEM) == 0
    assert orders() == 2


def test_the_matrix_shows_own_and_taken_stages(world: World) -> None:
    put("pilot", place="amt-geest")
    put("preparation")
    matrix = desk_queries.matrix(world.actor("steering_member"))
    assert matrix.places == ("Kreis Moorland", "Amt Geest")
    row = next(row for row in matrix.rows if row.key == KEY)
    assert [(cell.stage, cell.own) for cell in row.cells] == [
        (Stage.PREPARATION, True),
        (Stage.PILOT, True),
    ]
    agenda = next(row for row in matrix.rows if row.key == "agenda")
    assert [(cell.stage, cell.own) for cell in agenda.cells] == [(Stage.LIVE, False), (Stage.LIVE, False)]
    only = desk_queries.matrix(world.actor("steering_member"), stage="pilot")
    assert [row.key for row in only.rows] == [KEY]
    assert desk_queries.matrix(world.actor("steering_member"), text="RUF").rows[0].key == KEY


def test_setting_a_stage_leaves_its_trace(world: World) -> None:
    set_stage(
        world.actor("coordinator"), service=KEY, place="amt-geest", stage="live", starts=TODAY, reason="Los."
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.after["stage"], entry.after["place"]) == (
        "services.set_stage",
        "live",
        "amt-geest",
    )
