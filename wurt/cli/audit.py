"""``wurt audit``: seal and verify the audit trail."""

import click

from wurt.cli.boot import boot


@click.group()
def command() -> None:
    """Seal and verify the audit trail.

    \b
    Example:  wurt audit verify
              wurt audit seal
    """


@command.command()
def verify() -> None:
    """Recompute every seal; ends with status 1 if the trail was changed.

    \b
    Example:  wurt audit verify && echo whole
    """
    boot()
    from wurt.core.audit.trail import verify as check

    found = check()
    for fault in found.faults:
        click.echo(f"FAULT  {fault}", err=True)
    click.echo(f"{found.entries} entries under {found.seals} seals, {found.unsealed} not sealed yet")
    if found.faults:
        raise SystemExit(1)
    if not found.seals:
        click.echo(
            "Nothing is sealed yet, so there is nothing to verify. The worker seals every hour what is older "
            "than five minutes; `wurt audit seal` does it now."
        )
        return
    click.echo("The trail is whole.")


@command.command()
def seal() -> None:
    """Close all entries older than five minutes now; the worker does this every hour by itself.

    \b
    Example:  wurt audit seal
    """
    boot()
    from wurt.core.audit.trail import seal as close

    closing = close()
    if closing is None:
        click.echo("Nothing to seal.")
    else:
        click.echo(f"Sealed entries {closing.first} to {closing.last}: {closing.digest}")
