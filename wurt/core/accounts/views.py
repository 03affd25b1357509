"""Pages of people, roles and one's own account."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.accounts import actions, forms, queries
from wurt.core.accounts.my_page import sections_for
from wurt.core.action.actor import Actor
from wurt.core.tenancy import actions as tenancy
from wurt.core.web import desk
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]
NEXT_KEY = "second_factor_next"


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _person_url(person: UUID) -> str:
    return reverse("accounts:person", args=[person])


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My page: whoever I am, what I may do, and what rooms and modules add (``my_page.py``)."""
    account = queries.my_account(_actor(request))
    return render(request, "accounts/mine.html", {"account": account, "sections": sections_for(request)})


@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """The way to a session with a second factor, and on to the page that asked for it."""
    step = queries.factor_step(_actor(request))
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        request.session[NEXT_KEY] = target
    if step is queries.FactorStep.DONE:
        begin = desk.home(request) or reverse("accounts:mine")
        return HttpResponseRedirect(request.session.pop(NEXT_KEY, begin))
    values = {
        "set_up": step is queries.FactorStep.SET_UP,
        "passkeys": queries.has_passkeys(_actor(request)),
    }
    return render(request, "accounts/second_factor.html", values)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The list of people."""
    form = forms.PeopleFilter(request.GET or {})
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.people(_actor(request), **wanted)
    return render(request, "accounts/people.html", {"people": rows, "filter": form})


@require_GET
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person with login, roles and what can be done."""
    return render(request, "accounts/person.html", {"person": queries.person(_actor(request), person)})


@require_http_methods(FORM_METHODS)
def invite(request: HttpRequest) -> HttpResponse:
    """A new person with a login."""
    actor = _actor(request)
    queries.check_people_desk(actor)
    return form_page(
        request,
        forms.InviteForm(actor, request.POST or None),
        "accounts/invite.html",
        lambda data: actions.invite_person(actor, **data),
        then=_person_url,
        done=_("The invitation is on its way by mail."),
    )


@require_http_methods(FORM_METHODS)
def add(request: HttpRequest) -> HttpResponse:
    """A new person without a login."""
    actor = _actor(request)
    queries.check_people_desk(actor)
    return form_page(
        request,
        forms.NewPersonForm(actor, request.POST or None),
        "accounts/add.html",
        lambda data: tenancy.add_person(actor, **data),
        then=_person_url,
        done=_("The person is saved."),
    )


@require_http_methods(FORM_METHODS)
def give_login(request: HttpRequest, person: UUID) -> HttpResponse:
    """Invite a person who is already known, or send the invitation again."""
    actor = _actor(request)
    view = queries.person(actor, person)
    return form_page(
        request,
        forms.LoginForm(request.POST or None, initial={"email": view.email}),
        "accounts/give_login.html",
        lambda data: actions.invite_person(actor, person=person, **data),
        then=_person_url(person),
        done=_("The invitation is on its way by mail."),
        context={"person": view},
    )


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, person: UUID) -> HttpResponse:
    """Name, function, organisation of a person."""
    actor = _actor(request)
    view = queries.person(actor, person)
    start = {name: getattr(view, name) for name in ("name", "function", "organisation", "version")}
    return form_page(
        request,
        forms.PersonForm(actor, request.POST or None, initial=start),
        "accounts/edit.html",
        lambda data: tenancy.edit_person(actor, person=person, **data),
        then=_person_url(person),
        done=_("The changes are saved."),
        context={"person": view},
    )


@require_http_methods(FORM_METHODS)
def grant(request: HttpRequest, person: UUID) -> HttpResponse:
    """A role for a person."""
    actor = _actor(request)
    view = queries.person(actor, person)
    return form_page(
        request,
        forms.GrantForm(actor, request.POST or None),
        "accounts/grant.html",
        lambda data: tenancy.grant_role(actor, person=person, **data),
        then=_person_url(person),
        done=_("The role is granted."),
        context={"person": view},
    )


@require_POST
def revoke(request: HttpRequest, person: UUID, grant: UUID) -> HttpResponse:
    """Take a role back."""
    return button_page(
        request,
        lambda: tenancy.revoke_role(_actor(request), grant=grant),
        then=_person_url(person),
        done=_("The role is taken back."),
    )


@require_POST
def consent(request: HttpRequest, person: UUID) -> HttpResponse:
    """Note or withdraw the consent to show the name."""
    public = request.POST.get("public") == "yes"
    return button_page(
        request,
        lambda: tenancy.set_consent(_actor(request), person=person, public=public),
        then=_person_url(person),
        done=_("The consent is noted.")
        if public
        else _("The consent is withdrawn; the name is no longer shown."),
    )


@require_POST
def deactivate(request: HttpRequest, person: UUID) -> HttpResponse:
    """Close a login."""
    return button_page(
        request,
        lambda: actions.deactivate_login(_actor(request), person=person),
        then=_person_url(person),
        done=_("The login is deactivated and all its sessions are ended."),
    )


@require_POST
def activate(request: HttpRequest, person: UUID) -> HttpResponse:
    """Open a closed login again."""
    return button_page(
        request,
        lambda: actions.activate_login(_actor(request), person=person),
        then=_person_url(person),
        done=_("The login is active again."),
    )


@require_POST
def reset_factor(request: HttpRequest, person: UUID) -> HttpResponse:
    """Remove a lost second factor."""
    return button_page(
        request,
        lambda: actions.reset_second_factor(_actor(request), person=person),
        then=_person_url(person),
        done=_("The second factor is removed; the person is told by mail."),
    )
