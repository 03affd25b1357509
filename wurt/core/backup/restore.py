"""``wurt restore``: first everything that could be wrong, then all of it at once, then the proof."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseTrouble

from wurt.core.audit import trail
from wurt.core.backup import archive
from wurt.core.backup.archive import DATABASES, FILES, SECRET_KEY, BackupTrouble, Manifest
from wurt.core.backup.make import key_mark, own_key
from wurt.core.db import dump
from wurt.core.db.schema import known
from wurt.core.outbox.queries import workers


@dataclass(frozen=True, slots=True)
class Staged:
    """An archive that was unpacked beside the installation and found good. Nothing is changed yet."""

    manifest: Manifest
    folder: Path

    @property
    def files(self) -> int:
        """How many files it brings."""
        return sum(name.startswith(FILES) for name in self.manifest.members)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found after the restore; ``differing``: tables whose number of rows is not the archive's."""

    tables: int
    rows: int
    trail: trail.Verification
    differing: list[str] = field(default_factory=list)
    same_seal: bool = True

    @property
    def holds(self) -> bool:
        """Is everything as it was?"""
        return not self.differing and not self.trail.faults and self.same_seal


@contextmanager
def staged(path: Path, key: str, *, without_key: bool = False) -> Iterator[Staged]:
    """Unpack and examine an archive. Raises BackupTrouble or DumpTrouble if it cannot be restored here."""
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=".restore-") as folder:
        found = Staged(archive.read(path, key, Path(folder)), Path(folder))
        _fits(found, without_key=without_key)
        yield found


def _fits(found: Staged, *, without_key: bool) -> None:
    manifest = found.manifest
    if manifest.database != dump.kind():
        raise BackupTrouble(
            f"The archive holds a {manifest.database} database, this installation uses {dump.kind()}. "
            "Set DATABASE_URL to one of the same kind."
        )
    ours = {f"{app}.{name}" for app, name in known()}
    if newer := [name for name in manifest.migrations if name not in ours]:
        raise BackupTrouble(
            f"The archive was made by a newer Wurt ({manifest.wurt}; {newer[0]} is not known here). "
            "Install that version, then restore."
        )
    _key_fits(manifest, without_key=without_key)
    dump.check(found.folder / DATABASES[manifest.database])


def _key_fits(manifest: Manifest, *, without_key: bool) -> None:
    ours = key_mark(settings.SECRET_KEY) == manifest.key_mark
    if ours or without_key or (SECRET_KEY in manifest.members and not os.environ.get("WURT_SECRET_KEY")):
        return
    raise BackupTrouble(
        "The archive belongs to another secret key, without which no second factor can be read. "
        + (
            "Unset WURT_SECRET_KEY: the archive brings its own."
            if SECRET_KEY in manifest.members
            else "Set WURT_SECRET_KEY as it was; or give --without-key and reset every second factor."
        )
    )


def refuse_while_working() -> None:
    """Raise BackupTrouble if a worker runs on the database: it would go on with work that is gone."""
    with contextlib.suppress(DatabaseTrouble):  # no database yet, or none that can be read
        if workers().alive:
            raise BackupTrouble(
                "A worker is running. Stop it (`systemctl stop wurt-worker`) and try again. "
                "If it was killed, it counts as gone after 90 seconds."
            )


def replace(found: Staged) -> None:
    """Put the archive in the place of what is there. Raises DumpTrouble or OSError.

    The database changes in one transaction, the files by renaming a folder; if the machine stops between
    the two, the same command once more finishes it.
    """
    root, fresh = Path(settings.MEDIA_ROOT), found.folder / FILES.rstrip("/")
    fresh.mkdir(exist_ok=True)
    dump.load(found.folder / DATABASES[found.manifest.database])
    if root.exists():
        root.rename(found.folder / "files.before")
    root.parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(root)
    stored = found.folder / SECRET_KEY
    if stored.exists() and not os.environ.get("WURT_SECRET_KEY"):
        stored.chmod(0o600)
        stored.replace(own_key())


def prove(manifest: Manifest) -> Proof:
    """Compare what is there now with what the archive says, and verify the audit trail."""
    counts = dump.counts()
    names = sorted({*counts, *manifest.counts})
    verified = trail.verify()
    return Proof(
        tables=len(counts),
        rows=sum(counts.values()),
        trail=verified,
        differing=[name for name in names if counts.get(name) != manifest.counts.get(name)],
        same_seal=trail.last_seal() == manifest.last_seal,
    )
