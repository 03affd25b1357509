"""Reading files from outside in a child process with limits on time, memory and pages.

Whatever a file does to its reader, the result says what happened to it, and no other file is lost.
"""

import json
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from wurt.modules.agenda.importing.errors import ImportFailed
from wurt.modules.agenda.importing.facade import combine, failed
from wurt.modules.agenda.importing.filetypes import check_file
from wurt.modules.agenda.importing.limits import Limits
from wurt.modules.agenda.importing.model import DocumentRead, ImportResult, KnownWorld

Progress = Callable[[str, int, int], None]
_ROOT = Path(__file__).resolve().parents[4]


def read_files_safely(
    paths: Sequence[Path | str],
    known: KnownWorld | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Read files one after the other, each in a child process of its own. ``progress(file, page, pages)``."""
    limits = limits or Limits()
    return combine((read_file_safely(Path(path), limits, progress) for path in paths), known)


def read_file_safely(path: Path, limits: Limits, progress: Progress | None = None) -> DocumentRead:
    """One file in a child process. Files that are refused by size or type start no child at all."""
    try:
        check_file(path, limits)
    except ImportFailed as failure:
        return failed(path.name, failure.code, failure.params)
    with tempfile.TemporaryDirectory(prefix="wurt-import-") as folder:
        target = Path(folder) / "result"
        command = [
            sys.executable,
            "-m",
            "wurt.modules.agenda.importing.child",
            str(path.resolve()),
            str(target),
            json.dumps(asdict(limits)),
        ]
        with subprocess.Popen(  # noqa: S603 - fixed command, the file is an argument and never a shell word
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=_ROOT, text=True
        ) as child:
            watcher = threading.Thread(target=_watch, args=(child, path.name, progress), daemon=True)
            errors: list[str] = []
            listener = threading.Thread(target=_listen, args=(child, errors), daemon=True)
            watcher.start()
            listener.start()
            try:
                code = child.wait(timeout=limits.seconds)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                code = None
            watcher.join(5)
            listener.join(5)
        return _result(path, target, code, "".join(errors), limits)


def _watch(child: "subprocess.Popen[str]", name: str, progress: Progress | None) -> None:
    for line in child.stdout or ():
        try:
            page, pages = json.loads(line)["progress"]
        except (ValueError, KeyError, TypeError):
            continue
        if progress is not None:
            progress(name, page, pages)


def _listen(child: "subprocess.Popen[str]", errors: list[str]) -> None:
    for line in child.stderr or ():
        if len(errors) < 200:
            errors.append(line)


def _result(path: Path, target: Path, code: int | None, errors: str, limits: Limits) -> DocumentRead:
    if code is None or code in (-24, 152):  # SIGXCPU
        return failed(path.name, "timeout", {"seconds": f"{limits.seconds:g}"})
    if target.exists():
        document = pickle.loads(target.read_bytes())  # noqa: S301
        if isinstance(document, DocumentRead):
            return document
    if (
        "MemoryError" in errors
        or "bad_alloc" in errors
        or "memory" in errors.lower()
        or code in (-6, -9, -11, -5, -4)
    ):
        return failed(path.name, "memory", {"limit": limits.megabytes})
    return failed(path.name, "reader_failed")
