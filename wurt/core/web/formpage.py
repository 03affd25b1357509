"""The two shapes of writing pages: a form that shows its own errors, and a single button."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wurt.core.action import once
from wurt.core.db.errors import RuleBroken
from wurt.core.web.keep_form import keep, wanted

Target = str | Callable[[Any], str]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    template: str,
    act: Callable[[dict[str, Any]], Any],
    *,
    then: Target,
    done: str = "",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, also where it was sent for another language; sent and valid, call ``act`` with its data
    and go on to ``then`` (an address, or a function of the answer). A rule that refuses stands above the form
    and beside the field that it names, and nothing typed is lost (409); 422 for bad input."""
    status = 200
    if request.method == "POST":
        status = 422
        keep(request)
        if form.is_valid() and not wanted(request):
            try:
                with once.watching() as seen:
                    answer = act(form.cleaned_data)
            except RuleBroken as error:
                form.add_error(
                    error.field if error.field in form.fields else None, error.message or error.code
                )
                status = 409
            else:
                say(request, seen, done)
                return HttpResponseRedirect(then if isinstance(then, str) else then(answer))
    return render(request, template, {"form": form, **(context or {})}, status=status)


def say(request: HttpRequest, seen: once.Seen, done: str) -> None:
    """What stands on the next page: ``done``, or that the same had been sent before."""
    if seen.repeated:
        messages.info(request, _("You had sent this already; it counts once. This came of it."))
    elif done:
        messages.success(request, done)


def button_page(request: HttpRequest, act: Callable[[], Any], *, then: str, done: str = "") -> HttpResponse:
    """A POST without fields: act, then go on; a rule that refuses is told on the page it came from."""
    try:
        act()
    except RuleBroken as error:
        messages.error(request, error.message or error.code)
    else:
        if done:
            messages.success(request, done)
    return HttpResponseRedirect(then)
