"""The desk: the queue, a case, deciding, handing over."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.moderation import desk_queries as queries
from wurt.core.moderation import forms
from wurt.core.moderation.actions import decide as decisions
from wurt.core.moderation.actions import desk as actions
from wurt.core.moderation.trail_words import EVENTS
from wurt.core.web.csvfile import csv_response
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _filters(form: forms.QueueFilter) -> queries.Filters:
    return queries.Filters(**form.cleaned_data) if form.is_valid() else queries.Filters()


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is to do, nearest deadline first."""
    actor, form = _actor(request), forms.QueueFilter(request.GET)
    filters = _filters(form)
    number = request.GET.get("page", "1")
    context = {
        "counts": queries.counts(actor),
        "page": queries.queue(actor, filters, int(number) if number.isdecimal() else 1),
        "filter": form,
        "filters": filters,
        "query": request.GET.urlencode(),
    }
    return render(request, "moderation/desk.html", context)


@require_GET
def cases_file(request: HttpRequest) -> HttpResponse:
    """The queue as a table file, as it is filtered."""
    lines = queries.every_line(_actor(request), _filters(forms.QueueFilter(request.GET)))
    columns = [
        _("Number"),
        _("Content"),
        _("Kind"),
        _("Reasons"),
        _("State"),
        _("Opened"),
        _("Due"),
        _("Days overdue"),
    ]
    columns += [_("Number of notices"), _("Taken by"), _("Measure")]
    rows = (
        (
            line.number,
            line.title,
            line.kind,
            ", ".join(line.categories),
            line.state_label,
            line.opened.date().isoformat(),
            line.due.date().isoformat(),
            line.overdue,
            line.reports,
            line.taken_by,
            line.measure,
        )
        for line in lines
    )
    return csv_response("moderation", columns, rows)


@never_cache
@require_GET
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """One case with everything in it."""
    view = queries.case(_actor(request), case)
    events = [(at, EVENTS.get(what, what), by) for at, what, by, _note in view.events]
    hand_over = forms.HandOverForm(view.candidates)
    return render(request, "moderation/case.html", {"view": view, "events": events, "hand_over": hand_over})


@never_cache
@require_http_methods(FORM_METHODS)
def decide(request: HttpRequest, case: UUID) -> HttpResponse:
    """Decide a case, or the complaint in it."""
    actor = _actor(request)
    view = queries.case(actor, case)
    if view.line.is_closed:
        raise NotFound(code="moderation.case")
    appeal = view.line.is_complaint
    form = (forms.AppealForm if appeal else forms.DecisionForm)(view, request.POST or None)
    return form_page(
        request,
        form,
        "moderation/decide.html",
        lambda data: _decide(actor, case, data),
        then=reverse("moderation:case", args=[case]),
        done=_("The decision is stored and carried out; those concerned are told."),
        context={"view": view, "appeal": appeal},
    )


def _decide(actor: Actor, case: UUID, data: dict[str, Any]) -> UUID:
    given = {name: data[name] for name in decisions.Ruling.__dataclass_fields__ if name in data}
    ruling = decisions.Ruling(**given)
    if "outcome" in data:
        return decisions.decide_complaint(
            actor, case=case, outcome=data["outcome"], ruling=ruling, version=data["version"]
        )
    return decisions.decide(actor, case=case, ruling=ruling, version=data["version"])


def _button(request: HttpRequest, case: UUID, act: Any, done: str) -> HttpResponse:
    return button_page(request, act, then=reverse("moderation:case", args=[case]), done=done)


@require_POST
def take(request: HttpRequest, case: UUID) -> HttpResponse:
    """The case is mine."""
    actor = _actor(request)
    return _button(request, case, lambda: actions.take_case(actor, case=case), _("You have this case now."))


@require_POST
def hand_over(request: HttpRequest, case: UUID) -> HttpResponse:
    """The case goes to somebody else, or to me from somebody else."""
    try:
        to = UUID(request.POST.get("to", ""))
    except ValueError:
        raise NotFound(code="tenancy.person") from None
    actor = _actor(request)
    return _button(
        request, case, lambda: actions.hand_over(actor, case=case, to=to), _("The case is handed over.")
    )


@require_POST
def is_human(request: HttpRequest, case: UUID) -> HttpResponse:
    """A person sent it."""
    actor = _actor(request)
    return _button(
        request, case, lambda: actions.is_human(actor, case=case), _("The notice is in the queue now.")
    )


@require_POST
def dismiss(request: HttpRequest, case: UUID) -> HttpResponse:
    """A program sent it."""
    actor = _actor(request)
    act = lambda: actions.dismiss(actor, case=case)  # noqa: E731
    return _button(request, case, act, _("Dismissed. It is deleted in thirty days."))
