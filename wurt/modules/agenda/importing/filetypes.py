"""What a file really is, whatever its name says, and whether it may be opened."""

import zipfile
from pathlib import Path
from typing import Literal

from wurt.modules.agenda.importing.errors import ImportFailed
from wurt.modules.agenda.importing.limits import Limits

FileKind = Literal["pdf", "pptx", "text"]
_SUFFIXES: dict[str, FileKind] = {".pdf": "pdf", ".pptx": "pptx", ".pptm": "pptx", ".potx": "pptx"}
_TEXTS = (".txt", ".md", ".markdown", ".html", ".htm", ".text", "")
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "ein Bild (PNG)"),
    (b"\xff\xd8\xff", "ein Bild (JPEG)"),
    (b"GIF8", "ein Bild (GIF)"),
    (b"RIFF", "ein Bild (WebP)"),
    (b"II*\x00", "ein Bild (TIFF)"),
    (b"MM\x00*", "ein Bild (TIFF)"),
    (b"BM", "ein Bild (BMP)"),
    (b"\xd0\xcf\x11\xe0", "ein altes Office-Dokument oder mit Passwort geschützt"),
    (b"\x1f\x8b", "ein Archiv (GZIP)"),
    (b"7z\xbc\xaf", "ein Archiv (7z)"),
    (b"MZ", "ein Programm"),
    (b"\x7fELF", "ein Programm"),
    (b"{\\rtf", "ein RTF-Dokument"),
)

# What the program that made it can save as PDF.
_DOCUMENTS = frozenset(
    {
        "ein Word-Dokument",
        "eine Excel-Tabelle",
        "ein altes Office-Dokument oder mit Passwort geschützt",
        "ein RTF-Dokument",
        *(name for _magic, name in _MAGIC if name.startswith("ein Bild")),
    }
)


def check_file(path: Path, limits: Limits) -> FileKind:
    """The real kind of a file; raises :class:`ImportFailed` when it must not or cannot be opened."""
    if path.exists() and not path.is_file():  # a folder, or a pipe that would never end
        raise ImportFailed("not_a_file", {"file": path.name})
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise ImportFailed("file_missing", {"file": path.name}) from error
    if size == 0 or not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ImportFailed("empty_file")
    if size > limits.file_megabytes * 1_000_000:
        raise ImportFailed("file_too_large", {"size": size // 1_000_000, "limit": limits.file_megabytes})
    suffix = path.suffix.lower()
    real = _real_kind(path, head, limits)
    if real in ("pdf", "pptx"):
        return real  # type: ignore[return-value]  # the content decides, not the name
    if real == "text" and suffix in _TEXTS:
        if size > limits.text_megabytes * 1_000_000:
            raise ImportFailed("file_too_large", {"size": size // 1_000_000, "limit": limits.text_megabytes})
        return "text"
    if real == "text":
        code = "broken_file" if suffix in _SUFFIXES and b"%%EOF" in head else "wrong_type"
        raise ImportFailed(code, {"suffix": suffix or path.name, "type": "ein Text"})
    if suffix in _SUFFIXES:
        raise ImportFailed("wrong_type", {"suffix": suffix, "type": real})
    code = "document_not_supported" if real in _DOCUMENTS else "type_not_supported"
    raise ImportFailed(code, {"type": real})


def _real_kind(path: Path, head: bytes, limits: Limits) -> str:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _archive_kind(path, limits)
    for magic, name in _MAGIC:
        if head.startswith(magic) and not (magic in (b"BM", b"MZ") and _is_text(head)):
            if magic == b"\xd0\xcf\x11\xe0" and _encrypted_office(path):
                raise ImportFailed("encrypted")
            return name
    return "text" if _is_text(head) else "unbekannt"


def _encrypted_office(path: Path) -> bool:
    with path.open("rb") as stream:
        return "EncryptedPackage".encode("utf-16-le") in stream.read(2_000_000)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return (
        b"\x00" not in head
        and sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head) < 0.01 * len(head) + 1
    )


def _archive_kind(path: Path, limits: Limits) -> str:
    """A presentation, after its unpacked size was judged from the directory without unpacking anything."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ImportFailed("broken_file") from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    limit = limits.unpacked_megabytes * 1_000_000
    if (
        unpacked > limit
        or len(entries) > 20_000
        or (unpacked > 20_000_000 and unpacked / packed > limits.ratio)
    ):
        raise ImportFailed("archive_bomb", {"size": unpacked // 1_000_000})
    if any(entry.flag_bits & 1 for entry in entries):
        raise ImportFailed("encrypted")
    names = {entry.filename for entry in entries}
    if any(name.startswith("ppt/") for name in names):
        return "pptx"
    if any(name.startswith("word/") for name in names):
        return "ein Word-Dokument"
    if any(name.startswith("xl/") for name in names):
        return "eine Excel-Tabelle"
    return "ein Archiv (ZIP)"
