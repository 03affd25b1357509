"""Letters as one PDF: an address for the window of a DIN envelope, large type, one letter per reader."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.db.clock import now, today
from wurt.core.notices.desk_queries import Letter
from wurt.core.web.context import county_name
from wurt.core.web.format import day
from wurt.core.web.typeset import typeset

TEMPLATES = Path(__file__).parent / "typst"


def letters_file(letters: Sequence[Letter]) -> bytes:
    """The letters in their order, each beginning on a page of its own (PDF/UA-1). Raises RuleBroken if it
    cannot be set."""
    with translation.override("de"):
        data = {
            "title": _("Letters of %(day)s") % {"day": day(today())},
            "lang": "de",
            "sender": county_name(),
            "date": day(today()),
            "letters": [_letter(letter) for letter in letters],
        }
    return typeset(TEMPLATES, "letters.typ", data, when=now())


def _letter(letter: Letter) -> dict[str, Any]:
    reason = _("This letter comes because you asked to be told about: %(topics)s.") % {
        "topics": "; ".join(letter.why)
    }
    return {
        "address": [letter.name, *letter.address.splitlines()],
        "pieces": [{"subject": piece.subject, "blocks": blocks(piece.text)} for piece in letter.pieces],
        "greeting": _("Good day,"),
        "reason": reason if letter.why else "",
        "stop": _("If you want no more letters, call or write to us."),
        "sender": county_name(),
    }


def blocks(text: str) -> list[dict[str, Any]]:
    """Paragraphs and lists of a plain text: blank lines part them, lines of a list begin with "- "; a line
    that is indented belongs to the one before. A line that is only an address of the web is left out: whoever
    gets letters cannot follow it."""
    found: list[dict[str, Any]] = []
    for block in text.split("\n\n"):
        lines: list[str] = []
        for line in block.splitlines():
            if line.strip().startswith(("http://", "https://")):
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
