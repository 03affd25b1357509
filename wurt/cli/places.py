"""``wurt places``: official municipality keys."""

from pathlib import Path

import click

from wurt.cli.boot import boot


@click.group()
def command() -> None:
    """Read official municipality keys.

    \b
    Example:  wurt places import Gemeindeverzeichnis.csv
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Where the list comes from. Default: the file's name.")
@click.option("--dry-run", is_flag=True, help="Only report; write nothing.")
def import_(file: Path, source: str, dry_run: bool) -> None:
    """Fill the empty keys, postcodes and coordinates of our municipalities from an official list (CSV).

    What is there is never overwritten and what is not certain stays empty, so the command can be run again.

    \b
    Example:  wurt places import --source "Destatis, Gemeindeverzeichnis" gemeinden.csv
    """
    boot()
    from wurt.core.action.actor import Actor
    from wurt.core.db.errors import DomainError
    from wurt.core.tenancy import official
    from wurt.core.tenancy.actions.places import fill_places
    from wurt.core.tenancy.queries import county_key, places_to_match

    actor = Actor.for_system("places-import")
    try:
        rows = official.read_list(official.decode(file.read_bytes()))
        found = official.match(places_to_match(actor), rows, county_key(actor))
        count = 0 if dry_run else fill_places(actor, facts=found.facts, source=source or file.name)
    except DomainError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{len(rows)} municipalities in the list, {len(found.facts)} of ours found without doubt,")
    click.echo(f"{found.known} of them had their key already, {count} places filled in.")
    for sentence in found.unclear:
        click.echo(f"  unclear: {sentence}")
    for name in found.missing:
        click.echo(f"  not in the list: {name}")
