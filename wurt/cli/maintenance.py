"""``wurt maintenance``: the page that says when the site is back."""

import click

from wurt.cli.boot import boot


@click.group()
def command() -> None:
    """Show a maintenance page on every address; probes still answer, the database is not asked.

    \b
    Example:  wurt maintenance on --until 18:00 --text "Wir spielen eine neue Version ein."
              wurt maintenance off
    """


@command.command()
@click.option("--until", default="", help="When it ends: 18:00, or 2026-11-22 18:00.")
@click.option("--text", default="", help="A sentence for the visitors.")
@click.option("--look-in", is_flag=True, help="Administrators who are signed in may read pages meanwhile.")
def on(until: str, text: str, look_in: bool) -> None:
    """Switch the page on: every address answers 503 with Retry-After.

    \b
    Example:  wurt maintenance on --until 18:00
    """
    boot()
    from django.utils import timezone

    from wurt.core.operate import maintenance

    try:
        end = maintenance.moment(until) if until else None
    except ValueError as error:
        raise click.UsageError("Write --until as 18:00 or as 2026-11-22 18:00.") from error
    maintenance.begin(end, text, look_in=look_in)
    known = f" until {timezone.localtime(end):%Y-%m-%d %H:%M}" if end else ""
    click.echo(f"The maintenance page is on{known}. `wurt maintenance off` ends it.")


@command.command()
def off() -> None:
    """Switch the page off.

    \b
    Example:  wurt maintenance off
    """
    boot()
    from wurt.core.operate import maintenance

    click.echo("The site answers again." if maintenance.end() else "The maintenance page was not on.")
