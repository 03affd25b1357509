"""``wurt backup``: the database as it is at one moment, then every file that it may know."""

import hashlib
import hmac
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

import wurt
from wurt.core.backup.archive import DATABASES, FILES, SECRET_KEY, Manifest, Writer, writing
from wurt.core.backup.stamps import note_backup
from wurt.core.db import dump
from wurt.core.db.clock import now

QUESTIONS = {
    "migrations": "SELECT app, name FROM django_migrations ORDER BY app, name",
    "files": "SELECT path, sha256 FROM files_storedfile ORDER BY path",
    "seal": "SELECT digest FROM audit_auditseal ORDER BY last DESC LIMIT 1",
}


@dataclass(frozen=True, slots=True)
class Made:
    """The archive, what is in it, and its size in bytes."""

    path: Path
    manifest: Manifest
    size: int


def key_mark(key: str) -> str:
    """Tells two secret keys apart without telling anything about them."""
    return hmac.new(key.encode(), b"wurt backup: which secret key", hashlib.sha256).hexdigest()[:16]


def own_key() -> Path:
    """Where the secret key lies unless it comes from the environment."""
    return Path(settings.VAR_DIR) / SECRET_KEY


def make(target: Path, key: str) -> Made:
    """Write an archive of this installation to a new file; it appears whole or not at all.

    Others may go on writing. The database comes first: a file that is added meanwhile is taken along in
    vain, none that the database knows is missed. Raises BackupTrouble, DumpTrouble and OSError.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".wurt-backup-") as folder:
        unfinished = Path(folder) / target.name
        with writing(unfinished, key) as writer:
            manifest = _fill(writer, Path(folder))
            writer.close(manifest)
        unfinished.rename(target)
    note_backup(target, manifest.last_seal)
    return Made(target, manifest, target.stat().st_size)


def _fill(writer: Writer, folder: Path) -> Manifest:
    member = DATABASES[dump.kind()]
    made_at = now().isoformat()
    state = dump.dump(folder / member, QUESTIONS)
    writer.add(member, folder / member)
    (folder / member).unlink()
    if own_key().exists() and own_key().read_text().strip() == settings.SECRET_KEY:
        writer.add(SECRET_KEY, own_key())
    return Manifest(
        wurt=wurt.__version__,
        made_at=made_at,
        database=dump.kind(),
        counts=state.counts,
        migrations=[f"{app}.{name}" for app, name in state.answers["migrations"]],
        key_mark=key_mark(settings.SECRET_KEY),
        last_seal=state.answers["seal"][0][0] if state.answers["seal"] else "",
        faulty=_add_files(writer, {str(path): str(digest) for path, digest in state.answers["files"]}),
        members=writer.members,
    )


def _add_files(writer: Writer, known: dict[str, str]) -> list[str]:
    """Add all; returns those that the database knows and that are missing or not what they were."""
    root = Path(settings.MEDIA_ROOT)
    digests: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.is_symlink():
            try:
                digests[name] = writer.add(FILES + name, path)
            except FileNotFoundError:  # deleted since it was listed
                continue
    return sorted(name for name, digest in known.items() if digests.get(name) != digest)
