"""The desk of figures: what is due, entering values, describing figures, corrections."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wurt.core.indicators import desk_queries, forms
from wurt.core.indicators.actions.compute import correct_month
from wurt.core.indicators.actions.manual import create_manual, edit_manual, enter_value
from wurt.core.indicators.views.public import actor_of, values_table
from wurt.core.web.formpage import form_page

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All figures; those that wait for a value come first."""
    return render(request, "indicators/desk/overview.html", {"desk": desk_queries.desk(actor_of(request))})


@form_methods
def create(request: HttpRequest) -> HttpResponse:
    """A new figure that people enter."""
    actor = actor_of(request)
    desk_queries.check_may_create(actor)

    def act(data: dict[str, Any]) -> str:
        place = data.pop("place")
        return create_manual(actor, words=data, place=place)  # type: ignore[arg-type]

    return form_page(
        request,
        forms.NewManualForm(actor, request.POST or None, initial={"kind": "stock", "direction": "neutral"}),
        "indicators/desk/form.html",
        act,
        then=lambda key: reverse("indicators:values", args=[key]),
        done=_("The figure is saved. You can enter its first value now."),
        context={"title": _("New figure"), "back": reverse("indicators:desk")},
    )


@form_methods
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a figure is called and means."""
    actor = actor_of(request)
    view = desk_queries.manual(actor, key)
    names = ("name", "unit", "meaning", "kind", "direction", "decimals", "counts_people", "keeper", "version")
    form = forms.ManualForm(
        actor, request.POST or None, initial={name: getattr(view, name) for name in names}
    )
    back = reverse("indicators:values", args=[key])

    def act(data: dict[str, Any]) -> None:
        version = data.pop("version")
        edit_manual(actor, key=key, words=data, version=version)  # type: ignore[arg-type]

    return form_page(
        request,
        form,
        "indicators/desk/form.html",
        act,
        then=back,
        done=_("The changes are saved."),
        context={"title": view.name, "back": back},
    )


@form_methods
def values(request: HttpRequest, key: str) -> HttpResponse:
    """All months of a figure; enter one, or have one computed again."""
    actor = actor_of(request)
    view = desk_queries.values(actor, key)
    start = {"month": f"{view.next_month:%Y-%m}"}
    latest = view.series.latest
    if view.manual and latest:
        start["source"] = latest.source
    kind = forms.ValueForm if view.manual else forms.CorrectForm

    def act(data: dict[str, Any]) -> int:
        return (enter_value if view.manual else correct_month)(actor, key=key, **data)

    return form_page(
        request,
        kind(request.POST or None, initial=start),
        "indicators/desk/values.html",
        act,
        then=reverse("indicators:values", args=[key]),
        done=_("The value is saved.") if view.manual else _("The month is computed again."),
        context={"view": view, "table": values_table(view.series)},
    )
