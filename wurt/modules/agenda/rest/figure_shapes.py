"""Shapes of figures in the open interface. Names are English and stay; additions only."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from wurt.modules.agenda.rest.shapes import Shared


class Indicator(Schema):
    """What a figure is. ``hidden_below``: numbers of people below this are not told; 0: none are counted."""

    key: str
    name: str
    unit: str
    meaning: str
    kind: Literal["flow", "stock"] = Field(description="counted over the month, or as it stands at its end")
    direction: Literal["more", "less", "neutral"] = Field(description="what is good news")
    hidden_below: int
    by_place: bool
    example: bool
    url: str


class Indicators(Shared):
    """All figures."""

    items: list[Indicator]


class Value(Schema):
    """A figure of a month. Neither ``value`` nor ``fewer_than``: not told, or another could be worked out."""

    month: str
    value: Decimal | None
    fewer_than: int | None
    version: int
    reason: str
    computed_at: datetime
    source: str


class Values(Shared):
    """The values of a figure, oldest first; of all of the county, or of a place."""

    indicator: Indicator
    place: str
    items: list[Value]
