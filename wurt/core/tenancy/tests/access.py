"""Who gets what at the addresses of organisations and places."""

from tests.access.table import Row, desk, everybody
from tests.access.world import World
from wurt.core.tenancy.models import Organisation, OrganisationAlias

EDITORS = ("coordinator",)
READERS = ("coordinator", "place_editor", "project_group", "steering_member", "caseworker")


def setup(world: World) -> None:
    club = Organisation.objects.create(
        slug="heimatverein", name="Heimatverein", kind="club", place=world.county
    )
    world.rows["club"] = club
    world.rows["alias"] = OrganisationAlias.objects.create(organisation=club, name="Heimatverein e. V.")


def _club(world: World) -> dict[str, object]:
    return {"organisation": world.rows["club"].public_id}


def _alias(world: World) -> dict[str, object]:
    return _club(world) | {"alias": world.rows["alias"].pk}


def _values(world: World) -> dict[str, object]:
    return {"name": "Neuer Verein", "kind": "club", "place": "kreis-moorland"}


ROWS = [
    # Readers see organisations of the places they hold: the editor of an Amt only those of the Amt.
    Row("tenancy:organisations", desk(200, *READERS)),
    Row("tenancy:organisations_csv", desk(200, *READERS)),
    Row("tenancy:places", desk(200, *READERS)),
    Row("tenancy:organisation", desk(200, *READERS) | {"place_editor": 404}, _club),
    Row("tenancy:create", desk(200, *EDITORS, "place_editor")),
    Row(
        "tenancy:create",
        desk(302, *EDITORS, method="POST") | {"place_editor": 422},
        method="POST",
        data=_values,
    ),
    Row("tenancy:edit", desk(200, *EDITORS) | {"place_editor": 404}, _club),
    Row(
        "tenancy:edit",
        desk(302, *EDITORS, method="POST") | {"place_editor": 404},
        _club,
        "POST",
        _values,
    ),
    Row("tenancy:add_alias", desk(200, *EDITORS) | {"place_editor": 404}, _club),
    Row(
        "tenancy:add_alias",
        desk(302, *EDITORS, method="POST") | {"place_editor": 404},
        _club,
        "POST",
        lambda world: {"name": "HV Moorland"},
    ),
    Row("tenancy:remove_alias", everybody(405), _alias),
    Row("tenancy:remove_alias", desk(302, *EDITORS, method="POST"), _alias, "POST"),
    Row("tenancy:merge", desk(200, *EDITORS) | {"place_editor": 404}, _club),
    Row(
        "tenancy:merge",
        desk(302, *EDITORS, method="POST") | {"place_editor": 404},
        _club,
        "POST",
        lambda world: {"kept": str(world.organisation.public_id)},
    ),
]
