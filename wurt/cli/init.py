"""``wurt init``: an empty county with its agenda, bodies, fields of action and first administrator."""

import sys

import click
from django.core.management import call_command
from django.utils import translation

from wurt.cli.boot import boot
from wurt.cli.passwords import ask_password, faults_of

NEXT_STEPS = """What comes next:
  1. wurt serve     the web server, on this machine only unless --host says otherwise
     wurt worker    in a second terminal: reads uploads, sends mail, seals the audit trail
  2. Log in. Staff need a second factor: have an authenticator app (TOTP) at hand at the first login.
  3. Textseiten: complete and publish „Kontakt“, „Impressum“, „Datenschutz“ and
     „Erklärung zur Barrierefreiheit“. They are drafts, the public gets "not found" until then.
  4. Handlungsfelder, Gremien: check the names, add descriptions and members.
  5. Agenda und Strategie: motto, introduction, strategy, licence and contact.
  6. Personen und Rollen: invite the people who write reports.
  7. wurt agenda import FILE...    reads the status reports you have; nothing is stored unseen.
"""


@click.command()
@click.argument("county")
@click.option("--agenda", default="Digitale Agenda", show_default=True, help="Name of the agenda.")
@click.option("--field", "fields", multiple=True, help="A field of action; give it several times.")
@click.option("--admin-name", help="Name of the first administrator.")
@click.option("--admin-email", help="E-mail address of the first administrator.")
@click.option("--admin-password", envvar="WURT_ADMIN_PASSWORD", help="Better left out: then you are asked.")
@click.option("--no-admin", is_flag=True, help="Make no administrator now (later: wurt admin create).")
def command(
    county: str,
    agenda: str,
    fields: tuple[str, ...],
    admin_name: str | None,
    admin_email: str | None,
    admin_password: str | None,
    no_admin: bool,
) -> None:
    """Set up an empty county in this installation's database.

    \b
    Example:  wurt init "Kreis Musterland"
              wurt init "Kreis Musterland" --field Bildung --field Verwaltung --no-admin
    """
    boot()
    from wurt.cli.counties import has_county
    from wurt.cli.empty_county import STANDARD_FIELDS, init_county
    from wurt.core.db.errors import RuleBroken

    call_command("migrate", interactive=False, verbosity=0)
    if has_county():
        raise click.ClickException(
            "This database holds a county already. Another administrator: `wurt admin create`. "
            "Another county: give WURT_VAR or DATABASE_URL another place."
        )
    # Everything is asked before anything is written, so that giving up leaves nothing behind.
    fields = fields or _ask_fields(STANDARD_FIELDS)
    admin = None if no_admin else _ask_admin(admin_name, admin_email, admin_password)
    try:
        with translation.override("en"):
            init_county(county, agenda=agenda, fields=fields)
            if admin is not None:
                _make_admin(*admin)
    except RuleBroken as error:
        hint = (
            "\nThe county is set up, the administrator is not: run `wurt admin create`."
            if has_county()
            else ""
        )
        raise click.ClickException(f"{error.message}{hint}") from error
    click.echo(f"\n{county} is set up.\n\n{NEXT_STEPS}")
    if no_admin:
        click.echo("There is no administrator yet: run `wurt admin create` first.")


def _ask_fields(standard: tuple[str, ...]) -> tuple[str, ...]:
    if not sys.stdin.isatty():
        return standard
    click.echo("Fields of action (you can change them later):")
    for name in standard:
        click.echo(f"  {name}")
    if click.confirm("Use these?", default=True):
        return standard
    text = click.prompt("Your fields, separated by semicolons")
    return tuple(name.strip() for name in text.split(";") if name.strip())


def _ask_admin(name: str | None, email: str | None, password: str | None) -> tuple[str, str, str]:
    name = name or click.prompt("Name of the first administrator")
    email = _address(email) if email else click.prompt("E-mail address", value_proc=_address)
    if password and (faults := faults_of(password, email)):
        raise click.UsageError(faults)
    return name, email, password or ask_password(email)


def _address(text: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(text.strip())
    except ValidationError:
        raise click.UsageError("This is not an e-mail address.") from None
    return text.strip()


def _make_admin(name: str, email: str, password: str) -> None:
    from wurt.core.accounts.actions import create_administrator
    from wurt.core.action.actor import Actor

    create_administrator(Actor.for_system("init"), name=name, email=email, password=password)
