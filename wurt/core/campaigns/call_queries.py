"""The mail to followers as its planners look at it: words, whom it reaches, how far it got."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.campaigns.actions.followers import problem_of
from wurt.core.campaigns.calling import CALL, words_of
from wurt.core.campaigns.queries import found_campaign
from wurt.core.notices.reach import Progress, Reach, progress, reach
from wurt.core.notices.rendering import Piece, piece_of


@dataclass(frozen=True, slots=True)
class CallView:
    """``piece``: the mail, without the frame that all notices have. ``problem``: why it cannot be ordered
    (yet), "" if it can; ``called``: when it was."""

    piece: Piece | None
    reach: Reach
    problem: str
    called: datetime | None
    progress: Progress | None
    version: int


def call(actor: Actor, campaign: UUID) -> CallView:
    """The mail of a campaign. Raises NotAllowed, NotFound."""
    row = found_campaign(actor, campaign)
    words, problem = words_of(row), problem_of(row)
    return CallView(
        piece=piece_of(CALL, words, []) if words["headline"] and words["body"] else None,
        reach=reach(actor, CALL, [(row.about_kind, row.about_key)]),
        problem=problem.message if problem else "",
        called=row.called,
        progress=progress(actor, CALL, str(row.public_id)),
        version=row.version,
    )


@dataclass(frozen=True, slots=True)
class CalledView:
    """How it is about the mail, in short."""

    called: datetime | None
    progress: Progress | None


def called(actor: Actor, campaign: UUID) -> CalledView | None:
    """The same in short; None if the campaign has no such channel. Raises NotAllowed, NotFound."""
    row = found_campaign(actor, campaign)
    if not words_of(row)["url"]:
        return None
    return CalledView(row.called, progress(actor, CALL, str(row.public_id)) if row.called else None)
