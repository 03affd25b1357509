"""When the last backup was made and when something was restored: two notes in WURT_VAR for ``wurt doctor``.

They lie beside the database and not in it, because a restore must not bring back what an old archive
believed.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from wurt.core.db.clock import now


@dataclass(frozen=True, slots=True)
class BackupStamp:
    """``seal``: the last seal of the audit trail in that archive; tells whether this database is the one that
    was backed up. Empty: there was none, or an older Wurt made the note."""

    at: datetime
    file: str
    seal: str


@dataclass(frozen=True, slots=True)
class RestoreStamp:
    """``made_at``: how old what was restored is."""

    at: datetime
    made_at: datetime
    file: str


def _backup_file() -> Path:
    return Path(settings.VAR_DIR) / "last_backup.json"


def _restore_file() -> Path:
    return Path(settings.VAR_DIR) / "last_restore.json"


def note_backup(file: Path, seal: str) -> None:
    """A whole archive was written."""
    _write(_backup_file(), asdict(BackupStamp(now(), str(file), seal)))


def note_restore(file: Path, made_at: str) -> None:
    """What is here now is what was in this archive."""
    _write(_restore_file(), asdict(RestoreStamp(now(), datetime.fromisoformat(made_at), str(file))))


def last_backup() -> BackupStamp | None:
    """The newest one made here; None if there is no note that can be read."""
    stored = _read(_backup_file())
    try:
        at = datetime.fromisoformat(stored["at"])
    except (KeyError, TypeError, ValueError):
        return None
    return BackupStamp(at, str(stored.get("file", "")), str(stored.get("seal", "")))


def last_restore() -> RestoreStamp | None:
    """The newest one; None if nothing was ever restored here."""
    stored = _read(_restore_file())
    try:
        at, made_at = (datetime.fromisoformat(stored[name]) for name in ("at", "made_at"))
    except (KeyError, TypeError, ValueError):
        return None
    return RestoreStamp(at, made_at, str(stored.get("file", "")))


def _write(target: Path, content: dict[str, object]) -> None:
    target.write_text(json.dumps(content, default=datetime.isoformat), encoding="utf-8")


def _read(source: Path) -> dict[str, str]:
    try:
        stored = json.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
