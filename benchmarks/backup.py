"""Backup and restore: seconds per GB at two sizes, plain and encrypted; peer is a copy of the same folder.

The sizes are small, so that it ends soon; the column "s per GB" is computed from them, not measured on a GB.
Half of the files do not shrink (like PDF and pictures), half do (like text).
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from benchmarks.table import show
from benchmarks.world import WORDS
from wurt.core.backup import archive, restore
from wurt.core.backup.make import make
from wurt.core.db import dump

PIECE = 512 * 1024
SIZES = (30, 300)  # megabytes of files beside the database of the world


def _fill(megabytes: int) -> None:
    folder = Path(settings.MEDIA_ROOT) / "benchmark"
    folder.mkdir(parents=True, exist_ok=True)
    text = (WORDS.encode() * (PIECE // len(WORDS) + 1))[:PIECE]
    for number in range(megabytes * 2):
        (folder / f"{number}").write_bytes(text if number % 2 else os.urandom(PIECE))


def _timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def _restore(path: Path, key: str) -> None:
    with restore.staged(path, key) as found:
        restore.replace(found)
        proof = restore.prove(found.manifest)
    assert not proof.differing, proof.differing


def run() -> None:
    """Measure and print."""
    secret, _ = archive.new_key()
    rows = []
    for size in SIZES:
        _fill(size)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder)
            plain, locked = target / "plain", target / "locked"
            seconds = {
                "copy of the files (peer)": _timed(
                    lambda target=target: shutil.copytree(settings.MEDIA_ROOT, target / "copy")
                ),
                "backup": _timed(lambda plain=plain: make(plain, "")),
                "backup, encrypted": _timed(lambda locked=locked: make(locked, secret)),
                "verify, encrypted": _timed(lambda locked=locked: archive.read(locked, secret)),
                "restore with proof": _timed(lambda plain=plain: _restore(plain, "")),
                "restore, encrypted": _timed(lambda locked=locked: _restore(locked, secret)),
            }
            content = sum(length for length, _ in archive.read(plain, "").members.values())
            packed = locked.stat().st_size
        for name, took in seconds.items():
            rows.append(
                [
                    f"{name}, {content / 1024**2:.0f} MB → {packed / 1024**2:.0f}",
                    f"{took:.2f}",
                    f"{took / content * 1024**3:.0f}",
                ]
            )
    show(f"Backup and restore on {dump.kind()}", ["what, content → archive", "seconds", "s per GB"], rows)
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "benchmark")
