"""``wurt privacy``: export, find, retention, register."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from wurt.cli.boot import boot

if TYPE_CHECKING:
    from wurt.core.action.actor import Actor


@click.group()
def command() -> None:
    """Data protection: export, find, retention, register.

    \b
    Example:  wurt privacy find "Erika Muster"
              wurt privacy retention --dry-run
    """


def _person(actor: "Actor", person: str) -> UUID:
    from wurt.core.accounts.queries import person_by_email

    try:
        return UUID(person)
    except ValueError:
        return person_by_email(actor, person)


@command.command()
@click.argument("person")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="ZIP file to write.",
)
def export(person: str, target: Path) -> None:
    """Write everything that is stored about a person (public id or e-mail address) into one archive.

    \b
    Example:  wurt privacy export erika@example.org --to erika.zip
    """
    boot()
    from wurt.core.action.actor import Actor
    from wurt.core.db.errors import DomainError
    from wurt.core.privacy.actions import note_export
    from wurt.core.privacy.archive import archive

    actor = Actor.for_system("admin")
    try:
        public_id = _person(actor, person)
        content = archive(actor, public_id)
        note_export(actor, person=public_id)
    except DomainError as error:
        raise click.ClickException(error.message or "Nobody has this id.") from error
    try:
        target.write_bytes(content)
        target.chmod(0o600)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}.") from error
    click.echo(f"{target}: {len(content)} bytes")


@command.command()
@click.argument("text")
def find(text: str) -> None:
    """Show where a text stands in database and files; ends with status 1 if nowhere.

    \b
    Example:  wurt privacy find "Erika Muster"
    """
    boot()
    from wurt.core.privacy.find import SHORTEST
    from wurt.core.privacy.find import find as search

    if len(text.strip()) < SHORTEST:
        raise click.ClickException(f"Write at least {SHORTEST} characters.")
    found = search([text])
    for place in found:
        click.echo(place)
    if not found:
        click.echo("nowhere", err=True)
        raise SystemExit(1)


@command.command()
@click.option("--dry-run", is_flag=True, help="Delete nothing; print what would go.")
def retention(dry_run: bool) -> None:
    """Delete what is no longer kept. The worker does this once a day by itself.

    \b
    Example:  wurt privacy retention --dry-run
    """
    boot()
    from wurt.core.action.actor import Actor
    from wurt.core.privacy.sweeps import due, sweep_all

    found = due() if dry_run else list(sweep_all(Actor.for_system("retention")).items())
    for name, number in found:
        click.echo(f"{name}: {number}")
    click.echo(f"{'would be' if dry_run else 'were'} dealt with: {sum(number for _name, number in found)}")


@command.command()
@click.option("--language", default="de", show_default=True, type=click.Choice(["de", "en"]))
def register(language: str) -> None:
    """Print the register of processing activities (Art. 30 GDPR) as Markdown.

    \b
    Example:  wurt privacy register > register.md
    """
    boot()
    from django.utils import translation

    from wurt.core.action.actor import Actor
    from wurt.core.privacy.register_of_activities import as_markdown

    with translation.override(language):
        click.echo(as_markdown(Actor.for_system("admin")))
