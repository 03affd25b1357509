"""The ``wurt`` command. Each subcommand lives in a file of its own and is imported only when called."""

import os
from importlib import import_module

import click

COMMANDS = {
    "demo": ("wurt.cli.demo", "Start the demo county: server and worker, with address and logins."),
    "init": ("wurt.cli.init", "Set up an empty county: places, bodies, fields, first administrator."),
    "serve": ("wurt.cli.serve", "Start the web server."),
    "worker": ("wurt.cli.worker", "Start a worker: mails, imports, schedules."),
    "counter": ("wurt.cli.counter", "Count visitors in memory; serve and demo start it themselves."),
    "migrate": ("wurt.cli.migrate", "Create or update the database."),
    "agenda": ("wurt.cli.agenda", "Import status reports; export months."),
    "admin": ("wurt.cli.admin", "The first administrator; lost second factors."),
    "indicators": ("wurt.cli.indicators", "Compute figures of past months."),
    "notices": ("wurt.cli.notices", "Read mail that came back."),
    "places": ("wurt.cli.places", "Read official municipality keys."),
    "search": ("wurt.cli.search", "Rebuild the search index; measure the search."),
    "privacy": ("wurt.cli.privacy", "Data protection: export, find, retention, register."),
    "audit": ("wurt.cli.audit", "Seal and verify the audit trail."),
    "backup": ("wurt.cli.backup", "Write one archive of everything; check an archive."),
    "restore": ("wurt.cli.restore", "Replace everything by what is in an archive."),
    "doctor": ("wurt.cli.doctor", "Say what is wrong with this installation and what to do."),
    "maintenance": ("wurt.cli.maintenance", "Switch the maintenance page on and off."),
    "newmodule": ("wurt.cli.newmodule", "For developers: write a new module, complete and tested."),
    "config": ("wurt.cli.config", "List every environment variable with its value."),
}


class Commands(click.Group):
    """Imports a subcommand's file on use: ``wurt --help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, meaning) for name, (_, meaning) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wurt", message="%(version)s")
def main() -> None:
    """Wurt: one open platform for a county.

    \b
    Example:  wurt demo
              wurt init "Kreis Musterland" && wurt serve
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurt.config.settings")
