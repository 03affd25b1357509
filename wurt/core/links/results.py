"""What came of a short link: openings, and finished results that rooms and modules report.

A result is counted by the action that finishes it, in its transaction::

    results.register(ResultKind("notices.follow", _("Follow confirmed")))   # AppConfig.ready
    results.count("notices.follow", code)                                   # in the action; "" counts nothing

Only a total per link, day and kind is kept, so nothing ties a result to whoever finished it.
"""

import logging
from dataclasses import dataclass

from django.db import Error as DatabaseTrouble
from django.db.models import F
from django.utils.functional import Promise

from wurt.core.db.clock import today
from wurt.core.links.codes import typed
from wurt.core.links.models import Link, Tally

logger = logging.getLogger("wurt.links")

OPENED = "opened"


@dataclass(frozen=True, slots=True)
class ResultKind:
    """Something that somebody can finish. ``label``: what was finished, in the past tense."""

    key: str
    label: str | Promise


_kinds: dict[str, ResultKind] = {}


def register(*kinds: ResultKind) -> None:
    """Make kinds of results known; the same again changes nothing."""
    for kind in kinds:
        _kinds[kind.key] = kind


def kinds() -> tuple[ResultKind, ...]:
    """All known kinds, by key."""
    return tuple(_kinds[key] for key in sorted(_kinds))


def count(kind: str, code: str) -> None:
    """One more result behind the link. A code that is none, or of no link, counts nothing.

    Raises LookupError for a kind that nobody registered: that is a bug.
    """
    if kind not in _kinds:
        raise LookupError(f"nobody registered the result {kind!r}")
    if found := typed(code):
        link = Link.objects.filter(code=found).values_list("pk", flat=True).first()
        if link is not None:
            _add(link, kind)


def count_opening(link: int) -> None:
    """One more opening. Trouble with the database must not keep anybody from the page."""
    try:
        _add(link, OPENED)
    except DatabaseTrouble:
        logger.warning("an opening of link %s was not counted", link, exc_info=True)


def _add(link: int, kind: str) -> None:
    """A conditional update, so that two at the same moment are two; the row is made by whoever is first."""
    row = Tally.objects.filter(link_id=link, day=today(), kind=kind)
    if not row.update(count=F("count") + 1):
        Tally.objects.bulk_create([Tally(link_id=link, day=today(), kind=kind)], ignore_conflicts=True)
        row.update(count=F("count") + 1)
