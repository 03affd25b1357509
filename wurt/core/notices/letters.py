"""Letters as one PDF: an address for the window of a DIN envelope, large type, one letter per reader."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.db.clock import now, today
from wurt.core.notices.desk_queries import Letter
from wurt.core.tenancy.offices import Sender, sender_of
from wurt.core.web.context import county_name
from wurt.core.web.format import day
from wurt.core.web.typeset import typeset

ADDRESS_ONLY = re.compile(r"([^:]{1,60}:\s*)?https?://\S+")
TEMPLATES = Path(__file__).parent / "typst"


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter. ``address``: name, street, town, at most six lines. ``pieces``: each with ``subject`` and
    ``blocks`` (see :func:`blocks`). ``number``: how the receiver is known here, if at all."""

    sender: Sender
    address: tuple[str, ...]
    pieces: tuple[Mapping[str, Any], ...]
    closing: tuple[str, ...] = ()
    number: str = ""


def letters_file(letters: Sequence[Letter]) -> bytes:
    """Waiting notices, one letter per reader, in their order."""
    with translation.override("de"):
        sender = sender_of(None)
        return papers_file([_paper(letter, sender) for letter in letters])


def papers_file(papers: Sequence[Paper], title: str = "") -> bytes:
    """The letters in their order, each beginning on a page of its own (PDF/UA-1, type of 14 points, address
    for the window of DIN 5008 form B). Raises RuleBroken if it cannot be set."""
    with translation.override("de"):
        data = {
            "title": title or _("Letters of %(day)s") % {"day": day(today())},
            "lang": "de",
            "author": papers[0].sender.name if papers else county_name(),
            "date": day(today()),
            "page": _("Page"),
            "letters": [_set(paper) for paper in papers],
        }
    return typeset(TEMPLATES, "letters.typ", data, when=now())


def _set(paper: Paper) -> dict[str, Any]:
    sender = paper.sender
    ask = _("Do you have a question? Call us: %(phone)s.") % {"phone": sender.phone}
    return {
        "head": sender.name or county_name(),
        "sender": sender.line or county_name(),
        "address": list(paper.address),
        "number": _("Your number: %(number)s") % {"number": paper.number} if paper.number else "",
        "greeting": _("Good day,"),
        "pieces": list(paper.pieces),
        "closing": [*paper.closing, *([f"{ask} {sender.hours}".strip()] if sender.phone else [])],
        "signed": sender.name or county_name(),
    }


def _paper(letter: Letter, sender: Sender) -> Paper:
    reason = _("This letter comes because you asked to be told about: %(topics)s.") % {
        "topics": "; ".join(letter.why)
    }
    stop = _("If you want no more letters, call or write to us.")
    return Paper(
        sender,
        (letter.name, *letter.address.splitlines()),
        tuple({"subject": piece.subject, "blocks": blocks(piece.text)} for piece in letter.pieces),
        (reason, stop) if letter.why else (stop,),
    )


def blocks(text: str) -> list[dict[str, Any]]:
    """Paragraphs and lists of a plain text: blank lines part them, lines of a list begin with "- "; a line
    that is indented belongs to the one before. A line that is only an address of the web, perhaps after a
    word and a colon, is left out: whoever gets letters or calls cannot follow it."""
    found: list[dict[str, Any]] = []
    for block in text.split("\n\n"):
        lines: list[str] = []
        for line in block.splitlines():
            if ADDRESS_ONLY.fullmatch(line.strip()):
                continue
            if line.startswith("  ") and lines:
                lines[-1] += " " + line.strip()
            elif line.strip():
                lines.append(line.strip())
        if not lines:
            continue
        is_list = all(line.startswith("- ") for line in lines)
        items = [line[2:] for line in lines] if is_list else [" ".join(lines)]
        found.append({"list": is_list, "items": items})
    return found
