"""``wurt admin``: the first administrator, and lost second factors."""

import sys

import click

from wurt.cli.boot import boot
from wurt.cli.passwords import ask_password


@click.group()
def command() -> None:
    """The first administrator; lost second factors.

    \b
    Example:  wurt admin create --email name@example.org --name "Erika Muster"
              wurt admin reset-second-factor name@example.org
    """


@command.command()
@click.option("--email", required=True, help="Address to sign in with.")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(email: str, name: str, password_stdin: bool) -> None:
    """Make an administrator of the county. All others are invited on the page “Personen und Rollen”.

    \b
    Example:  wurt admin create --email name@example.org --name "Erika Muster"
              pass show wurt | wurt admin create --email name@example.org --name "Erika Muster"
              --password-stdin
    """
    boot()
    from wurt.core.accounts.actions import create_administrator
    from wurt.core.action.actor import Actor
    from wurt.core.db.errors import DomainError
    from wurt.core.tenancy.queries import county_name

    try:
        county = county_name()
        if password_stdin:
            password = sys.stdin.readline().rstrip("\n")
        else:
            password = ask_password(email)
        create_administrator(Actor.for_system("admin"), name=name, email=email, password=password)
    except DomainError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{email} administers {county}. At the first login the pages lead to the second factor.")


@command.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Remove a lost second factor; sessions end and the person is told by mail.

    \b
    Example:  wurt admin reset-second-factor name@example.org
    """
    boot()
    from wurt.core.accounts.actions import reset_second_factor as reset
    from wurt.core.accounts.queries import person_by_email
    from wurt.core.action.actor import Actor
    from wurt.core.db.errors import DomainError

    actor = Actor.for_system("admin")
    try:
        reset(actor, person=person_by_email(actor, email))
    except DomainError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"The second factor of {email} is removed. It is set up again at the next login.")
