"""``wurt notices``: mail that came back, the key of Web Push."""

from typing import BinaryIO

import click

from wurt.cli.boot import boot


@click.group()
def command() -> None:
    """Notices by mail and Web Push.

    \b
    Example:  wurt notices bounce bounce.eml
    """


@command.command()
@click.argument("file", type=click.File("rb"))
def bounce(file: BinaryIO) -> None:
    """Read a mail that came back (RFC 3464); - reads standard input, as a mail server hands it over.

    One permanent failure stops the address, three passing ones within thirty days do too. Staff sees it
    under "Mitteilungen". A mail that is no such report changes nothing.

    \b
    Example:  wurt notices bounce bounce.eml
    """
    boot()
    from wurt.core.action.actor import Actor
    from wurt.core.notices.bounces import take_bounce

    outcomes = take_bounce(Actor.for_system("worker"), file.read())
    if not outcomes:
        click.echo("No report of a failed delivery; nothing changed.")
    for one in outcomes:
        kind = "permanent" if one.failure.permanent else "passing"
        effect = "unknown here" if not one.known else "stopped" if one.stopped else "noted"
        click.echo(f"{one.failure.address}: {kind}, {effect}")


@command.command()
@click.option("--new", is_flag=True, help="Print a fresh private key instead; nothing is stored.")
def vapid(new: bool) -> None:
    """Print the public key by which push services know this site (VAPID, RFC 8292).

    It is made of the secret key, so there is nothing to set up and nothing more to keep. With another key
    everybody has to allow notices on their devices again.

    \b
    Example:  wurt notices vapid
    """
    boot()
    from wurt.core.notices import vapid as keys

    click.echo(f"WURT_VAPID_KEY={keys.make_key()}" if new else keys.public_key())
