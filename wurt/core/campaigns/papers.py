"""Flyer, poster and press release as accessible PDF, and as a picture for the preview."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.links import qr
from wurt.core.web.context import county_name
from wurt.core.web.format import day, german_datetime
from wurt.core.web.theme import LIGHT_BACKGROUND, accent, readable_on
from wurt.core.web.typeset import typeset

TEMPLATES = Path(__file__).parent / "typst"
OUR_MARK = Path(__file__).parents[1] / "web/static/web/mark.svg"
LONGEST_WORD = 36
"""Letters; a longer word fits into no line of a poster, however it is broken."""

EDGE = 0.06
"""Part of the width at each side that stays white; the margins of all papers are wider."""

_TOO_MUCH = re.compile(r"too much: (\d+)")


@dataclass(frozen=True, slots=True)
class Paper:
    """What can be printed: ``key`` stands in addresses, ``channel`` is whose short link it shows, ``name`` is
    for people."""

    key: str
    name: str | Promise
    template: str
    channel: str
    size: str
    scale: float


PAPERS = {
    paper.key: paper
    for paper in (
        Paper("flyer", gettext_lazy("Flyer"), "sheet.typ", "flyer", "a5", 0.72),
        Paper("plakat-a4", gettext_lazy("Poster A4"), "sheet.typ", "poster", "a4", 1.0),
        Paper("plakat-a3", gettext_lazy("Poster A3"), "sheet.typ", "poster", "a3", 1.414),
        Paper("pressemitteilung", gettext_lazy("Press release"), "press.typ", "press", "a4", 1.0),
    )
}


def paper_file(paper: Paper, texts: Mapping[str, Any], address: str, *, example: bool) -> bytes:
    """The paper as PDF/UA-1. ``texts``: fields of a campaign; ``address``: of its short link, "" without.

    Raises RuleBroken (``campaigns.too_long``, ``campaigns.long_word``) instead of letting text spill over.
    """
    _check_words(texts)
    with translation.override("de"):
        data = _data(paper, texts, address, example)
    try:
        pdf = typeset(TEMPLATES, paper.template, data, when=now())
    except RuleBroken as error:
        found = _TOO_MUCH.search(error.message)
        if found is None:
            raise
        raise RuleBroken("campaigns.too_long", _too_long(int(found.group(1)))) from error
    if not _inside(pdf):
        raise RuleBroken(
            "campaigns.too_wide",
            _(
                "A word does not fit into its line. Part it with a hyphen or a space, or choose a "
                "shorter one."
            ),
        )
    return pdf


def _inside(pdf: bytes) -> bool:
    """Does every letter stand inside the margins? Asked of the finished file, so that no word of capitals or
    without a place to break can run over the edge."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            text, width = page.get_textpage(), page.get_width()
            margin = width * EDGE
            for at in range(text.count_chars()):
                left, _bottom, right, _top = text.get_charbox(at)
                if right > left and (left < margin or right > width - margin):
                    return False
    finally:
        document.close()
    return True


def picture(pdf: bytes, width: int = 900) -> bytes:
    """The first page as PNG, so many pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=width / page.get_width()).to_pil()
    finally:
        document.close()
    out = BytesIO()
    image.convert("P").save(out, "PNG", optimize=True)
    return out.getvalue()


def _too_long(percent: int) -> str:
    return _(
        "The text does not fit: it needs %(percent)d %% of the room there is. Shorten it, first of all the "
        "long text; nothing is printed over the edge."
    ) % {"percent": percent}


def _check_words(texts: Mapping[str, Any]) -> None:
    for name in ("headline", "subline", "body", "call", "contact"):
        for word in str(texts.get(name) or "").split():
            if len(word) > LONGEST_WORD:
                raise RuleBroken(
                    "campaigns.long_word",
                    _("The word “%(word)s…” is too long for a line. Part it with a hyphen or a space.")
                    % {"word": word[:20]},
                )


def _data(paper: Paper, texts: Mapping[str, Any], address: str, example: bool) -> dict[str, Any]:
    embargo = texts.get("embargo")
    colour = readable_on(accent() or "#0b3a66", LIGHT_BACKGROUND)
    return {
        "title": str(texts.get("headline") or texts.get("press_title") or texts.get("title") or _("Flyer")),
        "lang": "de",
        "county": county_name(),
        "mark": _mark(colour),
        "mark_words": _("Mark of %(county)s") % {"county": county_name()},
        "accent": colour,
        "paper": paper.size,
        "scale": paper.scale,
        "qr": qr.svg(address, text=False).decode() if address else "",
        "qr_words": _("QR code that leads to %(address)s") % {"address": qr.shown_address(address)},
        "address": qr.shown_address(address) if address else "",
        "full_address": address,
        "example": _("Example data") if example else "",
        "headline": str(texts.get("headline") or ""),
        "subline": str(texts.get("subline") or ""),
        "body": _paragraphs(texts.get("body")),
        "call": str(texts.get("call") or ""),
        "contact": str(texts.get("contact") or ""),
        "press": {
            "word": _("Press release"),
            "date": day(now()),
            "embargo": _("Embargo until %(moment)s") % {"moment": german_datetime(embargo)}
            if embargo
            else "",
            "title": str(texts.get("press_title") or ""),
            "lead": str(texts.get("press_lead") or ""),
            "body": _paragraphs(texts.get("press_body")),
            "contact_word": _("Contact for the press"),
            "more": _("More:"),
            "page": _("Page"),
        },
    }


def _paragraphs(text: Any) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", str(text or "")) if part.strip()]


def _mark(colour: str) -> str:
    own = Path(getattr(settings, "WURT_MARK", "") or "/nonexistent")
    path = own if own.suffix.lower() == ".svg" and own.is_file() else OUR_MARK
    return path.read_text(encoding="utf-8").replace("currentColor", colour)
