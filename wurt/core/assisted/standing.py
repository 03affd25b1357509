"""Is somebody acting for another person right now, and may they still? Asked at every request and, under
lock, in every action."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.accounts.actors import grants_of
from wurt.core.action.actor import STAFF_ROLES, Actor, GrantFact
from wurt.core.action.permission import can
from wurt.core.action.run import lock
from wurt.core.assisted.areas import areas, sentence
from wurt.core.assisted.models import Act, Assistance, Channel, Check, End, Mandate
from wurt.core.assisted.policies import ASSIST
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotAllowed
from wurt.core.tenancy.models import Contact

IDLE = timedelta(minutes=30)
"""Without a page for so long, the session ends: whoever left the desk left it open."""
LONGEST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Standing:
    """A session that holds now, as pages show it. ``own``: the actor who sits at the screen."""

    public_id: UUID
    person: int
    person_id: UUID
    name: str
    number: str
    has_login: bool
    since: datetime
    until: datetime
    channel: str
    channel_name: str
    checked_name: str
    place: str
    by_mandate: bool
    areas: frozenset[str]
    own: Actor

    @property
    def mark(self) -> str:
        """What ties forms to this session (``once``)."""
        return f".{self.public_id.hex}"


def mandate_holds(mandate: Mandate) -> bool:
    """Is it accepted, not revoked, and is today one of its days?"""
    return (
        mandate.accepted is not None and mandate.revoked is None and mandate.starts <= today() <= mandate.ends
    )


def why_over(row: Assistance) -> End | None:
    """None while the session holds, as far as its own rows tell."""
    if row.ended is not None:
        return End(row.end)
    if now() >= row.started + LONGEST:
        return End.TIME
    if row.principal.erased is not None:
        return End.RIGHTS
    if row.channel == Channel.HELPER and (row.mandate is None or not mandate_holds(row.mandate)):
        return End.MANDATE
    return None


def find(own: Actor, public_id: UUID) -> Standing | End:
    """The session of the signed-in person, or why it is over."""
    row = (
        Assistance.objects.select_related("principal__contact", "principal__user", "place", "mandate")
        .filter(public_id=public_id, operator_id=own.person)
        .first()
    )
    if row is None:
        return End.RIGHTS
    over = why_over(row)
    if over is None and row.mandate is None and not can(own, ASSIST, row.place):
        over = End.RIGHTS
    return over or _standing(own, row)


def _standing(own: Actor, row: Assistance) -> Standing:
    registered = frozenset(area.key for area in areas())
    delegable = frozenset(area.key for area in areas(delegable=True))
    contact: Contact | None = getattr(row.principal, "contact", None)
    return Standing(
        public_id=row.public_id,
        person=row.principal_id,
        person_id=row.principal.public_id,
        name=str(row.principal),
        number=contact.number if contact else "",
        has_login=hasattr(row.principal, "user"),
        since=row.started,
        until=row.started + LONGEST,
        channel=row.channel,
        channel_name=str(Channel(row.channel).label),
        checked_name=str(Check(row.checked).label),
        place=row.place.name if row.place else "",
        by_mandate=row.mandate is not None,
        areas=delegable & frozenset(row.mandate.areas) if row.mandate else registered,
        own=own,
    )


def acting(standing: Standing) -> Actor:
    """The actor of a request in the mode."""
    return in_place_of(
        standing.own,
        person=standing.person,
        public_id=standing.person_id,
        grants=grants_of(standing.person),
        assistance=standing.public_id,
        areas=standing.areas,
    )


def in_place_of(
    own: Actor,
    *,
    person: int,
    public_id: UUID,
    grants: Iterable[GrantFact],
    assistance: UUID,
    areas: frozenset[str],
) -> Actor:
    """Whoever sits there (``own``) with the other person's things and roles, but no role of the staff, no
    tie, no second factor; the own id for the trail."""
    return replace(
        own,
        person=person,
        grants=tuple(grant for grant in grants if grant.role not in STAFF_ROLES),
        relations=frozenset(),
        second_factor=False,
        acting_for=public_id,
        assistance=assistance,
        areas=areas,
    )


def check(actor: Actor) -> None:
    """In the transaction of an action: lock the mandate, then the session, and look once more. Whoever ends
    either waits until the write is committed, or the write is refused. Raises NotAllowed."""
    row = Assistance.objects.filter(public_id=actor.assistance or UUID(int=0)).first()
    if row is None:
        raise NotAllowed(_over_message(), code="assisted:over")
    if row.mandate_id is not None:
        lock(Mandate.objects.all(), pk=row.mandate_id)
    row = lock(Assistance.objects.select_related("principal", "mandate"), pk=row.pk)
    if why_over(row) is not None or row.principal_id != actor.person or not _still_staff(row):
        raise NotAllowed(_over_message(), code="assisted:over")


def _still_staff(row: Assistance) -> bool:
    if row.mandate_id is not None:
        return True
    return any(
        grant.role in ASSIST.roles and row.place_id in grant.places for grant in grants_of(row.operator_id)
    )


def _over_message() -> str:
    return _("You do not act for this person any more. Nothing was stored.")


def note(actor: Actor, action: str, thing: object) -> None:
    """Keep what was done, for the confirmation and for the person's page."""
    row = Assistance.objects.get(public_id=actor.assistance or UUID(int=0))
    Act.objects.create(assistance=row, at=now(), action=action, text=sentence(action, thing))  # type: ignore[arg-type]
