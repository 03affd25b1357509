"""What the agenda does when it is told something."""

from datetime import timedelta
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.outbox.registry import every, handles
from wurt.modules.agenda.actions.imports_run import read_next
from wurt.modules.agenda.actions.rounds import open_round, remind_leads
from wurt.modules.agenda.events import ImportUploaded, MonthPublished, MonthWithdrawn
from wurt.modules.agenda.notices import tell_month, tell_withdrawal
from wurt.modules.agenda.queries.desk import is_there

SYSTEM = Actor.for_system("worker")


@handles(ImportUploaded, joined=False)
def read_import(event: ImportUploaded) -> None:
    """Read the next waiting file of a batch; nothing to do if somebody else has read it.

    Not joined: nobody waits for the database while a long file is read.
    """
    read_next(SYSTEM, batch=UUID(event.batch))


@every(timedelta(minutes=30))
def open_the_round() -> None:
    """The month that is due opens by itself, if the county wants that."""
    if is_there(SYSTEM):
        open_round(SYSTEM)


@every(timedelta(minutes=30))
def remind() -> None:
    """Whoever has not handed in is reminded, later others, too."""
    remind_leads(SYSTEM)


@handles(MonthPublished)
def tell_followers(event: MonthPublished) -> None:
    """Whoever follows a project, a field or the agenda hears of a new month, once; and once more if it was
    withdrawn and is published again."""
    tell_month(SYSTEM, event.month)


@handles(MonthWithdrawn)
def tell_readers(event: MonthWithdrawn) -> None:
    """Whoever heard of a month hears that it is withdrawn, and why."""
    tell_withdrawal(SYSTEM, event.month, number=event.number, first=event.first)
