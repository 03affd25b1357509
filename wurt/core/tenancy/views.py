"""Pages of organisations and places, for staff."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.tenancy import actions, forms, queries
from wurt.core.web.csvfile import csv_response
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _url(organisation: UUID) -> str:
    return reverse("tenancy:organisation", args=[organisation])


def _found(request: HttpRequest) -> tuple[tuple[queries.OrganisationRow, ...], forms.OrganisationFilter]:
    form = forms.OrganisationFilter(request.GET or {})
    wanted = form.cleaned_data if form.is_valid() else {}
    return queries.organisations(_actor(request), **wanted), form


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """The list of organisations."""
    rows, form = _found(request)
    context = {
        "organisations": rows,
        "filter": form,
        "may_create": queries.may_create_organisation(_actor(request)),
        "query": request.GET.urlencode(),
    }
    return render(request, "tenancy/organisations.html", context)


@require_GET
def organisations_csv(request: HttpRequest) -> HttpResponse:
    """The same list, filtered alike, as a file."""
    rows, _form = _found(request)
    columns = [_("Name"), _("Kind"), _("Place"), _("Partner of the cooperation"), _("Website")]
    cells = ((row.name, row.kind_name, row.place, row.is_partner, row.website) for row in rows)
    return csv_response("organisationen", columns, cells)


@require_http_methods(FORM_METHODS)
def create(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    actor = _actor(request)
    queries.check_may_create_organisation(actor)
    return form_page(
        request,
        forms.OrganisationForm(actor, request.POST or None, new=True),
        "tenancy/create.html",
        lambda data: actions.create_organisation(actor, **data),
        then=_url,
        done=_("The organisation is saved."),
    )


@require_GET
def organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """One organisation with its spellings."""
    view = queries.organisation(_actor(request), organisation)
    return render(request, "tenancy/organisation.html", {"organisation": view})


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Change an organisation."""
    actor = _actor(request)
    view = queries.organisation_to_edit(actor, organisation)
    names = ("name", "kind", "place", "is_partner", "website", "version")
    return form_page(
        request,
        forms.OrganisationForm(
            actor, request.POST or None, initial={name: getattr(view, name) for name in names}
        ),
        "tenancy/edit.html",
        lambda data: actions.edit_organisation(actor, organisation=organisation, **data),
        then=_url(organisation),
        done=_("The changes are saved."),
        context={"organisation": view},
    )


@require_http_methods(FORM_METHODS)
def add_alias(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Another spelling."""
    actor = _actor(request)
    view = queries.organisation_to_edit(actor, organisation)
    return form_page(
        request,
        forms.AliasForm(request.POST or None),
        "tenancy/add_alias.html",
        lambda data: actions.add_alias(actor, organisation=organisation, **data),
        then=_url(organisation),
        done=_("The spelling is saved."),
        context={"organisation": view},
    )


@require_POST
def remove_alias(request: HttpRequest, organisation: UUID, alias: int) -> HttpResponse:
    """Forget a spelling."""
    return button_page(
        request,
        lambda: actions.remove_alias(_actor(request), organisation=organisation, alias=alias),
        then=_url(organisation),
        done=_("The spelling is removed."),
    )


@require_http_methods(FORM_METHODS)
def merge(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Let another organisation take this one over."""
    actor = _actor(request)
    view = queries.organisation_to_edit(actor, organisation)
    return form_page(
        request,
        forms.MergeForm(actor, organisation, request.POST or None),
        "tenancy/merge.html",
        lambda data: actions.merge_organisations(actor, kept=data["kept"], gone=organisation),
        then=reverse("tenancy:organisations"),
        done=_("The two organisations are one now."),
        context={"organisation": view},
    )


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The tree of places."""
    return render(request, "tenancy/places.html", {"places": queries.places(_actor(request))})
