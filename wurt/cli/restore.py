"""``wurt restore``: an installation as it was when a backup was made."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wurt.cli.boot import boot

if TYPE_CHECKING:
    from wurt.core.backup.restore import Proof, Staged


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--without-key", is_flag=True, help="Also if the secret key is lost: second factors are, too.")
def command(file: Path, yes: bool, without_key: bool) -> None:
    """Replace database and files by those of an archive, then prove that all is there.

    An archive that is wrong, damaged, cut off, locked by another key or made by a newer Wurt is refused
    before anything is changed. Stop the worker first; visitors see the maintenance page meanwhile.

    \b
    Example:  systemctl stop wurt-serve wurt-worker
              wurt restore /mnt/backup/wurt-2026-11-22T020000.tar.gz
    """
    boot()
    from django.conf import settings

    from wurt.core.backup.archive import BackupTrouble
    from wurt.core.backup.restore import prove, refuse_while_working, replace, staged
    from wurt.core.backup.stamps import note_restore
    from wurt.core.db.dump import DumpTrouble

    try:
        with staged(file, settings.WURT_BACKUP_KEY, without_key=without_key) as found:
            refuse_while_working()
            _ask(found, yes=yes)
            with _maintenance():
                replace(found)
                note_restore(file, found.manifest.made_at)
                _report(prove(found.manifest))
                _bring_up_to_date()
    except (BackupTrouble, DumpTrouble) as error:
        raise click.ClickException(f"Nothing was changed. {error}") from error
    except OSError as error:
        hint = "Repair it and run the same command again; the maintenance page stays on until then."
        raise click.ClickException(f"The restore failed: {error}. {hint}") from error
    click.echo("Now start server and worker, or restart them if they ran.")


@contextmanager
def _maintenance() -> Iterator[None]:
    """The page is on until all is proved; it goes off at once if nothing was changed."""
    from wurt.core.db.dump import DumpTrouble
    from wurt.core.operate import maintenance

    if maintenance.current() is not None:
        yield
        return
    maintenance.begin()
    try:
        yield
    except DumpTrouble:
        maintenance.end()
        raise
    maintenance.end()


def _ask(found: "Staged", *, yes: bool) -> None:
    from django.conf import settings

    from wurt.core.db import dump

    manifest = found.manifest
    click.echo(
        f"{sum(manifest.counts.values())} rows in {len(manifest.counts)} tables and {found.files} files "
        f"of {manifest.made_at[:19]} UTC (Wurt {manifest.wurt})"
    )
    try:
        rows = sum(dump.counts().values())
    except Exception:  # noqa: BLE001 - there is no database yet, or none that can be read
        rows = 0
    if rows and not yes:
        click.confirm(
            f"Replace {rows} rows of the {dump.kind()} database and all files in {settings.MEDIA_ROOT}. "
            "Go on?",
            abort=True,
        )


def _report(proof: "Proof") -> None:
    if not proof.holds:
        for name in proof.differing:
            click.echo(f"FAULT  {name}: another number of rows than in the archive", err=True)
        for fault in proof.trail.faults:
            click.echo(f"FAULT  {fault}", err=True)
        if not proof.same_seal:
            click.echo("FAULT  the last seal of the audit trail is not the archive's", err=True)
        raise click.ClickException("The proof failed; the maintenance page stays on.")
    click.echo(f"Restored: {proof.rows} rows in {proof.tables} tables, each as many as in the archive.")
    click.echo(
        f"The audit trail is whole: {proof.trail.entries} entries under {proof.trail.seals} seals, "
        f"{proof.trail.unsealed} not sealed yet."
    )


def _bring_up_to_date() -> None:
    from django.core.management import call_command

    from wurt.core.db.schema import missing

    if lacking := missing():
        click.echo(f"The archive is older than this Wurt: applying {len(lacking)} migrations.")
        call_command("migrate", interactive=False, verbosity=0)
