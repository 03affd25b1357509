"""Asking for a password until it is good enough."""

import click
from django.core.exceptions import ValidationError
from django.utils import translation


def faults_of(password: str, email: str) -> str:
    """What the rules of the pages have against a password; empty if nothing."""
    from django.contrib.auth.password_validation import validate_password

    from wurt.core.accounts.models import User

    try:
        with translation.override("en"):
            validate_password(password, User(email=email))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def ask_password(email: str) -> str:
    """A password, typed twice; what is not good enough is asked for again."""
    while True:
        password: str = click.prompt("Password (at least 12 characters)", hide_input=True)
        if faults := faults_of(password, email):
            click.echo(faults, err=True)
        elif click.prompt("The same again", hide_input=True) != password:
            click.echo("The two are not the same. Please try again.", err=True)
        else:
            return password
