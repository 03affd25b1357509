"""What the agenda does when it is told something."""

from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.outbox.registry import handles
from wurt.modules.agenda.actions.imports_run import read_next
from wurt.modules.agenda.events import ImportUploaded, MonthPublished
from wurt.modules.agenda.notices import tell_month


@handles(ImportUploaded, joined=False)
def read_import(event: ImportUploaded) -> None:
    """Read the next waiting file of a batch; nothing to do if somebody else has read it.

    Not joined: nobody waits for the database while a long file is read.
    """
    read_next(Actor.for_system("worker"), batch=UUID(event.batch))


@handles(MonthPublished)
def tell_followers(event: MonthPublished) -> None:
    """Whoever follows a project, a field or the agenda hears of a new month, once."""
    tell_month(Actor.for_system("worker"), event.month)
