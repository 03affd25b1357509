"""Setting Django up for a command, with configuration errors told plainly."""

import logging
import os

import click
import django
from django.core.exceptions import ImproperlyConfigured

from wurt.config.env import ConfigError


def boot(**environment: str) -> None:
    """Set up for a command that a person runs. Defaults of environment variables are set, given ones win.

    The audit trail is kept in the database; its copy on standard output would bury what the person reads.
    """
    for name, value in environment.items():
        os.environ.setdefault(name, value)
    boot_process()
    logging.getLogger("wurt.audit").setLevel(logging.CRITICAL)


def boot_process() -> None:
    """Set up for a process that stays; it copies the audit trail to standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurt.config.settings")
    try:
        django.setup()
    except (ConfigError, ImproperlyConfigured) as error:
        raise click.ClickException(f"{error} (`wurt config` lists every variable.)") from error
