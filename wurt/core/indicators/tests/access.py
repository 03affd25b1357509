"""Who gets what at the addresses of figures."""

from tests.access.table import Row, desk, everybody
from tests.access.world import World
from wurt.core.indicators.models import ManualIndicator

EDITORS = ("coordinator", "place_editor")


def setup(world: World) -> None:
    ManualIndicator.objects.create(
        key="ladepunkte", place=world.amt, name="Ladepunkte", meaning="Wo Autos laden."
    )


def _key(world: World) -> dict[str, object]:
    return {"key": "ladepunkte"}


def _nobody(world: World) -> dict[str, object]:
    return {"key": "gibt-es-nicht"}


def _words(world: World) -> dict[str, object]:
    return {
        "name": "Bänke",
        "meaning": "Wo man sitzt.",
        "kind": "stock",
        "direction": "more",
        "decimals": "0",
        "place": "amt-geest",
    }


def _value(world: World) -> dict[str, object]:
    return {"month": "2024-01", "value": "7", "source": "gezählt"}


ROWS = [
    Row("indicators:overview", everybody(200)),
    Row("indicators:overview_csv", everybody(200)),
    Row("indicators:page", everybody(200), _key),
    Row("indicators:page", everybody(404), _nobody),
    Row("indicators:values_csv", everybody(200), _key),
    Row("indicators:values_json", everybody(200), _key),
    Row("indicators:desk", desk(200, *EDITORS)),
    Row("indicators:create", desk(200, *EDITORS)),
    Row("indicators:create", desk(302, *EDITORS, method="POST"), method="POST", data=_words),
    Row("indicators:values", desk(200, *EDITORS), _key),
    Row("indicators:values", desk(302, *EDITORS, method="POST"), _key, "POST", _value),
    Row("indicators:edit", desk(200, *EDITORS), _key),
    Row("indicators:edit", desk(302, *EDITORS, method="POST"), _key, "POST", _words),
]
