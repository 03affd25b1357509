"""Every read of campaigns, for those who plan them. The actor comes first; answers are values."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.campaigns.actions.campaigns import TEXTS
from wurt.core.campaigns.effect import Effect, Stretch, effect, stretches
from wurt.core.campaigns.models import Campaign, ChannelKind, MailState, PressContact
from wurt.core.campaigns.policies import CREATE_CAMPAIGN, EDIT_CAMPAIGN, MANAGE_PRESS
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.core.indicators.chart import Drawing, drawn
from wurt.core.indicators.queries import Series, infos
from wurt.core.indicators.queries import series as series_of
from wurt.core.links.models import Tally
from wurt.core.links.queries import link
from wurt.core.links.results import OPENED
from wurt.core.notices import topics
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """``state``: draft, planned, running or over."""

    public_id: UUID
    title: str
    about: str
    starts: date
    ends: date
    state: str
    channels: int
    planned: Decimal
    spent: Decimal
    owner: str


@dataclass(frozen=True, slots=True)
class ChannelView:
    public_id: UUID
    kind: str
    word: str
    note: str
    planned: Decimal
    spent: Decimal | None
    address: str
    version: int


@dataclass(frozen=True, slots=True)
class CampaignView:
    """One campaign with everything on its page."""

    row: CampaignRow
    about_url: str
    audience: str
    places: tuple[str, ...]
    place_slugs: tuple[str, ...]
    indicator: str
    texts: dict[str, Any]
    channels: tuple[ChannelView, ...]
    mails: dict[str, int]
    press_sent: datetime | None
    version: int
    example: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """The indicator of a campaign: its series, drawing, and the means of three stretches."""

    series: Series
    drawing: Drawing | None
    stretches: tuple[Stretch, Stretch, Stretch]


@dataclass(frozen=True, slots=True)
class ContactRow:
    public_id: UUID
    medium: str
    name: str
    email: str
    area: str


def campaigns(actor: Actor, *, text: str = "", state: str = "") -> tuple[CampaignRow, ...]:
    """The campaigns that the actor looks after, the latest first. Raises NotAllowed."""
    authorize(actor, EDIT_CAMPAIGN)
    rows = Campaign.objects.filter(scope_q(actor, EDIT_CAMPAIGN))
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(audience__icontains=text))
    rows = rows.select_related("owner").annotate(
        number=Count("channels"), cost=Sum("channels__planned"), paid=Sum("channels__spent")
    )
    found = list(rows.order_by("-starts", "title"))
    names = topics.named((row.about_kind, row.about_key) for row in found)
    listed = [
        _row(row, _name(names, row), row.number, row.cost or Decimal(0), row.paid or Decimal(0))
        for row in found
    ]
    return tuple(row for row in listed if not state or row.state == state)


def campaign(actor: Actor, public_id: UUID) -> CampaignView:
    """One campaign for those who look after it. Raises NotAllowed, NotFound."""
    row = found_campaign(actor, public_id)
    names = topics.named([(row.about_kind, row.about_key)])
    topic = names.get((row.about_kind, row.about_key))
    channels = [
        ChannelView(
            public_id=one.public_id,
            kind=one.kind,
            word=str(ChannelKind(one.kind).label),
            note=one.note,
            planned=one.planned,
            spent=one.spent,
            address=link(actor, one.link.public_id).address,
            version=one.version,
        )
        for one in row.channels.select_related("link")
    ]
    places = list(row.places.order_by("name"))
    counts = row.press_mails.values_list("state").annotate(number=Count("pk")).order_by("state")
    return CampaignView(
        row=_row(
            row,
            _name(names, row),
            len(channels),
            sum((one.planned for one in channels), Decimal(0)),
            sum((one.spent for one in channels if one.spent is not None), Decimal(0)),
        ),
        about_url=topic.url if topic else "",
        audience=row.audience,
        places=tuple(place.name for place in places),
        place_slugs=tuple(place.slug for place in places),
        indicator=row.indicator,
        texts={name: getattr(row, name) for name in TEXTS} | {"title": row.title},
        channels=tuple(channels),
        mails={str(MailState(state).label): number for state, number in counts},
        press_sent=row.press_sent,
        version=row.version,
        example=row.is_example,
    )


def results(actor: Actor, public_id: UUID) -> Effect:
    """What came by the short links of a campaign, few people protected. Raises NotAllowed, NotFound."""
    row = found_campaign(actor, public_id)
    channels = list(row.channels.all())
    words = {one.link_id: str(ChannelKind(one.kind).label) for one in channels}
    openings, finished = dict.fromkeys(words.values(), 0), dict.fromkeys(words.values(), 0)
    tallies = Tally.objects.filter(link__in=list(words)).values_list("link_id", "kind")
    for key, kind, number in tallies.annotate(number=Sum("count")).order_by("link_id", "kind"):
        counts = openings if kind == OPENED else finished
        counts[words[key]] += number
    costs = {words[one.link_id]: (one.planned, one.spent) for one in channels}
    return effect(costs, openings, finished)


def measured(actor: Actor, public_id: UUID) -> Measured | None:
    """The indicator of a campaign, None if it has none. Raises NotAllowed, NotFound."""
    row = found_campaign(actor, public_id)
    found = series_of(actor, [(row.indicator, "")]).get((row.indicator, "")) if row.indicator else None
    if found is None:
        return None
    return Measured(found, drawn(found), stretches(found, row.starts, row.ends))


def channel(actor: Actor, public_id: UUID, key: UUID) -> ChannelView:
    """One channel of a campaign. Raises NotAllowed, NotFound."""
    found = next((one for one in campaign(actor, public_id).channels if one.public_id == key), None)
    if found is None:
        raise NotFound(code="campaigns.channel")
    return found


def address_of(view: CampaignView, kind: str) -> str:
    """The short address of a channel, "" if the campaign has it not."""
    return next((one.address for one in view.channels if one.kind == kind), "")


def free_channels(actor: Actor, public_id: UUID) -> list[tuple[str, str]]:
    """Channels that the campaign does not have yet."""
    taken = set(found_campaign(actor, public_id).channels.values_list("kind", flat=True))
    return [(kind.value, str(kind.label)) for kind in ChannelKind if kind.value not in taken]


def about_choices(actor: Actor) -> list[tuple[str, str]]:
    """("kind key", "Service: title") of everything that can be made known."""
    authorize(actor, EDIT_CAMPAIGN)
    return [
        (f"{topic.kind} {topic.key}", f"{kind.label}: {topic.title}")
        for kind in topics.kinds()
        for topic in kind.choices()
    ]


def place_groups(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """The places for which the actor may plan, (slug, name) by part of the county: what belongs to no Amt,
    the county first; then each Amt with its places, itself first."""
    rows = Place.objects.filter(scope_q(actor, CREATE_CAMPAIGN)).select_related("parent").order_by("name")
    without: list[Place] = []
    parts: dict[str, list[Place]] = {}
    for row in rows:
        amt = row if row.kind == PlaceKind.AMT else row.parent
        group = without if amt is None or amt.kind != PlaceKind.AMT else parts.setdefault(amt.name, [])
        group.append(row)
    first = [(gettext("County, towns and places without an Amt"), without)] if without else []
    return [(name, _choices(group)) for name, group in [*first, *sorted(parts.items())]]


def _choices(group: list[Place]) -> list[tuple[str, str]]:
    order = {PlaceKind.COUNTY: 0, PlaceKind.AMT: 1, PlaceKind.TOWN: 2, PlaceKind.MUNICIPALITY: 3}
    ordered = sorted(group, key=lambda row: order[PlaceKind(row.kind)])
    return [(row.slug, f"{row.name} ({row.get_kind_display()})") for row in ordered]


def indicator_choices(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of the indicators that can measure a campaign."""
    return [(info.key, f"{info.name} ({info.unit})") for info in infos(actor)]


def press_list(actor: Actor) -> tuple[ContactRow, ...]:
    """Everybody on the press list. Raises NotAllowed."""
    authorize(actor, MANAGE_PRESS, county())
    return tuple(
        ContactRow(row.public_id, row.medium, row.name, row.email, row.area)
        for row in PressContact.objects.all()
    )


def may_plan(actor: Actor) -> bool:
    """Does the desk of campaigns open for the actor? Asked for the menu."""
    return can(actor, EDIT_CAMPAIGN)


def check_plan(actor: Actor) -> None:
    """Raise NotAllowed for whoever plans none anywhere."""
    authorize(actor, EDIT_CAMPAIGN)


def found_campaign(actor: Actor, public_id: UUID) -> Campaign:
    """A campaign that the actor looks after, as a row. Raises NotAllowed, NotFound."""
    authorize(actor, EDIT_CAMPAIGN)
    row = Campaign.objects.select_related("owner").filter(public_id=public_id).first()
    if row is None or not can(actor, EDIT_CAMPAIGN, row):
        raise NotFound(code="campaigns.campaign")
    return row


def _name(names: dict[tuple[str, str], topics.Topic], row: Campaign) -> str:
    topic = names.get((row.about_kind, row.about_key))
    return topic.title if topic else row.target


def _row(row: Campaign, about: str, channels: int, planned: Decimal, spent: Decimal) -> CampaignRow:
    return CampaignRow(
        public_id=row.public_id,
        title=row.title,
        about=about,
        starts=row.starts,
        ends=row.ends,
        state=_state(row),
        channels=channels,
        planned=planned,
        spent=spent,
        owner=str(row.owner) if row.owner else "",
    )


def _state(row: Campaign) -> str:
    if row.released is None:
        return "draft"
    if row.closed is not None or row.ends < today():
        return "over"
    return "planned" if row.starts > today() else "running"
