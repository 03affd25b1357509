"""Who gets what at the addresses of the agenda."""

from tests.access.world import World
from wurt.modules.agenda.tests import access_desk, access_imports, access_public
from wurt.modules.agenda.tests.desk_world import fill


def setup(world: World) -> None:
    """An agenda with two projects, a published month and a draft."""
    fill(world)
    access_imports.fill(world)


ROWS = [*access_desk.ROWS, *access_imports.ROWS, *access_public.ROWS]
