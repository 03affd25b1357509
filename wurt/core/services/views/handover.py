"""Hand-overs: list, plan, check list, two signatures, protocol."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.services import desk_queries, forms
from wurt.core.services import handover_queries as queries
from wurt.core.services.actions import handover as actions
from wurt.core.services.protocol import protocol_file
from wurt.core.web.csvfile import csv_response
from wurt.core.web.formpage import button_page, form_page
from wurt.core.web.public import download

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _url(hand_over: UUID) -> str:
    return reverse("services:handover", args=[hand_over])


def _chosen(request: HttpRequest) -> tuple[forms.HandOverFilter, tuple[queries.HandOverRow, ...]]:
    chosen = forms.HandOverFilter(request.GET or {})
    state = chosen.cleaned_data["state"] if chosen.is_valid() else ""
    return chosen, queries.handovers(_actor(request), state=state)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """All hand-overs that I may see."""
    chosen, rows = _chosen(request)
    context = {"filter": chosen, "rows": rows, "states": forms.STATES}
    return render(request, "services/handovers.html", context)


@require_GET
def home_csv(request: HttpRequest) -> HttpResponse:
    """The list as a table."""
    _form, rows = _chosen(request)
    columns = [_("Service"), _("Place"), _("Old operator"), _("New operator"), _("On"), _("State")]
    lines = [
        [
            row.service_name,
            row.place,
            row.giver,
            row.taker,
            row.effective.isoformat(),
            str(forms.STATES[row.state]),
        ]
        for row in rows
    ]
    return csv_response("uebergaben", columns, lines)


@require_http_methods(FORM_METHODS)
def prepare(request: HttpRequest, key: str) -> HttpResponse:
    """Plan a hand-over."""
    actor = _actor(request)
    desk_queries.check_manage(actor)
    desk = desk_queries.desk_service(actor, key)
    return form_page(
        request,
        forms.HandOverForm(actor, request.POST or None),
        "services/form.html",
        lambda data: actions.prepare_handover(actor, service=key, **{**data, "taker": UUID(data["taker"])}),
        then=_url,
        done=_("The hand-over is prepared. Both sides sign next."),
        context={"service": desk.service, "title": _("Hand the service over")},
    )


@require_GET
def show(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """Check list, signatures, protocol."""
    view = queries.handover(_actor(request), hand_over)
    step = {"prepared": 2, "signed": 3, "accepted": 4, "moving": 4, "finished": 5, "cancelled": 1}
    steps = [_("Prepared"), _("Signed"), _("Accepted"), _("Everything moved"), _("Finished")]
    context = {
        "view": view,
        "steps": steps,
        "current": step[view.row.state],
        "state": forms.STATES[view.row.state],
    }
    return render(request, "services/handover.html", context)


@require_GET
def protocol(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """The protocol as an accessible PDF."""
    view = queries.handover(_actor(request), hand_over)
    name = f"uebergabe-{view.row.service}-{view.row.effective.isoformat()}.pdf"
    return download(protocol_file(view), "application/pdf", name, example=False, inline=True)


@require_POST
def sign_giver(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """The old operator signs."""
    return button_page(
        request,
        lambda: actions.sign_as_giver(_actor(request), hand_over=hand_over),
        then=_url(hand_over),
        done=_("Signed. Now a person of the new operator accepts."),
    )


@require_http_methods(FORM_METHODS)
def accept(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """The new operator accepts."""
    actor = _actor(request)
    view = queries.handover_to_accept(actor, hand_over)
    return form_page(
        request,
        forms.AcceptForm(queries.people_of_taker(actor, hand_over), request.POST or None),
        "services/handover_form.html",
        lambda data: actions.accept_handover(
            actor, hand_over=hand_over, people=[UUID(one) for one in data["people"]]
        ),
        then=_url(hand_over),
        done=_("Accepted. On the day everything is moved by itself."),
        context={"view": view, "title": _("Take the service over"), "send": _("Accept")},
    )


@require_http_methods(FORM_METHODS)
def cancel(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """Give the plan up."""
    actor = _actor(request)
    view = queries.handover_to_cancel(actor, hand_over)
    return form_page(
        request,
        forms.CancelForm(request.POST or None),
        "services/handover_form.html",
        lambda data: actions.cancel_handover(actor, hand_over=hand_over, reason=data["reason"]),
        then=_url(hand_over),
        done=_("The hand-over is cancelled. Nothing changes."),
        context={"view": view, "title": _("Cancel the hand-over"), "send": _("Cancel it")},
    )


@require_POST
def resume(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """Move on."""
    return button_page(
        request,
        lambda: actions.resume_handover(_actor(request), hand_over=hand_over),
        then=_url(hand_over),
        done=_("Moving goes on within a minute."),
    )
