"""Text that people wrote, made into safe HTML."""

import html
import re

import nh3
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_BULLET = re.compile(r"^\s*[-•*–]\s+")
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table")


def paragraphs(value: str | None) -> SafeString:
    """Plain text to ``<p>``: a blank line parts paragraphs, lines that all begin with a bullet are a list."""
    blocks = re.split(r"\n\s*\n", (value or "").replace("\r\n", "\n").strip())
    return mark_safe("\n".join(_block(block) for block in blocks if block.strip()))  # noqa: S308  escaped line by line


def first_paragraph(value: str | None) -> str:
    """The first paragraph of a Markdown text as plain text: what a card tells before its link is followed."""
    tokens = _markdown.parse(value or "")
    opened = next((at for at, token in enumerate(tokens) if token.type == "paragraph_open"), None)
    inline = tokens[opened + 1].children if opened is not None else None
    return "".join(" " if token.type == "softbreak" else token.content for token in inline or ())


def plain(value: str | None) -> str:
    """The words of a Markdown text, one block a line, without its signs and addresses."""
    blocks = (token.children or () for token in _markdown.parse(value or "") if token.type == "inline")
    return "\n".join(
        "".join(" " if part.type in ("softbreak", "hardbreak") else part.content for part in block)
        for block in blocks
    )


def markdown(value: str | None, top: int = 2) -> SafeString:
    """CommonMark with tables to sanitised HTML. ``top``: the level of its highest heading on the page."""
    tokens = _markdown.parse(value or "")
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + top - highest)}"
        elif token.type == "th_open":
            token.attrSet("scope", "col")
            token.attrs.pop("style", None)  # alignment comes as an inline style, which the policy forbids
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308  sanitised above


def _block(block: str) -> str:
    lines = block.strip("\n").split("\n")
    if all(_BULLET.match(line) for line in lines):
        items = "".join(f"<li>{html.escape(_BULLET.sub('', line).strip())}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{'<br>'.join(urlize(line.strip(), nofollow=True, autoescape=True) for line in lines)}</p>"
