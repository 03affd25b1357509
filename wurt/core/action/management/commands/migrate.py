"""Django's ``migrate``, as a named exception from the write guard."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate

from wurt.core.action.guard import writes_allowed


class Command(Migrate):
    """Migrations copy and fill tables; they are reviewed code, not acts of a person."""

    def handle(self, *args: Any, **options: Any) -> None:
        with writes_allowed("migration"):
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"]):
                call_command("createcachetable", database=options["database"], verbosity=0)
