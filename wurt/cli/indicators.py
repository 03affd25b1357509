"""``wurt indicators``: compute figures of past months."""

import click

from wurt.cli.boot import boot


@click.group()
def command() -> None:
    """Figures month by month.

    \b
    Example:  wurt indicators compute --since 2024-01
    """


@command.command()
@click.option("--since", default="", help="First month, as 2024-01; default: the last three months.")
@click.option(
    "--again", default="", metavar="KEY", help="Compute months of this figure again; needs --reason."
)
@click.option("--reason", default="", help="Why the values change; readers see it.")
def compute(since: str, again: str, reason: str) -> None:
    """Compute the figures of months that are over and have none yet.

    The worker does so by itself for the last three months; this fills in what lies before. It can be ended
    and run again at any time. With --again what differs becomes a new version.

    \b
    Example:  wurt indicators compute --since 2023-01
              wurt indicators compute --since 2024-03 --again agenda.imports --reason "Late files came in"
    """
    boot()
    from wurt.core.action.actor import Actor
    from wurt.core.db.clock import today
    from wurt.core.db.errors import DomainError
    from wurt.core.indicators.handlers import compute_since, correct_since
    from wurt.core.indicators.periods import Period

    try:
        first = Period.read(since) if since else Period.of(today()).previous.previous.previous
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--since") from error
    actor = Actor.for_system("indicators")
    if not again:
        click.echo(f"{compute_since(actor, first)} months of figures stored.")
        return
    if not reason.strip():
        raise click.UsageError("--again needs --reason: readers see why a value changed.")
    try:
        click.echo(f"{correct_since(actor, again, first, reason)} months corrected.")
    except DomainError as error:
        raise click.ClickException(str(error) or error.code) from error
