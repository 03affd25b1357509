"""Pages of the audit trail."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wurt.core.accounts.forms import TrailFilter
from wurt.core.accounts.trail_page import TrailLine, trail_lines, trail_page
from wurt.core.action.actor import Actor
from wurt.core.web.csvfile import csv_response
from wurt.core.web.format import german_datetime
from wurt.core.web.tables import Column, DataTable, Export


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _wanted(form: TrailFilter) -> dict[str, Any]:
    return form.cleaned_data if form.is_valid() else {}


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, newest first, with its filter."""
    form = TrailFilter(request.GET or {})
    page, lines = trail_page(_actor(request), request.GET.get("page", "1"), **_wanted(form))
    values = {"page": page, "table": _table(lines, request.GET.urlencode()), "filter": form}
    return render(request, "accounts/trail.html", values)


def _table(lines: list[TrailLine], query: str) -> DataTable:
    address = reverse("accounts:trail_csv") + (f"?{query}" if query else "")
    return DataTable(
        caption=_("Audit trail"),
        caption_hidden=True,
        columns=[Column(label) for label in (_("When"), _("Who"), _("What"), _("Which"))],
        rows=[(german_datetime(one.at), one.who, one.what, one.thing) for one in lines],
        exports=[Export(_("As a table (CSV)"), address)],
    )


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


@require_GET
def trail_csv(request: HttpRequest) -> HttpResponse:
    """What the filter lets through, as a file."""
    lines = trail_lines(_actor(request), **_wanted(TrailFilter(request.GET or {})))
    columns = [_("When"), _("Who"), _("What"), _("Which"), _("Action"), _("Key")]
    rows = [
        (
            _moment(one.at),
            one.who,
            one.what,
            one.thing,
            one.code,
            one.key,
        )
        for one in lines
    ]
    return csv_response("protokoll", columns, rows)
