"""``wurt backup``: one archive of everything, and whether an archive is whole."""

import getpass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wurt.cli.boot import boot
from wurt.config import env

if TYPE_CHECKING:
    from wurt.core.backup.archive import Manifest

MEANT_ADMIN = "Did you mean `wurt-admin backup`, which knows the variables of /etc/wurt.env?"


@click.group(invoke_without_command=True)
@click.option(
    "--to", type=click.Path(path_type=Path, readable=False), help="File or folder. Default: WURT_VAR/backups."
)
@click.option("--keep", type=click.IntRange(min=1), help="Delete all but the newest N in the folder.")
@click.pass_context
def command(context: click.Context, to: Path | None, keep: int | None) -> None:
    """Write one archive: database, files, secret key, checksums. The site goes on meanwhile.

    Encrypted when WURT_BACKUP_KEY is set. Exit code 1 if it failed, or if files were damaged already.

    \b
    Example:  wurt backup
              wurt backup --to /mnt/backup --keep 14
              wurt backup verify /mnt/backup/wurt-2026-11-22T020000.tar.gz.age
    """
    if context.invoked_subcommand:
        return
    _refuse_without_file()
    boot()
    from django.conf import settings
    from django.db import Error as DatabaseTrouble

    from wurt.core.backup.archive import BackupTrouble
    from wurt.core.backup.make import make
    from wurt.core.db.dump import DumpTrouble
    from wurt.core.db.schema import applied

    try:
        if not applied():
            raise click.ClickException("Nothing to back up: the database is empty. " + MEANT_ADMIN)
        target = _target(to, Path(settings.VAR_DIR), encrypted=bool(settings.WURT_BACKUP_KEY))
        if target.exists():
            raise click.ClickException(f"{target} exists already. Give another name.")
        target.parent.mkdir(parents=True, exist_ok=True)
        made = make(target, settings.WURT_BACKUP_KEY)
    except PermissionError as error:
        raise click.ClickException(
            f"No backup was made: {getpass.getuser()} may not write to {error.filename}. Give the folder to "
            f"this user (`chown {getpass.getuser()} FOLDER`), or name another with --to."
        ) from error
    except DatabaseTrouble as error:
        text = f"No backup was made: the database cannot be reached: {str(error).strip()}"
        raise click.ClickException(text) from error
    except (BackupTrouble, DumpTrouble, OSError) as error:
        raise click.ClickException(f"No backup was made: {str(error).strip()}") from error
    click.echo(f"{made.path}  {made.size / 1024**2:.1f} MB")
    _tell(made.manifest)
    if not settings.WURT_BACKUP_KEY:
        click.echo("Not encrypted: keep it where only administrators get. `wurt backup new-key` helps.")
    if keep:
        _prune(target.parent, keep)
    if made.manifest.faulty:
        raise click.ClickException(
            "The archive is whole, but these files were missing or damaged before: "
            + ", ".join(made.manifest.faulty[:10])
        )


def _refuse_without_file() -> None:
    """Where no database is, none is made (nor a key): told before anything starts."""
    file = env.var_folder() / "wurt.sqlite3"
    if not env.text("DATABASE_URL") and not file.exists():
        raise click.ClickException(f"Nothing to back up: {file} does not exist. {MEANT_ADMIN}")


def _target(to: Path | None, var: Path, *, encrypted: bool) -> Path:
    name = f"wurt-{datetime.now():%Y-%m-%dT%H%M%S}.tar.gz{'.age' if encrypted else ''}"
    if to is None:
        return var / "backups" / name
    return to / name if to.is_dir() else to


def _prune(folder: Path, keep: int) -> None:
    for old in sorted(folder.glob("wurt-????-??-??T??????.tar.gz*"))[:-keep]:
        old.unlink()
        click.echo(f"Deleted {old.name}")


def _tell(manifest: "Manifest") -> None:
    files = sum(name.startswith("files/") for name in manifest.members)
    click.echo(
        f"  Wurt {manifest.wurt}, {manifest.database}, {manifest.made_at[:19]} UTC: "
        f"{sum(manifest.counts.values())} rows in {len(manifest.counts)} tables, {files} files"
    )


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
def verify(file: Path) -> None:
    """Read an archive to its end and compare every checksum. Changes nothing.

    \b
    Example:  wurt backup verify wurt-2026-11-22T020000.tar.gz
    """
    boot()
    from django.conf import settings

    from wurt.core.backup.archive import BackupTrouble, read

    try:
        manifest = read(file, settings.WURT_BACKUP_KEY)
    except BackupTrouble as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file} is whole.")
    _tell(manifest)


@command.command("new-key")
def new_key() -> None:
    """Make a pair of keys for encrypted backups.

    \b
    Example:  wurt backup new-key
    """
    from wurt.core.backup.archive import new_key as make_key

    secret, public = make_key()
    click.echo(f"Secret key, opens archives. Keep it apart from this machine, in two places:\n  {secret}\n")
    click.echo(f"Public key, only locks. Set it on the server:\n  WURT_BACKUP_KEY={public}")
