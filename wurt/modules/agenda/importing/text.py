"""Reading text: dumps of a text layer, Markdown conversions, web page text."""

import re
from collections import Counter
from pathlib import Path

from wurt.modules.agenda.importing.joining import (
    clean,
    composed,
    glue,
    is_bullet,
    is_rule,
    markup_lines,
    only_bullet,
    without_bullet,
)
from wurt.modules.agenda.importing.labels import match
from wurt.modules.agenda.importing.model import Line

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_URL = re.compile(r"^(?:https?://|www\.)\S+$")
_PAGE_NUMBER = re.compile(r"^(?:Seite|Folie)\s+\d+(?:\s*(?:von|/)\s*\d+)?$", re.IGNORECASE)
_HYPHEN = re.compile("[\x02\ufffe](?=(\\S))")
_MARKUP = re.compile(
    r"<(?:ul|li|p|br|table|td)\b|^\s{0,3}#{1,6}\s|\*\*|^[^:\t]{3,40}:\t", re.MULTILINE | re.IGNORECASE
)


def decode(data: bytes) -> str:
    """Text of a file: UTF-8, UTF-16 with mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def format_of(text: str) -> str:
    """ "markdown_conversion" where remnants of markup are found, else "pdf_text_layer"."""
    return "markdown_conversion" if _MARKUP.search(text) else "pdf_text_layer"


def read_text(path: Path) -> tuple[list[Line], str]:
    """Lines of a text file and its format."""
    text = _whole(decode(path.read_bytes()))
    return lines_of(text), format_of(text)


def _whole(text: str) -> str:
    """Composed characters; the mark that a text layer has for a hyphen at the end of a line is one again."""
    text = re.sub("[\x02\ufffe][ \t]*(?=\r?\n)", "-", composed(text))
    pieces, done = [], 0
    for mark in _HYPHEN.finditer(text):
        # By hand: a pattern that takes the word along reads a line without spaces anew from each character.
        before = text[done : mark.start()]
        word = before.rsplit(None, 1)[-1] if before and not before[-1].isspace() else ""
        pieces += [before[: len(before) - len(word)], glue(word + "-", mark[1])[: -len(mark[1])]]
        done = mark.end()
    return "".join([*pieces, text[done:]])


def lines_of(text: str) -> list[Line]:
    """Lines with bullets, headings and page breaks recognised and running heads dropped."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    running = _running_heads(raw)
    lines: list[Line] = []
    page = 1 if "\f" in text else None
    for number, physical in enumerate(raw, start=1):
        if "\f" in physical:
            page = (page or 1) + physical.count("\f")
            lines.append(Line("", number, page, role="page"))
            physical = physical.replace("\f", "")
        if number in running:
            lines.append(Line("", number, page, role="break"))
            continue
        lines += [_line(part, number, page) for part in markup_lines(physical)]
    return lines


def _line(raw: str, number: int, page: int | None) -> Line:
    if only_bullet(raw) or is_rule(raw) or _URL.match(raw.strip()) or _PAGE_NUMBER.match(raw.strip()):
        return Line("", number, page)
    heading = _HEADING.match(raw)
    level = len(heading.group(1)) if heading else 0
    body = heading.group(2) if heading else raw
    if body.strip().startswith("|") and body.strip().endswith("|"):
        body = "\t".join(cell.strip() for cell in body.strip().strip("|").split("|"))
    bullet = is_bullet(body)
    if bullet:
        body = without_bullet(body)
    soft = bool(raw.rstrip("\n")) and raw.endswith(" ") and bool(raw.strip())
    bold = body.strip().startswith("**") and body.strip().endswith("**") and len(body.strip()) > 4
    body = "\t".join(clean(cell) for cell in body.strip().split("\t"))
    return Line(body, number, page, bullet=bullet, soft=soft, heading=level, bold=bold)


def _running_heads(raw: list[str]) -> set[int]:
    """Numbers of lines that belong to a bold block standing several times in the file (a logo or head)."""
    blocks: list[tuple[str, list[int]]] = []
    index = 0
    while index < len(raw):
        text = raw[index].strip()
        if text.startswith("**"):
            end = next((j for j in range(index, min(index + 4, len(raw))) if raw[j].strip().endswith("**")
                        and (j > index or text.count("**") > 1)), None)  # fmt: skip
            if end is not None:
                joined = " ".join(part.strip() for part in raw[index : end + 1])
                blocks.append((joined, list(range(index + 1, end + 2))))
                index = end
        index += 1
    seen = Counter(text for text, _ in blocks)
    return {n for text, numbers in blocks if seen[text] > 1 and match(clean(text)) is None for n in numbers}
