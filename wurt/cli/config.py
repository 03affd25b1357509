"""``wurt config``: every variable that Wurt reads."""

import os

import click

from wurt.config.env import VARIABLES


@click.command()
@click.option("--plain", is_flag=True, help="As NAME=value lines for a file; secrets are left out.")
def command(plain: bool) -> None:
    """List every environment variable: type, default, meaning, and whether it is set.

    \b
    Example:  wurt config
              wurt config --plain > wurt.env
    """
    for variable in VARIABLES:
        given = os.environ.get(variable.name, "")
        if plain:
            if not variable.secret:
                click.echo(f"{variable.name}={given or variable.default}")
            continue
        shown = "(set, not shown)" if given and variable.secret else given
        click.echo(click.style(variable.name, bold=True) + f"  [{variable.kind}]")
        click.echo(f"    {variable.meaning}.")
        click.echo(f"    default: {variable.default or '(empty)'}" + (f"    now: {shown}" if given else ""))
