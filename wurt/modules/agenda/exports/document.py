"""A document of the strategy for its PDF: Markdown taken apart into headings, paragraphs, lists and tables.

Only structure and text go to the template, never markup. HTML stays text; a picture leaves its description.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.blocks import clean
from wurt.modules.agenda.exports.pdf_data import Data, Imprint, document

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")
_LISTS = ("bullet_list", "ordered_list")
_ADDRESSES = ("http://", "https://", "mailto:", "tel:")


def document_data(title: str, text: str, *, version: str, imprint: Imprint, example: bool) -> Data:
    """Everything the template needs. A first heading ``#`` in the text stands in place of the title."""
    parts = list(_blocks(_reader.parse(text)))
    heading = clean(title)
    if parts and parts[0]["kind"] == "heading" and parts[0]["level"] == 1:
        heading = clean("".join(span["text"] for span in parts.pop(0)["spans"]))
    subject = " · ".join(part for part in (imprint.county, imprint.agenda) if part)
    return {
        "doc": document(heading, imprint, example=example, subject=subject),
        "edition": _("%(county)s · version %(version)s of %(day)s")
        % {"county": imprint.county, "version": version, "day": wording.long_day(imprint.as_of)},
        "blocks": _stepwise(parts),
    }


def _stepwise(parts: list[Data]) -> list[Data]:
    """Levels of headings below the title: from 2, none left out (a reader's software counts on it)."""
    above = 1
    for part in parts:
        if part["kind"] == "heading":
            part["level"] = above = min(max(part["level"], 2), above + 1)
    return parts


def _blocks(tokens: Sequence[Token]) -> Iterator[Data]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _end(tokens, position)
        inside = tokens[position + 1 : end]
        kind = token.type.removesuffix("_open")
        if kind == "heading":
            yield {"kind": "heading", "level": int(token.tag[1]), "spans": _inline(inside)}
        elif kind == "paragraph" and (spans := _inline(inside)):
            yield {"kind": "paragraph", "spans": spans}
        elif kind in _LISTS:
            start = int(token.attrs.get("start", 1)) if kind == "ordered_list" else None
            yield {"kind": "list", "start": start, "items": [list(_blocks(item)) for item in _inner(inside)]}
        elif kind == "blockquote":
            yield {"kind": "quote", "blocks": list(_blocks(inside))}
        elif kind == "table":
            yield _table(inside)
        elif kind in ("fence", "code_block"):
            yield {"kind": "paragraph", "spans": [_span(clean(token.content))]}
        position = end + 1


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where the block that opens at ``start`` closes; a block without inside closes where it opens."""
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth <= 0:
            return position
    return len(tokens) - 1


def _inner(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The insides of the blocks that follow each other: items of a list, rows, cells."""
    position = 0
    while position < len(tokens):
        end = _end(tokens, position)
        yield tokens[position + 1 : end]
        position = end + 1


def _table(tokens: Sequence[Token]) -> Data:
    rows = [[_inline(cell) for cell in _inner(row)] for part in _inner(tokens) for row in _inner(part)]
    return {"kind": "table", "head": rows[0], "rows": rows[1:]}


def _span(text: str, *, strong: bool = False, emphasis: bool = False, href: str = "") -> Data:
    return {"text": text, "strong": strong, "emphasis": emphasis, "href": href}


def _inline(tokens: Sequence[Token]) -> list[Data]:
    """Pieces of a line that look alike; a line break is a blank, a picture its description."""
    found: list[Data] = []
    state: dict[str, Any] = {"strong": False, "emphasis": False, "href": ""}
    for token in (child for outer in tokens for child in outer.children or ()):
        name = token.type.rsplit("_", 1)[0]
        if name in ("strong", "em"):
            state["strong" if name == "strong" else "emphasis"] = token.nesting > 0
        elif name == "link":
            href = str(token.attrs.get("href", ""))
            state["href"] = href if href.startswith(_ADDRESSES) else ""
        elif token.type in ("softbreak", "hardbreak"):
            found.append(_span(" ", **state))
        elif token.content:
            found.append(_span(token.content, **state))
    return found
