"""Have the static files changed since they were collected? Compares names, sizes and times; takes
milliseconds.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders


def _state() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT).with_suffix(".stamp")


def needs_collect() -> bool:
    """True if ``collectstatic`` has something to do."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return not (manifest.exists() and _stamp().exists() and _stamp().read_text() == _state())


def remember() -> None:
    """Note that the static files are collected."""
    _stamp().write_text(_state())
