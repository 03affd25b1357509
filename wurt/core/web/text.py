"""Text that people wrote, made into safe HTML."""

import html
import re

import nh3
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

_BULLET = re.compile(r"^\s*[-•*–]\s+")
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table")


COUNTY_LANGUAGE = "de"
"""What people of the county write (titles, texts, reports) is German, whatever language the page speaks."""


def in_german() -> SafeString:
    """The attribute of an element that holds what people of the county wrote, with a blank in front; nothing
    where the page speaks German itself (WCAG 3.1.2)."""
    return mark_safe("" if _speaks_german() else f' lang="{COUNTY_LANGUAGE}"')  # noqa: S308  no value in it


def german(value: object, really: bool = True) -> SafeString:
    """The same for words inside of an element. A lazy text is translated, so it speaks the language of the
    page already and stays as it is; so does what is not ``really`` the county's. In an attribute:
    ``{{ value|striptags }}``."""
    text = conditional_escape(value)  # type: ignore[arg-type]
    if (
        _speaks_german()
        or not (text and really)
        or isinstance(value, Promise)
        or text.startswith("<span lang=")
    ):
        return text
    return format_html('<span lang="{}">{}</span>', COUNTY_LANGUAGE, text)


def said(sentence: str, **values: object) -> SafeString:
    """A sentence of the page around words of the county: ``said(_("About %(title)s"), title=german(x))``."""
    escaped = {name: conditional_escape(value) for name, value in values.items()}  # type: ignore[arg-type]
    return mark_safe(conditional_escape(sentence) % escaped)  # noqa: S308  escaped above


def _speaks_german() -> bool:
    return (get_language() or COUNTY_LANGUAGE).split("-")[0] == COUNTY_LANGUAGE


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
