"""Endpoints of figures: what there is, and the values of one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja.decorators import decorate_view

from wurt.core.indicators.queries import Info, info, infos, series
from wurt.core.web.public import public_page
from wurt.modules.agenda.queries.public_scope import agenda
from wurt.modules.agenda.rest import figure_shapes as shapes
from wurt.modules.agenda.rest.api import SECONDS, actor_of, api, shared
from wurt.modules.agenda.rest.shapes import Problem


@api.get("indicators", response=shapes.Indicators, summary="Figures", tags=["indicators"])
@decorate_view(public_page(SECONDS))
def get_indicators(request: HttpRequest) -> dict[str, Any]:
    """All figures that are counted by services or entered by people."""
    actor = actor_of(request)
    return {**shared(agenda(actor)), "items": [_indicator(item) for item in infos(actor)]}


@api.get(
    "indicators/{key}",
    response={200: shapes.Values, 404: Problem},
    summary="Values of a figure",
    tags=["indicators"],
)
@decorate_view(public_page(SECONDS))
def get_indicator(request: HttpRequest, key: str, place: str = "") -> dict[str, Any]:
    """The values of a figure month by month; with ``place`` (key of a place) those of the place."""
    actor = actor_of(request)
    about = info(actor, key)
    found = series(actor, [(key, place)], [about])[key, place]
    return {
        **shared(agenda(actor), example=found.example),
        "indicator": _indicator(about),
        "place": place,
        "items": [
            {
                "month": point.period.key,
                "value": point.figure.value,
                "fewer_than": point.figure.below,
                "version": point.number,
                "reason": point.reason,
                "computed_at": point.at,
                "source": point.source,
            }
            for point in found.points
        ],
    }


def _indicator(about: Info) -> dict[str, Any]:
    return {
        "key": about.key,
        "name": str(about.name),
        "unit": str(about.unit),
        "meaning": str(about.meaning),
        "kind": about.kind.value,
        "direction": about.direction.value,
        "hidden_below": about.least,
        "by_place": about.by_place,
        "example": about.example,
        "url": f"{settings.WURT_URL}{reverse('indicators:page', args=[about.key])}",
    }
