"""Who gets what at the addresses of short links."""

from datetime import date

from tests.access.table import Row, desk, everybody
from tests.access.world import World
from wurt.core.links.models import Link

MAKERS = ("coordinator", "place_editor")
COUNTY = ("coordinator",)


def setup(world: World) -> None:
    def make(code: str, **more: object) -> Link:
        start = date(2026, 1, 1)
        return Link.objects.create(
            code=code, title="Flyer", target="/glossar/", place=world.county, valid_from=start, **more
        )

    world.rows |= {"link": make("bcd234"), "ended": make("bcd235", valid_until=date(2026, 1, 2))}


def _link(world: World) -> dict[str, object]:
    return {"link": world.rows["link"].public_id}


def _code(code: str) -> dict[str, object]:
    return {"code": code}


def _values(world: World) -> dict[str, object]:
    return {"title": "Neu", "target": "/glossar/", "valid_from": "2026-02-01", "place": "kreis-moorland"}


ROWS = [
    Row("links:open", everybody(302), lambda world: _code("bcd234")),
    Row("links:open", everybody(410), lambda world: _code("bcd235")),
    Row("links:open", everybody(404), lambda world: _code("zzzzzz")),
    Row("links:desk", desk(200, *MAKERS)),
    Row("links:desk_csv", desk(200, *MAKERS)),
    Row("links:create", desk(200, *MAKERS)),
    Row(
        "links:create", desk(302, *COUNTY, method="POST") | {"place_editor": 422}, method="POST", data=_values
    ),
    Row("links:link", desk(200, *COUNTY), _link),
    Row("links:edit", desk(200, *COUNTY), _link),
    Row("links:edit", desk(302, *COUNTY, method="POST"), _link, "POST", _values),
    Row("links:end", desk(302, *COUNTY, method="POST"), _link, "POST"),
    Row("links:reopen", desk(302, *COUNTY, method="POST"), _link, "POST"),
    Row("links:qr_svg", desk(200, *COUNTY), _link),
    Row("links:qr_png", desk(200, *COUNTY), _link),
    Row("links:figures_csv", desk(200, *COUNTY), _link),
]
