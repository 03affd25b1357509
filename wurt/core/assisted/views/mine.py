"""One's own: mandates, address, what was done in one's name, shortcuts of the keyboard."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.assisted import forms, mandate_queries, queries
from wurt.core.assisted.actions import mandates as actions
from wurt.core.assisted.actions import sessions
from wurt.core.assisted.middleware import enter
from wurt.core.assisted.views.mode import contact_page
from wurt.core.db.errors import NotAllowed, RuleBroken
from wurt.core.web.context import shortcuts_cookie
from wurt.core.web.csvfile import csv_response
from wurt.core.web.errors import rule_broken
from wurt.core.web.format import german_datetime
from wurt.core.web.formpage import button_page, form_page
from wurt.core.web.tables import Column, DataTable, Export

FORM_METHODS = ["GET", "HEAD", "POST"]
YEAR = 365 * 86400


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@never_cache
@require_GET
def mandates(request: HttpRequest) -> HttpResponse:
    """Mandates that I gave, hold, or am offered."""
    return render(request, "assisted/mandates.html", {"mandates": mandate_queries.mandates(_actor(request))})


@never_cache
@require_http_methods(FORM_METHODS)
def give(request: HttpRequest) -> HttpResponse:
    """Give somebody a mandate."""
    actor = _actor(request)
    queries.check_mandates(actor)
    return form_page(
        request,
        forms.MandateForm(request.POST or None),
        "assisted/give.html",
        lambda data: actions.give_mandate(actor, **data),
        then=reverse("assisted:mandates"),
        done=_("The mandate is offered. It holds once the helper has accepted."),
    )


@require_POST
def accept(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Take a mandate on."""
    return button_page(
        request,
        lambda: actions.accept_mandate(_actor(request), mandate=mandate),
        then=reverse("assisted:mandates"),
        done=_("You may act for this person now."),
    )


@require_POST
def end(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """End a mandate, given or held."""
    return button_page(
        request,
        lambda: actions.end_mandate(_actor(request), mandate=mandate),
        then=reverse("assisted:mandates"),
        done=_("The mandate is ended."),
    )


@require_POST
def use(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Begin to act with a mandate."""
    try:
        enter(request, sessions.begin_with_mandate(_actor(request), mandate=mandate))
    except RuleBroken as error:
        return rule_broken(request, error)
    return HttpResponseRedirect(reverse("assisted:desk"))


@never_cache
@require_http_methods(FORM_METHODS)
def my_contact(request: HttpRequest) -> HttpResponse:
    """My postal address."""
    return contact_page(request, _actor(request), reverse("accounts:mine"), "assisted/my_contact.html")


@never_cache
@require_GET
def in_my_name(request: HttpRequest) -> HttpResponse:
    """What others did for me."""
    page, lines = queries.done_in_my_name(_actor(request), request.GET.get("page", "1"))
    table = DataTable(
        caption=_("What was done in your name"),
        caption_hidden=True,
        columns=[Column(label) for label in (_("When"), _("What"), _("Who"), _("How"))],
        rows=[(german_datetime(line.at), line.what, line.who, line.how) for line in lines],
        exports=[Export(_("As a table (CSV)"), reverse("assisted:in_my_name_csv"))],
    )
    return render(request, "assisted/in_my_name.html", {"page": page, "table": table})


@never_cache
@require_GET
def in_my_name_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file: all pages."""
    lines = queries.all_done_in_my_name(_actor(request))
    rows = [(german_datetime(line.at), line.what, line.who, line.how) for line in lines]
    return csv_response("in-meinem-namen", [_("When"), _("What"), _("Who"), _("How")], rows)


@require_http_methods(FORM_METHODS)
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch shortcuts of the keyboard off or on, in this browser (WCAG 2.2, criterion 2.1.4)."""
    if not _actor(request).signed_in:
        raise NotAllowed(code="assisted.shortcuts:role")
    if request.method != "POST":
        return render(request, "assisted/shortcuts.html")
    response = HttpResponseRedirect(reverse("assisted:shortcuts"))
    wanted = "on" if request.POST.get("shortcuts") == "on" else "off"
    response.set_cookie(
        shortcuts_cookie(), wanted, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response
