"""The protocol of a hand-over as an accessible PDF (PDF/UA-1), made from what is stored each time."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.db.clock import now
from wurt.core.services.forms import STATES
from wurt.core.services.handover_queries import HandOverView, Signature
from wurt.core.web.context import county_name
from wurt.core.web.format import day, german_datetime
from wurt.core.web.theme import accent
from wurt.core.web.typeset import typeset

TEMPLATES = Path(__file__).parent / "typst"


def protocol_file(view: HandOverView) -> bytes:
    """The protocol in German, whatever language the reader has. Raises RuleBroken if it cannot be set."""
    with translation.override("de"):
        data = _data(view)
    return typeset(TEMPLATES, "handover.typ", data, when=view.finished or now())


def _data(view: HandOverView) -> dict[str, Any]:
    row = view.row
    facts = [
        (_("Service"), row.service_name),
        (_("Place"), row.place),
        (_("Old operator"), row.giver),
        (_("New operator"), row.taker),
        (_("On"), day(row.effective)),
        (_("State"), str(STATES[row.state])),
        (_("Decision"), view.decision),
        (_("Reason"), view.reason),
        (_("Contact of the new operator"), ", ".join(x for x in (view.phone, view.email, view.hours) if x)),
        (_("Moving began"), german_datetime(view.started)),
        (_("Finished"), german_datetime(view.finished)),
        (
            _("Cancelled"),
            f"{german_datetime(view.cancelled)}: {view.cancelled_reason}" if view.cancelled else "",
        ),
        (
            _("People of the old operator whose work ended"),
            str(view.staff_ended) if view.taker_signed else "",
        ),
        (_("People of the new operator"), ", ".join(view.staff_begun)),
    ]
    return {
        "title": _("Protocol of a hand-over: %(service)s") % {"service": row.service_name},
        "lang": "de",
        "county": county_name(),
        "accent": accent() or "#0b3a66",
        "printed": _("Printed on %(day)s") % {"day": german_datetime(now())},
        "page_word": _("Page"),
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "checklist": {
            "title": _("Check list"),
            "columns": [_("What"), _("Kind"), _("Still with the old operator"), _("Already moved")],
            "rows": [[line.label, line.kind, str(line.waiting), str(line.moved)] for line in view.checklist],
        },
        "items": {
            "title": _("What was handed over"),
            "columns": [_("What"), _("Name"), _("Due"), _("Moved on")],
            "rows": [
                [item.holding, item.label, day(item.due) or "–", german_datetime(item.moved)]
                for item in view.items
            ],
            "none": _("Nothing was moved yet."),
        },
        "signatures": {
            "title": _("Signatures"),
            "note": _("Both people signed in with a second factor. There is no ink on this paper."),
            "rows": [
                _signed(_("Handed over"), row.giver, view.giver_signed),
                _signed(_("Taken over"), row.taker, view.taker_signed),
            ],
            "columns": [_("Side"), _("Body"), _("Person"), _("Time")],
        },
    }


def _signed(side: str, body: str, signature: Signature | None) -> list[str]:
    if signature is None:
        return [side, body, "–", _("not signed yet")]
    who = signature.name or _("name deleted")
    if signature.function:
        who = f"{who}, {signature.function}"
    return [side, body, who, german_datetime(signature.at)]
