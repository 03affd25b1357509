"""Reads of mandates: those I gave, those I hold, those offered to me."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.assisted.areas import area_names
from wurt.core.assisted.models import Mandate
from wurt.core.assisted.standing import mandate_holds
from wurt.core.assisted.texts import helper_of
from wurt.core.db.clock import today
from wurt.core.db.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class MandateView:
    """``other``: the helper or the giver. ``address``: to which it was offered, for the giver, until it is
    accepted. ``holds``: usable today."""

    public_id: UUID
    other: str
    areas: tuple[str, ...]
    starts: date
    ends: date
    accepted: bool
    holds: bool
    over: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class Mandates:
    """``offered``: waiting for my yes."""

    given: tuple[MandateView, ...]
    held: tuple[MandateView, ...]
    offered: tuple[MandateView, ...]


def mandates(actor: Actor) -> Mandates:
    """All mandates of the signed-in person. Raises NotAllowed for visitors."""
    if actor.person is None:
        raise NotAllowed(code="assisted.mandates:role")
    rows = Mandate.objects.select_related("giver", "helper").order_by("-ends", "-pk")
    mine = list(proved_addresses(actor.person))
    return Mandates(
        given=tuple(_view(row, given=True) for row in rows.filter(giver_id=actor.person)),
        held=tuple(_view(row, given=False) for row in rows.filter(helper_id=actor.person)),
        offered=tuple(
            _view(row, given=False)
            for row in rows.filter(
                helper__isnull=True, revoked__isnull=True, invited__in=mine, ends__gte=today()
            )
        )
        if mine and actor.acting_for is None
        else (),
    )


def proved_addresses(person: int) -> set[str]:
    """Addresses that were proved to be the person's: what is only typed in proves nothing."""
    rows = User.objects.filter(person_id=person, emailaddress__verified=True)
    return {address.lower() for address in rows.values_list("emailaddress__email", flat=True) if address}


def _view(row: Mandate, *, given: bool) -> MandateView:
    other = helper_of(row) if given else str(row.giver)
    return MandateView(
        row.public_id,
        other,
        area_names(row.areas),
        row.starts,
        row.ends,
        row.accepted is not None,
        mandate_holds(row),
        row.revoked is not None or row.ends < today(),
        row.invited if given else "",
    )
