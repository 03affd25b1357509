"""Figures for everybody: the overview, one page each, and their values as files."""

from collections.abc import Sequence
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.indicators import overview as listing
from wurt.core.indicators.chart import drawn
from wurt.core.indicators.queries import Point, Series, info, infos, places_of, series, uses, versions
from wurt.core.indicators.words import (
    figure_text,
    kind_text,
    plot_title,
    source_text,
    trend_text,
    unit_text,
)
from wurt.core.web.csvfile import Cell, csv_response
from wurt.core.web.format import day, month_name
from wurt.core.web.public import public_page, show
from wurt.core.web.tables import Column, DataTable, Export
from wurt.core.web.text import german, said

PER_PAGE = 20


def actor_of(request: HttpRequest) -> Actor:
    """Who sent the request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@public_page()
def overview(request: HttpRequest) -> HttpResponse:
    """All figures, by where they come from, by place, by project."""
    found = listing.overview(actor_of(request), listing.Filter.read(request.GET))
    query = f"?{urlencode(found.filter.pairs)}" if found.filter.pairs else ""
    return show(
        request,
        "indicators/overview.html",
        example=any(line.series.example for line in found.lines),
        page=found,
        lines=Paginator(found.lines, PER_PAGE).get_page(request.GET.get("page")),
        query=query,
    )


@public_page()
def overview_csv(request: HttpRequest) -> HttpResponse:
    """The newest value of each figure of the list."""
    found = listing.overview(actor_of(request), listing.Filter.read(request.GET))
    columns = [_("Figure"), _("Address"), _("Unit"), _("Month"), _("Value"), _("Fewer than"), _("Source")]
    rows: list[list[Cell]] = []
    for line in found.lines:
        about, latest = line.series.info, line.series.latest
        rows.append(
            [
                str(about.name),
                _absolute(request, reverse("indicators:page", args=[about.key])),
                str(about.unit),
                *(_month_cells(latest) if latest else ["", None, None]),
                latest.source if latest else "",
            ]
        )
    return csv_response("kennzahlen", columns, rows)


@public_page()
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: what it means, how it develops, where else it is shown."""
    actor = actor_of(request)
    place = request.GET.get("ort", "")
    found = one(actor, key, place)
    latest = found.latest
    return show(
        request,
        "indicators/page.html",
        example=found.example,
        series=found,
        info=found.info,
        latest=latest,
        text=figure_text(latest.figure, german(found.info.unit)) if latest else "",
        trend=trend_text(found),
        kind=kind_text(found.info),
        unit=unit_text(found.info),
        title=plot_title(found),
        source=source_text(found.info, latest),
        drawing=drawn(found),
        table=values_table(found),
        places=places_of(actor, key),
        uses=[use for use in uses(actor) if use.key == key],
        corrected=versions(actor, key, place),
        query=f"?{urlencode({'ort': place})}" if place else "",
    )


@public_page()
def values_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The values of a figure; with ``?ort=`` of a place."""
    found = one(actor_of(request), key, request.GET.get("ort", ""))
    columns = [
        _("Month"),
        _("Value"),
        _("Fewer than"),
        _("Unit"),
        _("Version"),
        _("Reason"),
        _("Computed at"),
        _("Source"),
    ]
    rows = [
        [
            *_month_cells(point),
            str(found.info.unit),
            point.number,
            point.reason,
            point.at.isoformat(),
            point.source,
        ]
        for point in found.points
    ]
    return csv_response(f"kennzahl-{found.info.key.replace('.', '-')}", columns, rows)


@public_page()
def values_json(request: HttpRequest, key: str) -> HttpResponse:
    """The values of a figure for programs; with ``?ort=`` of a place."""
    found = one(actor_of(request), key, request.GET.get("ort", ""))
    return JsonResponse(
        {**described(found), "values": [plain(point) for point in found.points]},
        json_dumps_params={"ensure_ascii": False},
    )


def one(actor: Actor, key: str, place: str) -> Series:
    """The series of a figure; a place without figures reads empty. Raises NotFound."""
    about = info(actor, key)
    return series(actor, [(key, place)], [about])[key, place]


def described(found: Series) -> dict[str, Any]:
    """What a figure is, as plain data."""
    about = found.info
    return {
        "key": about.key,
        "name": str(about.name),
        "unit": str(about.unit),
        "meaning": str(about.meaning),
        "kind": about.kind.value,
        "direction": about.direction.value,
        "hidden_below": about.least,
        "place": found.place,
        "example": found.example,
    }


def plain(point: Point) -> dict[str, Any]:
    """A figure of a month as plain data. Numbers are text, so that none is rounded on its way."""
    return {
        "month": point.period.key,
        "value": None if point.figure.value is None else str(point.figure.value),
        "fewer_than": point.figure.below,
        "version": point.number,
        "reason": point.reason,
        "computed_at": point.at.isoformat(),
        "source": point.source,
    }


def values_table(found: Series) -> DataTable:
    """All months, newest first."""
    about = found.info
    return DataTable(
        caption=german(about.name),
        columns=[
            Column(_("Month")),
            Column(_("Value"), numeric=True, unit=german(about.unit)),
            Column(_("Computed on")),
            Column(_("Source")),
        ],
        rows=[
            [month_name(point.period.first), figure_text(point.figure), day(point.at), _source(found, point)]
            for point in reversed(found.points)
        ],
        empty=_("There is no value yet."),
        caption_hidden=True,
    )


def downloads(key: str, place: str = "") -> Sequence[Export]:
    """CSV and JSON of the values."""
    query = f"?{urlencode({'ort': place})}" if place else ""
    return [
        Export("CSV", reverse("indicators:values_csv", args=[key]) + query),
        Export("JSON", reverse("indicators:values_json", args=[key]) + query),
    ]


def all_infos(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of all figures, for selects."""
    return [(item.key, f"{item.name} ({item.group})") for item in infos(actor)]


def _source(found: Series, point: Point) -> str:
    source = source_text(found.info, point)
    if point.number == 1:
        return source
    return said(_("%(source)s; corrected: %(reason)s"), source=source, reason=german(point.reason))


def _month_cells(point: Point) -> list[Cell]:
    value = point.figure.value
    exact: Cell = (
        None if value is None else int(value) if value == value.to_integral_value() else float(value)
    )
    return [point.period.key, exact, point.figure.below]


def _absolute(request: HttpRequest, address: str) -> str:
    return request.build_absolute_uri(address)
