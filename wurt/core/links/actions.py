"""Making, changing and ending short links."""

from datetime import date
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.clock import now
from wurt.core.links.making import check_days, checked_target, new_link
from wurt.core.links.models import Link
from wurt.core.links.policies import MANAGE_LINK


@action("links.create_link", makes=Making(lambda: Link.objects.filter(ended__isnull=True)))
def create_link(
    actor: Actor,
    *,
    title: str,
    target: str,
    place: str,
    valid_from: date,
    valid_until: date | None = None,
    origin: str = "",
    is_example: bool = False,
) -> UUID:
    """A new short link. Inside another action use ``making.new_link``. Answers its public id."""
    row = new_link(
        actor,
        title=title,
        target=target,
        place=place,
        valid_from=valid_from,
        valid_until=valid_until,
        origin=origin,
        is_example=is_example,
    )
    return row.public_id


@action("links.edit_link")
def edit_link(
    actor: Actor,
    *,
    link: UUID,
    title: str,
    target: str,
    valid_from: date,
    valid_until: date | None,
    mine: bool = False,
    version: int | None = None,
) -> None:
    """Change a link; the code stays, since it is printed. ``mine``: the actor answers for it from now on."""
    row = lock(Link.objects.all(), public_id=link)
    authorize(actor, MANAGE_LINK, row)
    check_version(row, version)
    check_days(valid_from, valid_until)
    values = {
        "title": title,
        "target": checked_target(target),
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    if mine and actor.person is not None:
        values["owner_id"] = actor.person
    before, after = changed(row, values)
    save(row, after)
    record(actor, row, before=_plain(before), after=_plain(after))


@action("links.end_link")
def end_link(actor: Actor, *, link: UUID) -> None:
    """From now on the code leads to a page that says that it is over."""
    _set_ended(actor, link, over=True)


@action("links.reopen_link")
def reopen_link(actor: Actor, *, link: UUID) -> None:
    """A link that was ended works again within its days."""
    _set_ended(actor, link, over=False)


def _set_ended(actor: Actor, link: UUID, *, over: bool) -> None:
    row = lock(Link.objects.all(), public_id=link)
    authorize(actor, MANAGE_LINK, row)
    if (row.ended is not None) != over:
        row.ended = now() if over else None
        save(row, ["ended"])
        record(actor, row)


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
