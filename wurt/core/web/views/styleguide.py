"""The living style guide: every component in each of its states. Development only; the tests walk it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurt.core.web import samples

COMPONENTS: dict[str, str | Promise] = {
    "typography": _("Type and text"),
    "marks": _("Status marks and badges"),
    "navigation": _("Navigation"),
    "buttons": _("Buttons and alerts"),
    "cards": _("Cards, facts and figures"),
    "forms": _("Forms"),
    "filters": _("Filter bar"),
    "tables": _("Data tables"),
    "timeline": _("Timeline and differences"),
    "charts": _("Charts and maps"),
    "desk": _("Desk"),
    "sheet": _("Sheet of paper"),
    "home": _("Home page"),
}


_guests: dict[str, tuple[str | Promise, str, Callable[[], dict[str, Any]]]] = {}


def add_page(name: str, label: str | Promise, template: str, values: Callable[[], dict[str, Any]]) -> None:
    """A room's own page in the style guide (from ``AppConfig.ready``); ``values`` are asked when shown."""
    _guests[name] = (label, template, values)


def names() -> dict[str, str | Promise]:
    """All pages of the style guide with their labels."""
    return COMPONENTS | {name: label for name, (label, _template, _values) in _guests.items()}


def index(request: HttpRequest) -> HttpResponse:
    pages = [
        (name, label, reverse("web:styleguide_component", args=[name])) for name, label in names().items()
    ]
    return render(request, "web/styleguide/index.html", {"pages": pages})


def component(request: HttpRequest, name: str) -> HttpResponse:
    if name in _guests:
        label, template, own = _guests[name]
        return render(request, template, {"title": label, **own()})
    if name not in COMPONENTS:
        raise Http404
    if name == "buttons":
        messages.success(request, _("Saved: a message stays until the next page."))
    values = {"title": COMPONENTS[name], **samples.context(request)}
    return render(request, f"web/styleguide/{name}.html", values)
