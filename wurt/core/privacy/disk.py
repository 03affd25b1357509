"""Retention outside the tables of models: files that no row knows, mails on disk, the cache."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action
from wurt.core.db.clock import now
from wurt.core.files.models import StoredFile
from wurt.core.privacy.find import folders
from wurt.core.privacy.sweeps import Sweep, note, register
from wurt.core.tenancy.policies import MANAGE_PEOPLE

STRAY_KEPT = timedelta(days=1)
"""A file without a row may belong to an upload that is being stored: it gets a day."""
MAIL_KEPT = timedelta(days=30)


def strays(limit: int | None = None) -> list[Path]:
    """Files on disk that no row names, a day old, and mails written to disk thirty days ago."""
    found: list[Path] = []
    for path in _files(folders()[0], STRAY_KEPT):
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        if not StoredFile.objects.filter(path=name).exists():
            found.append(path)
            if limit and len(found) >= limit:
                return found
    for folder in folders()[1:]:
        found += _files(folder, MAIL_KEPT)
    return found[:limit]


def _files(folder: Path, age: timedelta) -> Iterator[Path]:
    oldest = (now() - age).timestamp()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < oldest:
            yield path


@action("privacy.remove_strays")
def remove_strays(actor: Actor, *, limit: int) -> int:
    """Delete files that no row names. Returns how many; done twice it does nothing more."""
    authorize(actor, MANAGE_PEOPLE)
    paths = strays(limit)
    if paths:
        note(actor, "files", len(paths))
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def stale_cache() -> int:
    """Rows of the cache that are over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_cache WHERE expires < %s", [_moment()])
        return int(cursor.fetchone()[0])


@action("privacy.empty_cache")
def empty_cache(actor: Actor, *, limit: int) -> int:
    """Delete what the cache no longer gives out. It forgets in one statement, whatever the limit."""
    authorize(actor, MANAGE_PEOPLE)
    number = stale_cache()
    if number:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_cache WHERE expires < %s", [_moment()])
        note(actor, "cache", number)
    return number


def _moment() -> Any:
    return connection.ops.adapt_datetimefield_value(now().replace(microsecond=0))


register(
    Sweep("files", lambda: len(strays()), lambda actor, limit: remove_strays(actor, limit=limit)),
    Sweep("cache", stale_cache, lambda actor, limit: empty_cache(actor, limit=limit)),
)
