"""“My organisation”: for those who act for a company or an association without a place at the desk."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.accounts import forms, member_actions, organisation_queries
from wurt.core.action.actor import Actor
from wurt.core.web.formpage import button_page, form_page


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations that the person acts for; with one, straight to it."""
    found = organisation_queries.my_organisations(_actor(request))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("accounts:organisation", args=[found[0].public_id]))
    return render(request, "accounts/organisations.html", {"organisations": found})


@require_GET
def organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """One organisation and who acts for it."""
    view = organisation_queries.own_organisation(_actor(request), organisation)
    return render(request, "accounts/organisation.html", {"organisation": view})


@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Let somebody act for it."""
    actor = _actor(request)
    view = organisation_queries.check_may_invite(actor, organisation)
    return form_page(
        request,
        forms.MemberForm(request.POST or None),
        "accounts/invite_member.html",
        lambda data: member_actions.invite_member(actor, organisation=organisation, **data),
        then=reverse("accounts:organisation", args=[organisation]),
        done=_("The invitation is on its way by mail."),
        context={"organisation": view},
    )


@require_POST
def end_member(request: HttpRequest, organisation: UUID, grant: UUID) -> HttpResponse:
    """Take somebody's role in it back, or leave."""
    return button_page(
        request,
        lambda: member_actions.end_membership(_actor(request), organisation=organisation, grant=grant),
        then=reverse("accounts:organisations"),
        done=_("The role is taken back."),
    )
