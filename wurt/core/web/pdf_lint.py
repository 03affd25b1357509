"""What the compiler lets pass and an office must not hand out: checked in the finished file.

Not a full PDF/UA check (``tools/check_pdf.py`` runs one), but what can be asserted in every test run
without further software.
"""

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

_TABLE = re.compile(r"(?<!set )(?<![\w.])table\(")
_HEADER = "table.header("
_COMPLAINTS = {"Table": "a table without header cells", "Figure": "a figure without alternative text"}


def lint_pdf(pdf: bytes) -> list[str]:
    """Findings in plain English; empty when the file is tagged, German, titled and its tables have heads."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = list(_document_findings(document, pdf))
        ended_with_table = False
        for number in range(len(document)):
            parts = _page_parts(document[number])
            for position, (kind, complete) in enumerate(parts):
                # A table that goes on has its head on the page where it began.
                goes_on = kind == "Table" and position == 0 and ended_with_table
                if not complete and not goes_on:
                    found.append(f"page {number + 1}: {_COMPLAINTS[kind]}")
            ended_with_table = bool(parts) and parts[-1][0] == "Table"
        return found
    finally:
        document.close()


def _document_findings(document: Any, pdf: bytes) -> Iterator[str]:
    if not raw.FPDFCatalog_IsTagged(document.raw):
        yield "not tagged"
    language = _text(raw.FPDFCatalog_GetLanguage, document.raw)
    if not language.lower().startswith("de"):
        yield f"language is {language!r}, not German"
    if not document.get_metadata_value("Title"):
        yield "no title"
    if b"<pdfuaid:part>1</pdfuaid:part>" not in pdf:
        yield "not marked as PDF/UA-1"


def _page_parts(page: Any) -> list[tuple[str, bool]]:
    """Tables and innermost elements of a page in reading order, each with whether it is complete."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        tops = [raw.FPDF_StructTree_GetChildAtIndex(tree, number) for number in range(count)]
        return [part for top in tops for part in _parts(top)]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _parts(element: Any) -> Iterator[tuple[str, bool]]:
    """A table needs header cells, a figure an alternative text."""
    kind = _text(raw.FPDF_StructElement_GetType, element)
    if kind == "Table":
        yield kind, "TH" in _kinds(element)
        return
    if kind == "Figure":
        yield kind, bool(_text(raw.FPDF_StructElement_GetAltText, element))
        return
    children = list(_children(element))
    if not children:
        yield kind, True
    for child in children:
        yield from _parts(child)


def _kinds(element: Any) -> set[str]:
    found = {_text(raw.FPDF_StructElement_GetType, element)}
    for child in _children(element):
        found |= _kinds(child)
    return found


def _children(element: Any) -> Iterator[Any]:
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            yield child


def _text(getter: Any, handle: Any) -> str:
    """PDFium's way to hand out text: ask for the size in bytes, then for UTF-16 text of that size."""
    size = getter(handle, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    getter(handle, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def lint_templates(folder: Path) -> list[str]:
    """Findings in Typst templates: every table has a header row, the house layout sets the language."""
    found = []
    for path in sorted(folder.glob("*.typ")):
        text = path.read_text(encoding="utf-8")
        for match in _TABLE.finditer(text):
            if _HEADER not in text[match.end() : match.end() + 200]:
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path.name}:{line}: a table without table.header")
    if not any("lang:" in path.read_text(encoding="utf-8") for path in folder.glob("*.typ")):
        found.append("no template sets the language")
    return found
