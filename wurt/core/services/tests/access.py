"""Who gets what at the addresses of services."""

from datetime import UTC, date, datetime

from tests.access.table import FACTOR, LOGIN, Row, desk, everybody
from tests.access.world import ROLES, World
from wurt.core.services.models import HandOver, ServiceOperator, ServiceStaff, ServiceStage, Tester
from wurt.core.tenancy.models import Organisation

READERS = ("coordinator", "place_editor", "project_group", "steering_member", "caseworker")
MANAGERS = ("coordinator",)


def setup(world: World) -> None:
    day = date(2024, 1, 1)
    where = {"service": "agenda", "place": world.county, "starts": day}
    body, person = world.organisation, world.person("resident")
    world.rows["services"] = {
        "stage": ServiceStage.objects.create(**where, stage="live", reason="Sie läuft."),
        "operator": ServiceOperator.objects.create(**where, organisation=body, phone="0481 1"),
        "tester": Tester.objects.create(service="agenda", person=person),
        "staff": ServiceStaff.objects.create(**where, organisation=body, person=person),
    }
    other = Organisation.objects.create(
        slug="verkehrsbetrieb", name="Verkehrsbetrieb Moorland", kind="company", place=world.county
    )
    ServiceOperator.objects.create(**(where | {"service": "mitteilungen"}), organisation=body)
    later = {"service": "agenda", "effective": date(2099, 1, 1)}
    world.rows["services"] |= {
        "other": other,
        "ours": HandOver.objects.create(**later, place=world.county, giver=body, taker=other),
        "theirs": HandOver.objects.create(
            **later,
            place=world.amt,
            giver=other,
            taker=body,
            giver_signed=datetime(2024, 1, 1, tzinfo=UTC),
        ),
        "moving": HandOver.objects.create(
            **later,
            place=world.other_amt,
            giver=other,
            taker=body,
            taker_signed=datetime(2024, 1, 2, tzinfo=UTC),
            started=datetime(2024, 1, 2, tzinfo=UTC),
        ),
    }


def _key(world: World) -> dict[str, object]:
    return {"key": "agenda"}


def _with(name: str) -> object:
    return lambda world: {"key": "agenda", name: world.rows["services"][name].public_id}


def _stage(world: World) -> dict[str, object]:
    return {"place": "amt-geest", "stage": "pilot", "starts": "2025-01-01", "reason": "Ein Versuch."}


def _operator(world: World) -> dict[str, object]:
    return {
        "place": "amt-geest",
        "organisation": str(world.organisation.public_id),
        "starts": "2025-01-01",
        "phone": "0481 2",
    }


def _person(world: World) -> dict[str, object]:
    return {"email": "lead@moorland.example", "place": "kreis-moorland", "starts": "2025-01-01"}


def _reason(world: World) -> dict[str, object]:
    return {"reason": "Ein Irrtum."}


def _hand_over(name: str) -> object:
    return lambda world: {"hand_over": world.rows["services"][name].public_id}


def _plan(world: World) -> dict[str, object]:
    return {
        "place": "kreis-moorland",
        "taker": str(world.rows["services"]["other"].public_id),
        "effective": "2099-02-01",
    }


MEMBERS = dict.fromkeys(ROLES[1:], 200) | {"county_admin_without_factor": FACTOR, "anonymous": LOGIN}
"""Everybody in this world belongs to the county, so everybody is of a side; without a factor nobody reads."""
SIGNED = dict.fromkeys(ROLES[1:], 302) | {"county_admin_without_factor": 404, "anonymous": 404}
ACCEPTED = SIGNED | {"county_admin_without_factor": FACTOR, "anonymous": 403}

ROWS = [
    Row("services:overview", everybody(200)),
    Row("services:service", everybody(200), _key),
    Row("services:service", everybody(404), lambda world: {"key": "gibt-es-nicht"}),
    Row("services:desk", desk(200, *READERS)),
    Row("services:desk_csv", desk(200, *READERS)),
    Row("services:desk_service", desk(200, *READERS), _key),
    *(
        Row(f"services:{name}", desk(200, *MANAGERS), _key)
        for name in ("set_stage", "set_operator", "set_promises", "invite", "add_staff")
    ),
    *(
        Row(f"services:{name}", desk(302, *MANAGERS, method="POST"), _key, "POST", data)
        for name, data in (
            ("set_stage", _stage),
            ("set_operator", _operator),
            ("set_promises", lambda world: {}),
            ("invite", _person),
            ("add_staff", _person),
        )
    ),
    Row("services:withdraw_stage", desk(200, *MANAGERS), _with("stage")),
    Row("services:withdraw_stage", desk(302, *MANAGERS, method="POST"), _with("stage"), "POST", _reason),
    Row("services:withdraw_operator", desk(200, *MANAGERS), _with("operator")),
    Row(
        "services:withdraw_operator", desk(302, *MANAGERS, method="POST"), _with("operator"), "POST", _reason
    ),
    Row("services:uninvite", desk(302, *MANAGERS, method="POST"), _with("tester"), "POST"),
    Row("services:end_staff", desk(302, *MANAGERS, method="POST"), _with("staff"), "POST"),
    Row("services:prepare", desk(200, *MANAGERS), _key),
    Row(
        "services:prepare",
        desk(302, *MANAGERS, method="POST"),
        lambda world: {"key": "mitteilungen"},
        "POST",
        _plan,
    ),
    Row("services:handovers", MEMBERS),
    Row("services:handovers_csv", MEMBERS),
    Row("services:handover", MEMBERS, _hand_over("ours")),
    Row("services:protocol", MEMBERS, _hand_over("ours")),
    Row("services:sign_giver", SIGNED, _hand_over("ours"), "POST"),
    Row("services:accept", MEMBERS, _hand_over("theirs")),
    Row("services:accept", ACCEPTED, _hand_over("theirs"), "POST", lambda world: {"sure": "on"}),
    Row("services:cancel", desk(200, *MANAGERS), _hand_over("ours")),
    Row("services:cancel", desk(302, *MANAGERS, method="POST"), _hand_over("ours"), "POST", _reason),
    Row("services:resume", desk(302, *MANAGERS, method="POST"), _hand_over("moving"), "POST"),
]
