"""Campaigns, their channels and texts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.campaigns.models import Campaign, Channel, ChannelKind
from wurt.core.campaigns.policies import CREATE_CAMPAIGN, EDIT_CAMPAIGN
from wurt.core.db.clock import now
from wurt.core.db.errors import RuleBroken
from wurt.core.links.making import new_link
from wurt.core.notices import topics
from wurt.core.tenancy.models import Person, Place

TEXTS = (
    "headline",
    "subline",
    "body",
    "call",
    "contact",
    "press_title",
    "press_lead",
    "press_body",
    "embargo",
)


@action("campaigns.create_campaign", makes=Making(lambda: Campaign.objects.filter(closed__isnull=True)))
def create_campaign(
    actor: Actor,
    *,
    title: str,
    about: tuple[str, str],
    place: str,
    starts: date,
    ends: date,
    places: list[str] | None = None,
    audience: str = "",
    indicator: str = "",
    is_example: bool = False,
) -> UUID:
    """A new campaign, a draft. ``about``: kind and key of a topic. Returns its public id."""
    where = lock(Place.objects.all(), slug=place)
    authorize(actor, CREATE_CAMPAIGN, where)
    _check_days(starts, ends)
    owner = Person.objects.filter(pk=actor.person).first() if actor.person else None
    row = Campaign.objects.create(
        title=title.strip(),
        about_kind=about[0],
        about_key=about[1],
        target=_target(about),
        place=where,
        starts=starts,
        ends=ends,
        audience=audience.strip(),
        indicator=indicator,
        owner=owner,
        organisation_id=owner.organisation_id if owner else None,
        is_example=is_example,
    )
    row.places.set(Place.objects.filter(slug__in=places or []))
    record(actor, row, after={"title": row.title, "starts": starts, "ends": ends})
    return row.public_id


@action("campaigns.edit_campaign")
def edit_campaign(
    actor: Actor,
    *,
    campaign: UUID,
    title: str,
    starts: date,
    ends: date,
    places: list[str],
    audience: str,
    indicator: str,
    version: int | None = None,
) -> None:
    """Change what is planned. What it is about stays, since its links are printed."""
    row = _locked(actor, campaign)
    check_version(row, version, _("Somebody else changed this campaign in the meantime. Please look again."))
    _check_days(starts, ends)
    values = {
        "title": title.strip(),
        "starts": starts,
        "ends": ends,
        "audience": audience.strip(),
        "indicator": indicator,
    }
    before, after = changed(row, values)
    save(row, after)
    row.places.set(Place.objects.filter(slug__in=places))
    record(actor, row, after={"fields": sorted(before)})


@action("campaigns.set_texts")
def set_texts(actor: Actor, *, campaign: UUID, texts: dict[str, Any], version: int | None = None) -> None:
    """The texts of flyer, poster and press release; ``texts``: those of ``TEXTS``, missing: empty."""
    row = _locked(actor, campaign)
    check_version(row, version, _("Somebody else changed this campaign in the meantime. Please look again."))
    embargo: datetime | None = texts.get("embargo")
    values = {name: (texts.get(name) or "").strip() for name in TEXTS if name != "embargo"}
    before, after = changed(row, values | {"embargo": embargo})
    save(row, after)
    record(actor, row, after={"fields": sorted(before)})


@action("campaigns.add_channel", makes=Making(Channel.objects.all))
def add_channel(
    actor: Actor, *, campaign: UUID, kind: str, planned: Decimal = Decimal(0), note: str = ""
) -> UUID:
    """One more channel, with a short link of its own. Returns its public id."""
    row = _locked(actor, campaign)
    chosen = ChannelKind(kind)
    if row.channels.filter(kind=chosen).exists():
        raise RuleBroken("campaigns.channel_there", _("The campaign has this channel already."))
    link = new_link(
        actor,
        title=f"{row.title}: {chosen.label}"[:200],
        target=row.target,
        place=row.place.slug,
        valid_from=row.starts,
        origin=f"campaign:{row.public_id}",
        is_example=row.is_example,
    )
    channel = Channel.objects.create(campaign=row, kind=chosen, planned=planned, note=note.strip(), link=link)
    record(actor, channel, after={"kind": kind, "planned": planned})
    return channel.public_id


@action("campaigns.set_costs")
def set_costs(
    actor: Actor,
    *,
    channel: UUID,
    planned: Decimal,
    spent: Decimal | None,
    note: str = "",
    version: int | None = None,
) -> None:
    """What a channel is to cost and what it did cost, in euros."""
    row = lock(Channel.objects.select_related("campaign"), public_id=channel)
    authorize(actor, EDIT_CAMPAIGN, row.campaign)
    check_version(row, version)
    before, after = changed(row, {"planned": planned, "spent": spent, "note": note.strip()})
    save(row, after)
    record(actor, row, before=before, after=after)


@action("campaigns.release_campaign")
def release_campaign(actor: Actor, *, campaign: UUID) -> None:
    """The draft counts from now on."""
    row = _locked(actor, campaign)
    if not row.channels.exists():
        raise RuleBroken("campaigns.no_channel", _("Add at least one channel first."))
    if row.released is None:
        row.released = now()
        save(row, ["released"])
    record(actor, row, after={"released": True})


@action("campaigns.close_campaign")
def close_campaign(actor: Actor, *, campaign: UUID) -> None:
    """It is over; its links go on, since they are printed."""
    row = _locked(actor, campaign)
    if row.closed is None:
        row.closed = now()
        save(row, ["closed"])
    record(actor, row, after={"closed": True})


def _locked(actor: Actor, campaign: UUID) -> Campaign:
    row = lock(Campaign.objects.select_related("place"), public_id=campaign)
    authorize(actor, EDIT_CAMPAIGN, row)
    return row


def _check_days(starts: date, ends: date) -> None:
    if ends < starts:
        raise RuleBroken("campaigns.days", _("The campaign ends before it begins. Choose a later end."))


def _target(about: tuple[str, str]) -> str:
    topic = topics.named([about]).get(about)
    if topic is None:
        raise RuleBroken("campaigns.about", _("This page is not public. Choose another."))
    return topic.url
