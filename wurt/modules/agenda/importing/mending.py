"""Opening a presentation whose slides are partly broken: a slide that cannot be parsed becomes an empty one.

Without this one cut slide would lose the whole file, since the package is read in one go.
"""

import io
import re
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from lxml import etree
from pptx import Presentation

_SLIDE = re.compile(r"ppt/slides/[^/]+\.xml")
_EMPTY = (
    b'<p:sld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    b'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld><p:spTree><p:nvGrpSpPr>'
    b'<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/></p:spTree></p:cSld></p:sld>'
)


def open_deck(path: Path) -> tuple[Any, frozenset[str]]:
    """The presentation and the part names of its broken slides. Raises what python-pptx raises if even the
    frame of the file is broken."""
    try:
        return Presentation(str(path)), frozenset()
    except (SyntaxError, BadZipFile, zlib.error):
        content, broken = _mended(path)
        if not broken:
            raise
        return Presentation(content), broken


def _mended(path: Path) -> tuple[io.BytesIO, frozenset[str]]:
    target, broken = io.BytesIO(), set()
    with ZipFile(path) as source, ZipFile(target, "w", ZIP_STORED) as copy:
        for name in source.namelist():
            content = _content(source, name)
            if _SLIDE.fullmatch(name) and not _parses(content):
                broken.add(f"/{name}")
                content = _EMPTY
            copy.writestr(name, content)
    target.seek(0)
    return target, frozenset(broken)


def _content(source: ZipFile, name: str) -> bytes:
    try:
        return source.read(name)
    except (BadZipFile, zlib.error):
        return b""


def _parses(content: bytes) -> bool:
    try:
        etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True
