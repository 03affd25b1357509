"""What the desk tells people: texts with samples for the style guide. All of it is owed to them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.moderation.actions import telling
from wurt.core.notices.kinds import Data, NoticeKind, Part, register

_LINK = "https://wurt.example/meldungen/n0123.abc/"
DECISION: dict[str, Any] = {
    "number": "M-7F3A91C2",
    "title": "Fahrplan zum Sommerfest",
    "url": "/sommerfest/",
    "role": "notifier",
    "measure": "hide",
    "ground": "terms",
    "clause": "Nutzungsbedingungen, Nummer 4: keine Namen anderer ohne deren Zustimmung",
    "facts": "Im Text stehen Name und Telefonnummer einer Nachbarin, die davon nichts wusste.",
    "origin": "notice",
    "found_by_machine": False,
    "decided_by_machine": False,
    "territory": "",
    "until": "",
    "outcome": "",
    "complain_until": "2026-09-03",
    "link": _LINK,
}


def _about(words: str, data: Data) -> str:
    return words % {"number": data["number"], "title": data["title"]}


def _subjects() -> dict[str, Any]:
    return {
        telling.RECEIVED: lambda data: _about(gettext("Your notice %(number)s has arrived"), data),
        telling.DECIDED: lambda data: _about(gettext("Decision about your notice %(number)s"), data),
        telling.STATEMENT: lambda data: _about(gettext("Decision about your text “%(title)s”"), data),
        telling.COMPLAINED: lambda data: _about(gettext("Your complaint about %(number)s has arrived"), data),
        telling.RECONSIDERED: lambda data: _about(
            gettext("Decision about the complaint, case %(number)s"), data
        ),
        telling.WARNED: lambda data: gettext("Please notify only what has a ground"),
        telling.SUSPENDED: lambda data: gettext("Your notices are not worked on for a while"),
    }


def _kind(key: str, label: Any, meaning: Any, template: str, sample: dict[str, Any]) -> NoticeKind:
    def sampled() -> tuple[Data, Sequence[Part]]:
        return sample, ()

    return NoticeKind(
        key=key,
        label=label,
        meaning=meaning,
        subject=_subjects()[key],
        text=f"moderation/notices/{template}.txt",
        html=f"moderation/notices/{template}.html",
        sample=sampled,
        direct=True,
    )


def register_kinds() -> None:
    """Tell notices what the desk has to say; run once at start."""
    short = {"number": "M-7F3A91C2", "title": "Fahrplan zum Sommerfest", "link": _LINK}
    misuse = {"reason": "Vier Meldungen zum selben Text, alle ohne Grund.", "until": ""}
    register(
        _kind(
            telling.RECEIVED,
            _("Receipt of a notice"),
            _("At once, to who notified content (Art. 16 (4) DSA)."),
            "received",
            {**short, "confirm": "https://wurt.example/meldungen/bestaetigen/0123.abc/"},
        ),
        _kind(
            telling.DECIDED,
            _("Decision about a notice"),
            _("To who notified content, with the way to complain (Art. 16 (5) DSA)."),
            "decision",
            DECISION,
        ),
        _kind(
            telling.STATEMENT,
            _("Statement of reasons"),
            _("To the author, with the way to complain (Art. 17 DSA)."),
            "decision",
            {**DECISION, "role": "author"},
        ),
        _kind(
            telling.COMPLAINED,
            _("Receipt of a complaint"),
            _("At once, to who complained."),
            "complained",
            short,
        ),
        _kind(
            telling.RECONSIDERED,
            _("Decision about a complaint"),
            _("To both sides, with out-of-court settlement (Art. 20 (5) DSA)."),
            "decision",
            {**DECISION, "role": "author", "measure": "leave", "outcome": "reversed", "complain_until": ""},
        ),
        _kind(
            telling.WARNED,
            _("Warning for unfounded notices"),
            _("Before any suspension (Art. 23 (2) DSA)."),
            "misuse",
            misuse,
        ),
        _kind(
            telling.SUSPENDED,
            _("Suspension for unfounded notices"),
            _("After a warning, for a stated time (Art. 23 DSA)."),
            "misuse",
            {**misuse, "until": "2026-12-31"},
        ),
    )
