"""Who gets what at the addresses of data protection."""

from tests.access.table import Row, desk, everybody, signed_in
from tests.access.world import World
from wurt.core.privacy.models import Erasure
from wurt.core.tenancy.models import Person


def setup(world: World) -> None:
    world.rows["leaving"] = person = Person.objects.create(name="Gesa Gehend", function="Beispiel")
    world.rows["receipt"] = Erasure.objects.create(person=person.public_id, by="system:test", digest="x")


def _leaving(world: World) -> dict[str, object]:
    return {"person": world.rows["leaving"].public_id}


def _receipt(world: World) -> dict[str, object]:
    return {"receipt": world.rows["receipt"].public_id}


ROWS = [
    # 302: first it is confirmed who it is, by password or second factor.
    Row("privacy:my_data", signed_in(302)),
    Row("privacy:my_data", signed_in(302), method="POST"),
    Row("privacy:delete_me", signed_in(302)),
    Row("privacy:delete_me", signed_in(302), method="POST", data=lambda world: {"sure": "on"}),
    Row("privacy:receipt", everybody(200), _receipt),
    Row("privacy:receipt_text", everybody(200), _receipt),
    Row("privacy:register", desk(200)),
    Row("privacy:register_csv", desk(200)),
    Row("privacy:export", everybody(405), _leaving),
    Row("privacy:export", desk(200, method="POST"), _leaving, "POST"),
    Row("privacy:erase", desk(200), _leaving),
    Row(
        "privacy:erase",
        desk(302, method="POST"),
        _leaving,
        "POST",
        lambda world: {"sure": "on", "version": "1"},
    ),
]
