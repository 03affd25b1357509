"""Stages, operators and a campaign of a county from its files, through actions (``wurt demo``)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from wurt.core.accounts.actors import actor_of
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor
from wurt.core.campaigns.actions.campaigns import (
    TEXTS,
    add_channel,
    create_campaign,
    release_campaign,
    set_costs,
    set_texts,
)
from wurt.core.campaigns.actions.press import add_press_contact
from wurt.core.campaigns.models import Channel
from wurt.core.db import clock
from wurt.core.links.models import Tally
from wurt.core.services.actions.operators import set_operator
from wurt.core.services.actions.stages import set_stage

Data = dict[str, Any]
WEEK = timedelta(days=7)


def load(
    actor: Actor, read: Callable[[str], Data], place: str, bodies: Mapping[str, UUID], county: Data
) -> None:
    """Stages and operators, in the demo the campaigns too. ``place``: the county's slug, ``county``: its
    file, which says how its office is reached."""
    data, contact = read("services.toml"), county["contact"]
    for row in data["stages"]:
        with clock.at(datetime.combine(row["starts"], time(9), UTC)):
            set_stage(actor, **{**row, "place": row["place"] or place})
    for row in data["operators"]:
        with clock.at(datetime.combine(row["starts"], time(9), UTC)):
            set_operator(
                actor,
                service=row["service"],
                place=place,
                organisation=bodies[row["organisation"]],
                starts=row["starts"],
                phone=contact["phone"],
                email=contact["email"],
                hours=contact["opening_hours"],
            )
    if actor.system == "demo":
        _campaigns(actor, read, place)


def _campaigns(actor: Actor, read: Callable[[str], Data], place: str) -> None:
    """The campaigns with invented results, and the invented press list."""
    data = read("campaigns.toml")
    for row in data["campaigns"]:
        owner = actor_of(User.objects.get(email=row["owner"]), second_factor=True)
        with clock.at(datetime.combine(row["starts"], time(9), UTC)):
            _campaign(owner, row, place)
    for row in data["contacts"]:
        add_press_contact(actor, **row, is_example=True)


def _campaign(owner: Actor, row: Data, place: str) -> None:
    campaign = create_campaign(
        owner,
        title=row["title"],
        about=("services.service", row["about"]),
        place=place,
        places=row["places"],
        starts=row["starts"],
        ends=row["ends"],
        audience=row["audience"],
        is_example=True,
    )
    texts = {name: row[name].strip() for name in TEXTS if name in row}
    set_texts(owner, campaign=campaign, texts=texts)
    for one in row["channels"]:
        channel = add_channel(owner, campaign=campaign, kind=one["kind"], planned=Decimal(one["planned"]))
        set_costs(
            owner,
            channel=channel,
            planned=Decimal(one["planned"]),
            spent=Decimal(one["spent"]),
            note=one["note"],
        )
        link = Channel.objects.values_list("link_id", flat=True).get(public_id=channel)
        Tally.objects.bulk_create(
            Tally(link_id=link, day=row["starts"] + WEEK * week, kind=kind, count=number)
            for kind, numbers in (("opened", one["opened"]), ("notices.follow", one["finished"]))
            for week, number in enumerate(numbers)
            if number
        )
    release_campaign(owner, campaign=campaign)
