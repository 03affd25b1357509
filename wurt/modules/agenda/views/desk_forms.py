"""The one way in which the desk shows and takes a form: nothing typed is ever lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from wurt.core.action import once
from wurt.core.action.actor import Actor
from wurt.core.db.errors import ChangedMeanwhile, RuleBroken
from wurt.core.web.formpage import say
from wurt.modules.agenda.forms.base import DeskForm

Make = Callable[[QueryDict | None, Mapping[str, Any]], DeskForm]
"""Builds the form from what was sent (None: nothing yet) and from what it starts with."""


def actor_of(request: HttpRequest) -> Actor:
    """Who sent the request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


Refill = Callable[[dict[str, Any]], dict[str, Any]]
"""From what was typed to what the form shows next."""
_ADD_ROW: Mapping[str, Refill] = {"add_row": dict}


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a form. ``back``: where "cancel" leads, and a saved form, unless ``save`` answers
    with an address. ``trail``: (label, address) of the pages above."""

    title: str
    back: str
    trail: list[tuple[str, str]] = field(default_factory=list)
    lead: str = ""
    send: str = ""
    done: str = ""
    danger: bool = False
    template: str = "agenda/desk/form.html"
    context: Mapping[str, Any] = field(default_factory=dict)


def form_page(
    request: HttpRequest,
    page: Page,
    make: Make,
    initial: Callable[[], Mapping[str, Any]],
    save: Callable[[dict[str, Any]], str | None],
    refill: Mapping[str, Refill] = _ADD_ROW,
) -> HttpResponse:
    """Show the form; sent, save it and go on.

    Bad input 422, a broken rule 409 at its field. A button named in ``refill`` shows the form again with what
    was typed and its own change, and saves nothing. If somebody else
    saved meanwhile, both texts are shown, and the next save is made in knowledge of the other (409).
    """
    if request.method != "POST":
        return _show(request, page, make(None, initial()))
    form = make(request.POST, initial())
    for name in refill.keys() & request.POST.keys():
        return _show(request, page, make(None, refill[name](form.raw())))
    if not form.is_valid():
        return _show(request, page, form, status=422)
    try:
        with once.watching() as seen:
            target = save(form.cleaned_data)
    except ChangedMeanwhile:
        return _conflict(request, page, make, initial())
    except RuleBroken as error:
        form.refuse(error)
        return _show(request, page, form, status=409)
    say(request, seen, page.done)
    return HttpResponseRedirect(target or page.back)


def _conflict(request: HttpRequest, page: Page, make: Make, stored: Mapping[str, Any]) -> HttpResponse:
    sent = request.POST.copy()
    sent["version"] = str(stored["version"])
    form = make(sent, stored)
    form.is_valid()
    return _show(request, page, form, status=409, differences=form.differences(stored), conflict=True)


def _show(request: HttpRequest, page: Page, form: DeskForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, page.template, {"page": page, "form": form, **page.context, **more}, status=status)


def button(request: HttpRequest, back: str, done: str, act: Callable[[], object]) -> HttpResponse:
    """A POST without fields: act and go back; a rule that refuses is told there."""
    try:
        act()
    except RuleBroken as error:
        messages.error(request, error.message or error.code)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)


def without_version(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a form without its version (for actions that check none)."""
    return {name: value for name, value in values.items() if name != "version"}
