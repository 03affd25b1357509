"""What actions of links and of rooms that make links (campaigns) share. Not actions: actions never nest."""

from datetime import date

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import lock, record
from wurt.core.db.errors import RuleBroken
from wurt.core.links.codes import new_code
from wurt.core.links.models import Link
from wurt.core.links.policies import CREATE_LINK
from wurt.core.links.targets import own_path
from wurt.core.tenancy.models import Place


def new_link(
    actor: Actor,
    *,
    title: str,
    target: str,
    place: str,
    valid_from: date,
    valid_until: date | None = None,
    origin: str = "",
    is_example: bool = False,
) -> Link:
    """Make a link inside the caller's action; the actor owns it. ``place``: slug. Raises RuleBroken for a
    target off the site or an end before the beginning, NotAllowed, NotFound."""
    at = lock(Place.objects.all(), slug=place)
    authorize(actor, CREATE_LINK, at)
    row = Link(
        code=_free_code(),
        title=title,
        target=checked_target(target),
        place=at,
        owner_id=actor.person,
        origin=origin,
        valid_from=valid_from,
        valid_until=valid_until,
        is_example=is_example,
    )
    check_days(valid_from, valid_until)
    row.save()
    record(actor, row, after={"code": row.code, "title": row.title, "target": row.target})
    return row


def checked_target(target: str) -> str:
    """The path of a page of this site. Raises RuleBroken."""
    path = own_path(target)
    if not path:
        raise RuleBroken(
            "links.target",
            _(
                "A short link leads to a public page of this site only. Open the page in the browser and "
                "copy its address, for example /projekte/."
            ),
        )
    return path


def check_days(valid_from: date, valid_until: date | None) -> None:
    """Raise RuleBroken if the last day comes before the first."""
    if valid_until is not None and valid_until < valid_from:
        raise RuleBroken("links.days", _("The last day comes before the first one. Change one of the two."))


def _free_code() -> str:
    """One that no link has; should two take the same at once, the unique column refuses the second."""
    for _try in range(20):
        code = new_code()
        if not Link.objects.filter(code=code).exists():
            return code
    raise RuleBroken("links.codes", _("No free code was found. Please try again."))
