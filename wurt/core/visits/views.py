"""How the site is used, for everybody: a page, and the same as open data."""

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.visits import chart, queries
from wurt.core.visits.forms import UsageFilter
from wurt.core.visits.hiding import LEAST
from wurt.core.web.csvfile import csv_response
from wurt.core.web.format import month_name
from wurt.core.web.public import show

FRESH = 600


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _chosen(request: HttpRequest) -> tuple[UsageFilter, queries.Usage | None]:
    actor = _actor(request)
    form = UsageFilter(actor, request.GET or {})
    chosen = form.chosen()
    if chosen is None:
        raise NotFound(code="visits.usage")
    usage = queries.usage(actor, *chosen)
    if usage is not None:
        initial = {"monat": f"{usage.month:%Y-%m}", "ort": usage.place, "bereich": usage.area}
        form = UsageFilter(actor, initial=initial)
    return form, usage


@require_safe
def usage(request: HttpRequest) -> HttpResponse:
    """The report of a month."""
    form, found = _chosen(request)
    context: dict[str, object] = {"usage": found, "filter": form, "query": request.GET.urlencode()}
    if found is not None:
        month = month_name(found.month)
        context |= {
            "chart": chart.months_chart(found),
            "months_table": chart.months_table(found),
            "areas_table": chart.lines_table(
                _("By area, %(month)s") % {"month": month}, pgettext("part of the site", "Area"), found.areas
            ),
            "places_table": chart.lines_table(
                _("By place that the pages are about, %(month)s") % {"month": month},
                _("Pages about"),
                found.places,
            ),
            "least": LEAST,
        }
    response = show(request, "visits/usage.html", example=bool(found and found.is_example), **context)
    return _kept(request, response)


@require_safe
def usage_csv(request: HttpRequest) -> HttpResponse:
    """All cells as a table; a hidden one is empty and says so."""
    columns = [
        _("Month"),
        _("Place key"),
        _("Pages about"),
        _("Area key"),
        pgettext("part of the site", "Area"),
        _("Sum of daily visitors"),
        _("Hidden"),
    ]
    rows = (
        (
            f"{row.month:%Y-%m}",
            row.place,
            row.place_name,
            row.area,
            row.area_name,
            row.figure.value,
            row.figure.hidden,
        )
        for row in _rows(request)
    )
    return _kept(request, csv_response("nutzung", columns, rows))


@require_safe
def usage_json(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    cells = [
        {
            "month": f"{row.month:%Y-%m}",
            "place": row.place,
            "place_name": row.place_name,
            "area": row.area,
            "area_name": row.area_name,
            "sum_of_daily_visitors": row.figure.value,
            "hidden": row.figure.hidden,
        }
        for row in _rows(request)
    ]
    meaning = "sum of daily visitors: who comes on three days counts three times; estimate, about 1 % off"
    return _kept(request, JsonResponse({"meaning": meaning, "hidden_below": LEAST, "cells": cells}))


def _rows(request: HttpRequest) -> tuple[queries.Row, ...]:
    chosen = UsageFilter(_actor(request), request.GET or {}).chosen()
    if chosen is None:
        raise NotFound(code="visits.usage")
    return queries.open_data(_actor(request), *chosen)


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Figures change once a month; what holds an account menu is nobody else's."""
    if request.COOKIES:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=FRESH)
    return response
