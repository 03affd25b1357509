"""Papers by Typst: tagged PDF/UA-1, the same bytes for the same data, fonts from one folder only.

Typst lets pass what an office must not hand out (a missing font, a character that no font has), so every
warning of the compiler is an error here.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from wurt.core.db.errors import RuleBroken

FONTS = Path(__file__).parent / "static/web/dist/fonts-ttf"
FONT_FAMILY = "Fira Sans"

_MISSING_GLYPH = re.compile(r"the text `(\".*?\")` could not be displayed", re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MAX_REPLACED = 40


def typeset(
    folder: Path, template: str, data: Mapping[str, Any], *, when: datetime, fonts: Path = FONTS
) -> bytes:
    """The PDF of a template in ``folder``, which reads ``data`` as JSON from ``sys.inputs.data``.

    A character that no font has is written out as ``(U+1F600)`` instead of failing the paper. ``when`` is
    the date of the document. Raises RuleBroken (``web.fonts_missing``, ``web.pdf_failed``).
    """
    book = _fonts(fonts)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for _attempt in range(_MAX_REPLACED):
        try:
            return _run(folder, template, text, book, when)
        except typst.TypstError as error:
            found = _MISSING_GLYPH.search(error.message)
            if found is None:
                message = f"{template}: {error.message} {error.diagnostic}"
                raise RuleBroken("web.pdf_failed", message) from error
            text = _spell_out(text, found.group(1))
    raise RuleBroken("web.pdf_failed", f"{template}: too many characters that no font has")


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> Any:
    if not any(folder.glob("*.ttf")):
        raise RuleBroken(
            "web.fonts_missing", f"No fonts for PDF in {folder}. Run `make setup`, which makes them."
        )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
    if FONT_FAMILY not in fonts.families():
        raise RuleBroken(
            "web.fonts_missing", f"{folder} holds no {FONT_FAMILY}. Run `make setup`, which makes it."
        )
    return fonts


def _spell_out(text: str, missing: str) -> str:
    missing = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), missing)
    for character in sorted(set(missing)):
        if ord(character) > 0x7F:
            text = text.replace(character, f"(U+{ord(character):04X})")
    return text


def _run(folder: Path, template: str, text: str, book: Any, when: datetime) -> bytes:
    made, warnings = typst.compile_with_warnings(
        str(folder / template),
        root=str(folder),
        font_paths=book,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": text},
        pdf_standards=["ua-1"],
        timestamp=int(when.timestamp()),
    )
    if warnings:
        raise RuleBroken("web.pdf_failed", f"{template}: " + "; ".join(one.message for one in warnings))
    if not isinstance(made, bytes):
        raise RuleBroken("web.pdf_failed", f"{template}: the compiler gave no document")
    return made
