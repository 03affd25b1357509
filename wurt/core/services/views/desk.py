"""Services on the desk: the matrix, one service, and the forms that set what holds."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.services import desk_queries as queries
from wurt.core.services import forms, promises
from wurt.core.services.actions import operators, stages
from wurt.core.web.csvfile import csv_response
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _matrix(request: HttpRequest) -> tuple[forms.MatrixFilter, queries.Matrix]:
    chosen = forms.MatrixFilter(request.GET or {})
    values = chosen.cleaned_data if chosen.is_valid() else {}
    found = queries.matrix(_actor(request), text=values.get("text", ""), stage=values.get("stage", ""))
    return chosen, found


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Services down, places across."""
    chosen, found = _matrix(request)
    return render(request, "services/desk.html", {"filter": chosen, "matrix": found})


@require_GET
def home_csv(request: HttpRequest) -> HttpResponse:
    """The matrix as a table."""
    _chosen, found = _matrix(request)
    columns = [_("Service"), *found.places, _("Operator")]
    rows = [[row.name, *(str(cell.stage.label) for cell in row.cells), row.operator] for row in found.rows]
    return csv_response("dienste", columns, rows)


@require_GET
def service(request: HttpRequest, key: str) -> HttpResponse:
    """One service with everything that was set."""
    return render(request, "services/desk_service.html", {"desk": queries.desk_service(_actor(request), key)})


@require_http_methods(FORM_METHODS)
def set_stage(request: HttpRequest, key: str) -> HttpResponse:
    """Another stage from a day on."""
    return _form(
        request,
        key,
        lambda actor: forms.StageForm(actor, request.POST or None),
        lambda actor, data: stages.set_stage(actor, service=key, **data),
        _("Set a stage"),
        _("The stage is set."),
    )


@require_http_methods(FORM_METHODS)
def withdraw_stage(request: HttpRequest, key: str, stage: UUID) -> HttpResponse:
    """Take a stage back."""
    row = queries.stage_to_withdraw(_actor(request), key, stage)
    return _form(
        request,
        key,
        lambda actor: forms.WithdrawForm(request.POST or None),
        lambda actor, data: stages.withdraw_stage(actor, stage=stage, reason=data["reason"]),
        _("Withdraw a stage"),
        _("The entry is withdrawn."),
        row=row,
    )


@require_http_methods(FORM_METHODS)
def set_operator(request: HttpRequest, key: str) -> HttpResponse:
    """Another operator from a day on."""
    return _form(
        request,
        key,
        lambda actor: forms.OperatorForm(actor, request.POST or None),
        lambda actor, data: operators.set_operator(
            actor, service=key, **{**data, "organisation": UUID(data["organisation"])}
        ),
        _("Set an operator"),
        _("The operator is set."),
    )


@require_http_methods(FORM_METHODS)
def withdraw_operator(request: HttpRequest, key: str, operator: UUID) -> HttpResponse:
    """Take an operator back."""
    row = queries.operator_to_withdraw(_actor(request), key, operator)
    return _form(
        request,
        key,
        lambda actor: forms.WithdrawForm(request.POST or None),
        lambda actor, data: operators.withdraw_operator(actor, operator=operator, reason=data["reason"]),
        _("Withdraw an operator"),
        _("The entry is withdrawn."),
        row=row,
    )


@require_http_methods(FORM_METHODS)
def set_promises(request: HttpRequest, key: str) -> HttpResponse:
    """Which projects promised it."""
    return _form(
        request,
        key,
        lambda actor: forms.PromiseForm(
            promises.choices(actor),
            request.POST if request.method == "POST" else None,  # no box ticked is an answer, too
            initial={"topics": promises.chosen(actor, key)},
        ),
        lambda actor, data: stages.set_promises(actor, service=key, topics=data["topics"]),
        _("Which project promised it"),
        _("Saved."),
    )


@require_http_methods(FORM_METHODS)
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody may try the service out."""

    def act(actor: Actor, data: dict[str, Any]) -> UUID:
        person = queries.person_by_email(actor, data["email"])
        body = UUID(data["organisation"]) if data["organisation"] else None
        return stages.invite(actor, service=key, person=person, organisation=body)

    return _form(
        request,
        key,
        lambda actor: forms.InviteForm(actor, request.POST or None),
        act,
        _("Invite somebody to try it out"),
        _("The person is invited."),
    )


@require_POST
def uninvite(request: HttpRequest, key: str, tester: UUID) -> HttpResponse:
    """No more trying out."""
    return button_page(
        request,
        lambda: stages.uninvite(_actor(request), tester=tester),
        then=reverse("services:desk_service", args=[key]),
        done=_("The invitation is taken back."),
    )


@require_http_methods(FORM_METHODS)
def add_staff(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody works for the operator."""

    def act(actor: Actor, data: dict[str, Any]) -> UUID:
        person = queries.person_by_email(actor, data["email"])
        return operators.add_staff(
            actor, service=key, place=data["place"], person=person, starts=data["starts"]
        )

    return _form(
        request,
        key,
        lambda actor: forms.StaffForm(actor, request.POST or None),
        act,
        _("Add somebody who works for the operator"),
        _("The person works for the operator from that day on."),
    )


@require_POST
def end_staff(request: HttpRequest, key: str, staff: UUID) -> HttpResponse:
    """The person works there no more."""
    return button_page(
        request,
        lambda: operators.end_staff(_actor(request), staff=staff),
        then=reverse("services:desk_service", args=[key]),
        done=_("The person does not work there from today on."),
    )


def _form(
    request: HttpRequest,
    key: str,
    make: Callable[[Actor], django_forms.Form],
    act: Callable[[Actor, dict[str, Any]], Any],
    title: str,
    done: str,
    row: object = None,
) -> HttpResponse:
    actor = _actor(request)
    queries.check_manage(actor)
    desk = queries.desk_service(actor, key)
    return form_page(
        request,
        make(actor),
        "services/form.html",
        lambda data: act(actor, data),
        then=reverse("services:desk_service", args=[key]),
        done=done,
        context={"service": desk.service, "title": title, "row": row},
    )
