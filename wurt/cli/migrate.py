"""``wurt migrate``: the database."""

import click

from wurt.cli.boot import boot


@click.command()
@click.option("--plan", is_flag=True, help="Only show what would be done.")
def command(plan: bool) -> None:
    """Create the database or bring it up to date. Safe to repeat.

    \b
    Example:  wurt migrate
              DATABASE_URL=postgres://wurt@db/wurt wurt migrate --plan
    """
    boot()
    from django.core.management import call_command

    call_command("migrate", plan=plan, interactive=False, verbosity=1)
