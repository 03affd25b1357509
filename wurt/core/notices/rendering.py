"""The words of a notice for one reader: subject, text and HTML from the kind's templates."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wurt.core.notices import topics
from wurt.core.notices.kinds import Data, kind_of
from wurt.core.notices.models import Dispatch, Notice
from wurt.core.notices.topics import Pair


@dataclass(frozen=True, slots=True)
class Piece:
    """One notice as one reader sees it. ``html`` is safe to show."""

    subject: str
    text: str
    html: SafeString


@dataclass
class Renderer:
    """Renders many dispatches: who follows the same reads the same, so each is made once."""

    _pieces: dict[tuple[int, str, str], Piece | None] = field(default_factory=dict)
    _titles: dict[Pair, str] = field(default_factory=dict)

    def piece(self, dispatch: Dispatch, language: str) -> Piece | None:
        """None if no module speaks for the kind any more."""
        key = (dispatch.notice_id, json.dumps(dispatch.topics), language)
        if key not in self._pieces:
            with translation.override(language):
                self._pieces[key] = _piece(dispatch.notice, dispatch.topics)
        return self._pieces[key]

    def why(self, dispatches: Iterable[Dispatch]) -> list[str]:
        """Titles of the topics for which these came; what is gone is left out."""
        pairs = sorted({(kind, key) for one in dispatches for kind, key in one.topics})
        unknown = [pair for pair in pairs if pair not in self._titles]
        if unknown:
            found = topics.named(unknown)
            self._titles.update({pair: found[pair].title if pair in found else "" for pair in unknown})
        return [title for pair in pairs if (title := self._titles[pair])]


def piece_of(kind: str, data: Data, parts: Sequence[Data]) -> Piece | None:
    """A notice of given data, in the active language."""
    known = kind_of(kind)
    if known is None:
        return None
    values = {"notice": data, "parts": parts, "base": settings.WURT_URL}
    return Piece(
        subject=" ".join(known.subject(data).split()),
        text=render_to_string(known.text, values).strip(),
        html=render_to_string(known.html, values),
    )


def _piece(notice: Notice, followed: list[list[str]]) -> Piece | None:
    wanted = {(kind, key) for kind, key in followed}
    parts = [part["data"] for part in notice.parts if wanted & {(kind, key) for kind, key in part["topics"]}]
    return piece_of(notice.kind, notice.data, parts)


def joined(pieces: Sequence[Piece]) -> Piece:
    """Several notices in one mail, each under its subject; one stays as it is."""
    if len(pieces) == 1:
        return pieces[0]
    text = "\n\n\n".join(f"{piece.subject.upper()}\n\n{piece.text}" for piece in pieces)
    body = render_to_string("notices/mail/several.html", {"pieces": pieces})
    return Piece(_("%(count)d notices for you") % {"count": len(pieces)}, text, mark_safe(body))  # noqa: S308


def framed(piece: Piece, template: str, values: Mapping[str, object]) -> tuple[str, str]:
    """Text and HTML of a whole mail around a piece."""
    everything = {**values, "piece": piece, "base": settings.WURT_URL}
    return (
        render_to_string(f"{template}.txt", everything).strip() + "\n",
        render_to_string(f"{template}.html", everything),
    )
