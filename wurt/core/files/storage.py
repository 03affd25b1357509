"""Taking a file in: size and real type by content, a name of our own, nothing executable served inline."""

import hashlib
import io
import mimetypes
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from wurt.core.db.errors import RuleBroken
from wurt.core.db.ids import new_id
from wurt.core.files.models import StoredFile

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MACROS = "application/vnd.ms-office.macros"
"""Any Office file with programs in it: no purpose allows it, whatever the rest of it is."""
TEXT = "text/plain"
MARKDOWN = "text/markdown"
SVG = "image/svg+xml"
PNG = "image/png"
JPEG = "image/jpeg"


def real_type(head: bytes, name: str, stream: BinaryIO | None = None) -> str:
    """The type by content. Text is told from Markdown by its name only; unknown binaries are octet-stream."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"PK\x03\x04") and stream is not None:
        return _type_in_zip(stream)
    if b"\x00" in head:
        return "application/octet-stream"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith((b"<!doctype", b"<html", b"<svg")):
        return "text/html"  # a page or drawing that could run programs, whatever it calls itself
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return "application/octet-stream"
    return MARKDOWN if name.lower().endswith((".md", ".markdown")) else TEXT


def _type_in_zip(stream: BinaryIO) -> str:
    position = stream.tell()
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if any(name.rsplit("/", 1)[-1].lower() == "vbaproject.bin" for name in names):
                return MACROS
            if "ppt/presentation.xml" in names:
                return PPTX
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        pass  # starts like an archive but cannot be read as one
    finally:
        stream.seek(position)
    return "application/zip"


LONGEST_NAME = 200


def shown_name(name: str) -> str:
    """What a person called the file, fit to be shown and to be saved under: no folders of any system, no
    control or direction signs that disguise the ending, at most 200 signs, the ending among them."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(one for one in last if unicodedata.category(one)[0] != "C").strip(" .")
    if len(plain) > LONGEST_NAME:
        stem, ending = Path(plain).stem, Path(plain).suffix[:16]
        plain = stem[: LONGEST_NAME - len(ending)] + ending
    return plain or "datei"


def store(
    content: bytes,
    *,
    name: str,
    purpose: str,
    allowed: Iterable[str],
    public: bool = False,
    limit: int | None = None,
) -> StoredFile:
    """Check and keep a file. Call inside an action. Raises RuleBroken with a message for people."""
    limit = limit or settings.WURT_UPLOAD_BYTES
    if not content:
        raise RuleBroken("files.empty", _("The file is empty. Please choose the file again."))
    if len(content) > limit:
        raise RuleBroken(
            "files.too_large",
            _("The file has %(size)d MB; at most %(limit)d MB are possible. Please make it smaller.")
            % {"size": len(content) // 1024**2, "limit": limit // 1024**2},
        )
    kind = real_type(content[:4096], name, _as_stream(content))
    if kind not in set(allowed):
        raise RuleBroken(
            "files.wrong_type",
            _("“%(name)s” is not a file of the kind asked for here (its content is %(kind)s).")
            % {"name": shown_name(name), "kind": kind},
        )
    path = default_storage.save(
        f"{purpose}/{new_id().hex}{mimetypes.guess_extension(kind) or ''}", ContentFile(content)
    )
    return StoredFile.objects.create(
        name=shown_name(name),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        public=public,
        purpose=purpose,
    )


def _as_stream(content: bytes) -> BinaryIO:
    return io.BytesIO(content)


def read(stored: StoredFile) -> bytes:
    """The content of a stored file."""
    with default_storage.open(stored.path, "rb") as handle:
        content: bytes = handle.read()
    return content


def absolute_path(stored: StoredFile) -> Path:
    """Where the file lies on this machine's disk (the import's child process reads it there)."""
    return Path(default_storage.path(stored.path))
