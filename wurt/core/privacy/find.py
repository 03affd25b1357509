"""Where a text stands: in every text column of every table, in sessions and the cache, in files.

A text is found as it is written, in small and in capital letters, and as JSON writes it. Compressed content
is looked into where it is a ZIP archive (PPTX); of PDF files the import keeps the text it read, so that a
name in them is found in ``agenda.importdocument``.
"""

import base64
import binascii
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from wurt.core.files.models import StoredFile
from wurt.core.privacy.about import every_model

SHORTEST = 3
"""Shorter texts stand everywhere and would find nothing that helps."""
_SHOWN = 20
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """``where``: a table's label or a file's path; ``column``: empty for files; ``keys``: the first rows."""

    where: str
    column: str
    number: int
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.where}.{self.column}" if self.column else self.where
        more = ", …" if self.number > len(self.keys) else ""
        return f"{place}: {self.number}" + (f" ({', '.join(self.keys)}{more})" if self.keys else "")


def spellings(texts: Iterable[str]) -> list[str]:
    """The texts and how else they may be stored. Texts that are too short to mean anything are left out."""
    found: dict[str, None] = {}
    for text in (text.strip() for text in texts):
        if len(text) >= SHORTEST:
            for variant in (text, text.lower(), text.upper()):
                found |= {variant: None, json.dumps(variant)[1:-1]: None}
    return list(found)


def find(texts: Iterable[str]) -> list[Found]:
    """Every place in database and files where one of the texts stands."""
    words = spellings(texts)
    return [*in_tables(words), *in_sessions(words), *in_cache(words), *in_files(words)] if words else []


def in_tables(words: list[str]) -> Iterator[Found]:
    """Text columns of all tables; ``words`` as :func:`spellings` makes them."""
    for model in every_model():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.CharField | models.TextField | models.JSONField):
                rows = rows_with(model, column.name, words)
                keys = [str(key) for key in rows.values_list("pk", flat=True)[:_SHOWN]]
                if keys:
                    number = rows.count() if len(keys) == _SHOWN else len(keys)
                    yield Found(model._meta.label_lower, column.name, number, tuple(keys))


def rows_with(model: type[models.Model], column: str, words: list[str]) -> models.QuerySet[models.Model]:
    """Rows whose column holds one of the words, in any case as far as the database knows case."""
    q = Q()
    for word in words:
        q |= Q(looked_at__icontains=word)
    rows: models.QuerySet[models.Model] = model._base_manager.annotate(looked_at=Cast(column, TextField()))
    return rows.filter(q).order_by("pk")


def in_sessions(words: list[str]) -> Iterator[Found]:
    """Sessions are packed and signed; they are opened one by one."""
    keys = [
        row.session_key[:6] + "…"
        for row in Session.objects.iterator()
        if _holds(json.dumps(row.get_decoded(), default=str).encode(), words)
    ]
    if keys:
        yield Found("sessions.session", "session_data", len(keys), tuple(keys[:_SHOWN]))


def in_cache(words: list[str]) -> Iterator[Found]:
    """The table of the cache, which is no model: rate limits and used codes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM django_cache")
        number = sum(_holds(key.encode() + _unpacked(value), words) for key, value in cursor.fetchall())
    if number:
        yield Found("django_cache", "value", number)


def in_files(words: list[str]) -> Iterator[Found]:
    """Names and contents of stored files, and of mails where they are written to disk."""
    for folder in folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                name = path.relative_to(folder.parent).as_posix()
                number = _holds(name.encode(), words) + sum(_holds(part, words) for part in _parts(path))
                if number:
                    yield Found(name, "", number)


def file_name(stored: StoredFile) -> str:
    """A stored file as :func:`in_files` names it."""
    return f"{Path(settings.MEDIA_ROOT).name}/{stored.path}"


def folders() -> list[Path]:
    """Where Wurt keeps files."""
    mail = getattr(settings, "EMAIL_FILE_PATH", None)
    return [Path(settings.MEDIA_ROOT), *([Path(mail)] if mail else [])]


def _parts(path: Path) -> Iterator[bytes]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.file_size <= _LARGEST:
                    yield archive.read(member)
        return
    before = b""
    with path.open("rb") as handle:
        while chunk := handle.read(1024 * 1024):
            yield before + chunk
            before = chunk[-400:]


def _holds(content: bytes, words: list[str]) -> bool:
    return any(word.encode() in content for word in words)


def _unpacked(value: str) -> bytes:
    try:
        return base64.b64decode(value)
    except (binascii.Error, ValueError):
        return value.encode()
