"""Words of letters and of what is read out: short sentences, plain words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wurt.core.assisted.models import Channel, Mandate
from wurt.core.web.format import day

Body = dict[str, Any]


def helper_of(mandate: Mandate) -> str:
    """What letters, scripts and sentences call the helper: by name, never by an e-mail address."""
    names = (mandate.helper.name if mandate.helper else "", mandate.helper_name)
    return next((name for name in names if name and "@" not in name), _("your helper"))


def _text(*lines: str) -> dict[str, Any]:
    return {"list": False, "items": [" ".join(lines)]}


def _list(items: Sequence[str]) -> dict[str, Any]:
    return {"list": True, "items": list(items)}


def confirmation(sentences: Sequence[str], channel: Channel, at: datetime) -> Body:
    """The letter after a session."""
    with translation.override("de"):
        when = day(timezone.localtime(at).date())
        spoke = {
            Channel.PHONE: _("You called us on %(day)s."),
            Channel.COUNTER: _("You came to us on %(day)s."),
        }.get(channel, _("You wrote to us."))
        blocks = [_text(spoke % {"day": when}, _("This is what we did for you:"))]
        if sentences:
            blocks.append(_list(sentences))
        else:
            blocks = [_text(spoke % {"day": when}, _("We changed nothing."))]
        blocks.append(_text(_("Please check whether it is right. If it is not, call us; we change it.")))
        return {"subject": _("What we did for you"), "blocks": blocks}


def mandate_noted(helper: str, areas: Sequence[str], starts: date, ends: date) -> Body:
    """The letter after a mandate."""
    with translation.override("de"):
        return {
            "subject": _("Your mandate"),
            "blocks": [
                _text(_("You gave a mandate. It is noted with us:")),
                _list(
                    [
                        _("Who may act for you: %(name)s.") % {"name": helper},
                        _("In what: %(areas)s.") % {"areas": ", ".join(areas)},
                        _("From %(first)s to %(last)s.") % {"first": day(starts), "last": day(ends)},
                    ]
                ),
                _text(_("You can end it at any time, at once: call us.")),
            ],
        }


def overview(helper: str, sentences: Sequence[str]) -> Body:
    """The letter about what a helper did."""
    with translation.override("de"):
        return {
            "subject": _("What was done in your name"),
            "blocks": [
                _text(_("%(name)s acted for you, with your mandate:") % {"name": helper}),
                _list(sentences),
                _text(_("Is something not right? Call us. You can end the mandate at once.")),
            ],
        }


def plain(body: Body) -> str:
    """The same as text of a mail."""
    parts = []
    for block in body["blocks"]:
        parts.append("\n".join(f"- {item}" if block["list"] else item for item in block["items"]))
    return "\n\n".join(parts)
