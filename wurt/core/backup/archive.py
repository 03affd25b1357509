"""One file that holds a whole installation: a tar, compressed by gzip, encrypted by age when a key is set.

Members: ``database.sqlite3`` or ``database.dump``, ``secret_key``, ``files/…``, and at the end
``manifest.json`` with the size and SHA-256 of each: an archive without its end is no archive. age
(https://age-encryption.org, format v1: X25519, ChaCha20-Poly1305 in chunks) notices a changed or missing
byte; its own tool opens our files too.
"""

import errno
import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage import x25519

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SECRET_KEY = "secret_key"  # noqa: S105 - the name of a member
FILES = "files/"
AGE = b"age-encryption.org/v1\n"
_PIECE = 1024 * 1024
_FAST = 1  # level of gzip: files are mostly compressed already


class BackupTrouble(Exception):
    """The message says what is wrong with an archive or a key, and what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds. ``counts``: rows per table; ``key_mark``: tells whether a secret key is the
    same; ``last_seal``: closing hash of the audit trail; ``faulty``: files that were missing or damaged
    already."""

    wurt: str
    made_at: str
    database: str
    counts: dict[str, int]
    migrations: list[str]
    key_mark: str
    last_seal: str
    faulty: list[str] = field(default_factory=list)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT


# --- keys


def new_key() -> tuple[str, str]:
    """A fresh pair: (secret key, public key)."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def public_key(key: str) -> str:
    """The half of the key that only locks. Raises BackupTrouble for what is no key."""
    return str(_recipient(key))


def _recipient(key: str) -> x25519.Recipient:
    try:
        if key.startswith("age1"):
            return x25519.Recipient.from_str(key)
        return x25519.Identity.from_str(key).to_public()
    except (pyrage.RecipientError, pyrage.IdentityError) as error:
        raise BackupTrouble(
            "WURT_BACKUP_KEY is no key of age (AGE-SECRET-KEY-1… or age1…). `wurt backup new-key` makes one."
        ) from error


def _identity(key: str) -> x25519.Identity:
    if not key:
        raise BackupTrouble("The archive is encrypted. Set WURT_BACKUP_KEY to the key AGE-SECRET-KEY-1….")
    if key.startswith("age1"):
        raise BackupTrouble("WURT_BACKUP_KEY is the public key, which only locks. Set AGE-SECRET-KEY-1….")
    try:
        return x25519.Identity.from_str(key)
    except pyrage.IdentityError as error:
        raise BackupTrouble("WURT_BACKUP_KEY is no secret key of age (AGE-SECRET-KEY-1…).") from error


# --- writing


class Writer:
    """Adds members; ``close`` adds the manifest, without which nobody takes the archive for whole."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=_FAST, mtime=0)
        self._tar = tarfile.open(fileobj=self._zip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.members: dict[str, tuple[int, str]] = {}

    def add(self, name: str, source: Path) -> str:
        """Add a file as it is at this moment; returns its SHA-256. Raises FileNotFoundError."""
        with source.open("rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            reading = _Hashed(handle)
            self._tar.addfile(_info(name, size), reading)
        self.members[name] = (size, reading.digest.hexdigest())
        return self.members[name][1]

    def close(self, manifest: Manifest) -> None:
        """Finish."""
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
        self._tar.addfile(_info(MANIFEST, len(content)), io.BytesIO(content))
        self._tar.close()
        self._zip.close()


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, handle: Any) -> None:
        self.handle, self.digest = handle, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece: bytes = self.handle.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def writing(target: Path, key: str) -> Iterator[Writer]:
    """A writer into a new file that only its owner may read. Raises BackupTrouble for an unusable key."""
    recipient = _recipient(key) if key else None
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        if recipient is None:
            yield Writer(out)
        else:

            def lock(source: Any, sink: Any) -> None:
                pyrage.encrypt_io(source, sink, [recipient])

            with _through(lock, sink=out) as stream:
                yield Writer(stream)
        out.flush()
        os.fsync(out.fileno())


# --- reading


def read(path: Path, key: str, into: Path | None = None) -> Manifest:
    """Check every byte of an archive and return its manifest; with ``into`` also unpack it there.

    Raises BackupTrouble for whatever is not a whole archive that this key opens; what was unpacked until
    then is of no use.
    """
    try:
        with path.open("rb") as file:
            encrypted = file.read(len(AGE)) == AGE
            file.seek(0)
            if not encrypted:
                return _unpacked(file, into)
            identity = _identity(key)

            def unlock(source: Any, sink: Any) -> None:
                pyrage.decrypt_io(source, sink, [identity])

            with _through(unlock, source=file) as stream:
                return _unpacked(stream, into)
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise BackupTrouble("WURT_BACKUP_KEY is not the key of this archive.") from error
        raise BackupTrouble(f"{path.name} is damaged or cut off ({error}).") from error
    except _SPOILT as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EPIPE):
            raise BackupTrouble(f"{error.filename or path}: {error.strerror}.") from error
        raise BackupTrouble(
            f"{path.name} is damaged, cut off or no backup of Wurt ({error or type(error).__name__})."
        ) from error


_SPOILT = (tarfile.TarError, EOFError, OSError, zlib.error, ValueError, KeyError, TypeError)


def _unpacked(stream: BinaryIO, into: Path | None) -> Manifest:
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    with gzip.GzipFile(fileobj=stream, mode="rb") as plain:
        with tarfile.open(fileobj=plain, mode="r|") as tar:
            for info in tar:
                content = tar.extractfile(info)
                if content is None or manifest is not None or not _expected(info.name):
                    raise ValueError(f"unexpected content {info.name!r}")
                if info.name == MANIFEST:
                    manifest = _manifest(content.read())
                else:
                    found[info.name] = _taken(content, into / info.name if into else None)
        while plain.read(_PIECE):  # to the end: only there the checksums are known to hold
            pass
    if manifest is None:
        raise EOFError("the end is missing")
    if found != manifest.members:
        names = sorted({*found, *manifest.members})
        wrong = next(name for name in names if found.get(name) != manifest.members.get(name))
        raise ValueError(f"{wrong} is not what the manifest says")
    return manifest


def _expected(name: str) -> bool:
    if name.startswith(FILES):
        parts = name.split("/")
        return not name.endswith("/") and not {"", ".", ".."} & set(parts)
    return name in (MANIFEST, SECRET_KEY, *DATABASES.values())


def _taken(content: Any, target: Path | None) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with open(target or os.devnull, "wb") as out:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return size, digest.hexdigest()


def _manifest(content: bytes) -> Manifest:
    stored = json.loads(content)
    if stored["format"] > FORMAT:
        raise BackupTrouble(
            f"The archive was made by a newer Wurt ({stored['wurt']}). Install that version, then restore."
        )
    stored["members"] = {name: (size, digest) for name, (size, digest) in stored["members"].items()}
    return Manifest(**stored)


# --- age works on files: a thread between two of them, and a pipe


@contextmanager
def _through(
    work: Callable[[Any, Any], None], *, source: BinaryIO | None = None, sink: BinaryIO | None = None
) -> Iterator[BinaryIO]:
    """A stream whose other end ``work`` carries from ``source`` or to ``sink``. Its error wins over ours,
    because ours is then only that the stream broke off."""
    read_end, write_end = os.pipe()
    reader, writer = os.fdopen(read_end, "rb"), os.fdopen(write_end, "wb")
    errors: list[BaseException] = []

    def carry() -> None:
        try:
            work(source or reader, sink or writer)
        except BaseException as error:  # noqa: BLE001 - told to the thread that waits
            errors.append(error)
        finally:
            (writer if source else reader).close()

    thread = threading.Thread(target=carry, daemon=True)
    thread.start()
    ours: BinaryIO = reader if source else writer
    try:
        yield ours
    except Exception as error:
        ours.close()
        thread.join()
        raise _first(errors, error) from error
    ours.close()
    thread.join()
    if errors:
        raise errors[0]


def _first(errors: list[BaseException], ours: Exception) -> BaseException:
    real = [error for error in errors if not isinstance(error, BrokenPipeError)]
    return real[0] if real and isinstance(ours, _SPOILT) and not isinstance(ours, BackupTrouble) else ours
