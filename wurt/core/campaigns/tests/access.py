"""Who gets what at the addresses of campaigns."""

from datetime import date

from tests.access.table import Row, desk
from tests.access.world import World
from wurt.core.campaigns.models import Campaign, Channel, PressContact
from wurt.core.links.models import Link

PLANNERS = ("coordinator",)


def setup(world: World) -> None:
    plan = {"place": world.county, "starts": date(2024, 5, 1), "ends": date(2024, 6, 1)}
    about = {"about_kind": "services.service", "about_key": "agenda", "target": "/dienste/agenda/"}
    row = Campaign.objects.create(
        title="Agenda für alle", **plan, **about, press_title="Neu", press_body="Text."
    )
    link = Link.objects.create(
        code="bcdfgh",
        title="Plakat",
        target="/dienste/agenda/",
        place=world.county,
        valid_from=date(2024, 5, 1),
    )
    world.rows["campaigns"] = {
        "campaign": row,
        "channel": Channel.objects.create(campaign=row, kind="poster", link=link),
        "contact": PressContact.objects.create(medium="Bote", email="bote@moorland.example"),
    }


def _campaign(world: World) -> dict[str, object]:
    return {"campaign": world.rows["campaigns"]["campaign"].public_id}


def _channel(world: World) -> dict[str, object]:
    return _campaign(world) | {"channel": world.rows["campaigns"]["channel"].public_id}


def _contact(world: World) -> dict[str, object]:
    return {"contact": world.rows["campaigns"]["contact"].public_id}


def _plan(world: World) -> dict[str, object]:
    return {
        "title": "Neu",
        "about": "services.service agenda",
        "place": "kreis-moorland",
        "starts": "2026-01-01",
        "ends": "2026-02-01",
    }


def _texts(world: World) -> dict[str, object]:
    return {"headline": "Lesen Sie mit"}


def _kind(world: World) -> dict[str, object]:
    return {"kind": "flyer", "planned": "10.00"}


def _person(world: World) -> dict[str, object]:
    return {"medium": "Radio", "email": "radio@moorland.example"}


ROWS = [
    Row("campaigns:desk", desk(200, *PLANNERS, "place_editor")),
    Row("campaigns:desk_csv", desk(200, *PLANNERS, "place_editor")),
    Row("campaigns:create", desk(200, *PLANNERS, "place_editor")),
    Row(
        "campaigns:create",
        desk(302, *PLANNERS, method="POST") | {"place_editor": 422},
        method="POST",
        data=_plan,
    ),
    Row("campaigns:press", desk(200, *PLANNERS)),
    Row("campaigns:press", desk(302, *PLANNERS, method="POST"), method="POST", data=_person),
    Row("campaigns:remove_contact", desk(302, *PLANNERS, method="POST"), _contact, "POST"),
    *(
        Row(f"campaigns:{name}", desk(200, *PLANNERS) | {"place_editor": 404}, _campaign)
        for name in ("campaign", "edit", "texts", "add_channel", "followers")
    ),
    Row(
        "campaigns:edit",
        desk(302, *PLANNERS, method="POST") | {"place_editor": 404},
        _campaign,
        "POST",
        _plan,
    ),
    Row(
        "campaigns:texts",
        desk(302, *PLANNERS, method="POST") | {"place_editor": 404},
        _campaign,
        "POST",
        _texts,
    ),
    Row(
        "campaigns:add_channel",
        desk(302, *PLANNERS, method="POST") | {"place_editor": 404},
        _campaign,
        "POST",
        _kind,
    ),
    Row("campaigns:costs", desk(200, *PLANNERS) | {"place_editor": 404}, _channel),
    Row(
        "campaigns:costs",
        desk(302, *PLANNERS, method="POST") | {"place_editor": 404},
        _channel,
        "POST",
        lambda world: {"planned": "5"},
    ),
    *(
        Row(f"campaigns:{name}", desk(302, *PLANNERS, method="POST"), _campaign, "POST")
        for name in ("release", "close", "send")
    ),
    Row(
        "campaigns:followers",
        desk(409, *PLANNERS, method="POST") | {"place_editor": 404},
        _campaign,
        "POST",
        lambda world: {"version": ""},
    ),
    Row(
        "campaigns:paper",
        desk(200, *PLANNERS) | {"place_editor": 404},
        lambda world: _campaign(world) | {"key": "pressemitteilung"},
    ),
]
