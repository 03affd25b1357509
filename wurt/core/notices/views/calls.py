"""For staff: people who chose to be called."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.notices import call_queries as queries
from wurt.core.notices import forms
from wurt.core.notices.actions import calls as actions
from wurt.core.notices.actions.calls import Outcome
from wurt.core.web.csvfile import csv_response


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _day(moment: datetime) -> str:
    """As a spreadsheet reads it in this language."""
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


def _chosen(request: HttpRequest) -> tuple[queries.CallList, forms.CallFilter]:
    found = queries.calls(_actor(request))
    form = forms.CallFilter(found.places, request.GET or None)
    if form.is_valid():
        found = found.of(**form.cleaned_data)
    return found, form


@never_cache
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """Who is to be called."""
    found, form = _chosen(request)
    return render(
        request, "notices/calls.html", {"list": found, "filter": form, "query": request.GET.urlencode()}
    )


@never_cache
@require_GET
def calls_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a table."""
    found, _form = _chosen(request)
    columns = (
        _("Name"),
        _("Telephone number"),
        _("Place"),
        _("Notices"),
        _("Waiting since"),
        _("Not reached"),
        _("Next try"),
        _("State"),
    )
    words = dict(forms.call_states())
    rows = [
        (
            line.name,
            line.phone,
            line.place_name,
            line.notices,
            _day(line.since),
            line.tries,
            _day(line.due),
            str(words[line.state]),
        )
        for line in found.lines
    ]
    return csv_response("anrufe", columns, rows)


@require_POST
def take(request: HttpRequest, subscriber: UUID) -> HttpResponse:
    """Begin a call; nobody else calls the person now."""
    try:
        mark = actions.take_call(_actor(request), subscriber=subscriber)
    except RuleBroken as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("notices:calls"))
    return HttpResponseRedirect(reverse("notices:call", args=[mark]))


@never_cache
@require_GET
def call(request: HttpRequest, call: UUID) -> HttpResponse:
    """What to say, word by word, and how it ended."""
    return render(request, "notices/call.html", {"call": queries.call(_actor(request), call)})


@require_POST
def note(request: HttpRequest, call: UUID) -> HttpResponse:
    """How the call ended."""
    outcome = request.POST.get("outcome", "")
    done = {
        Outcome.TOLD: _("Noted: the person knows it."),
        Outcome.MISSED: _("Noted. The person stands in the list again on the next working day."),
        Outcome.LETTER: _("The person gets a letter instead. It waits under “Letters”."),
        Outcome.BACK: _("Nothing was noted; the person stands in the list again."),
        Outcome.GIVEN_UP: _("Noted. These notices are not told any more."),
    }
    then = reverse("notices:calls")
    try:
        actions.note_call(_actor(request), call=call, outcome=outcome)
    except RuleBroken as error:
        messages.error(request, error.message)
        then = reverse("notices:call", args=[call])
    except NotFound:
        messages.error(request, _("This call was noted already, or somebody else has taken it over."))
    else:
        messages.success(request, done[Outcome(outcome)])
    return HttpResponseRedirect(then)
