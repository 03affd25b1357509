"""For staff: find or register somebody, begin, end, confirm, letters, offices."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.assisted import forms, queries
from wurt.core.assisted.actions import letters, people, sessions
from wurt.core.assisted.middleware import enter, leave
from wurt.core.assisted.models import Way
from wurt.core.assisted.searching import Wanted
from wurt.core.assisted.whose import own_actor, standing_of
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.notices.letters import Paper, papers_file
from wurt.core.spamguard.rates import within
from wurt.core.web.formpage import button_page, form_page
from wurt.core.web.public import download

FORM_METHODS = ["GET", "HEAD", "POST"]
HOUR = 3600
SEARCHES = 60
"""An hour and person: a busy counter needs fewer, leafing through needs more."""


@never_cache
@require_http_methods(FORM_METHODS)
def search(request: HttpRequest) -> HttpResponse:
    """Find the person who calls. By POST: names belong into no address and no log."""
    actor = own_actor(request)
    queries.check_desk(actor)
    if standing_of(request) is not None:
        return HttpResponseRedirect(reverse("assisted:desk"))
    form = forms.SearchForm(actor, request.POST if request.method == "POST" else None)
    values: dict[str, Any] = {"form": form, "sessions": queries.my_sessions(actor)}
    if request.method != "POST":
        return render(request, "assisted/search.html", values)
    if not form.is_valid():
        return render(request, "assisted/search.html", values, status=422)
    try:
        found = _search(actor, form.cleaned_data)
    except RuleBroken as error:
        form.add_error(None, error.message)
        return render(request, "assisted/search.html", values, status=409)
    values |= {"searched": True, "many": found["many"], "people": queries.people(actor, found["people"])}
    return render(request, "assisted/search.html", values)


def _search(actor: Actor, data: dict[str, str]) -> dict[str, Any]:
    if not within("assisted.search", actor.label, amount=SEARCHES, seconds=HOUR):
        raise RuleBroken(
            "assisted.many_searches", _("You searched very often within an hour. Please wait a while.")
        )
    return sessions.search_people(actor, wanted=Wanted(**{name: data[name].strip() for name in data}))


@require_http_methods(FORM_METHODS)
def register(request: HttpRequest) -> HttpResponse:
    """Somebody who is not known yet."""
    actor = own_actor(request)
    queries.check_desk(actor)
    return form_page(
        request,
        forms.RegisterForm(actor, request.POST or None, initial={"told_by": "letter"}),
        "assisted/register.html",
        lambda data: people.register_person(actor, **data),
        then=lambda person: reverse("assisted:begin", args=[person]),
        done=_("The person is registered."),
    )


@never_cache
@require_http_methods(FORM_METHODS)
def begin(request: HttpRequest, person: UUID) -> HttpResponse:
    """Compare what the caller says, note how it was checked, begin."""
    actor = own_actor(request)
    view = queries.person(actor, person)

    def start(data: dict[str, str]) -> None:
        enter(request, sessions.begin(actor, person=person, **data))

    return form_page(
        request,
        forms.BeginForm(actor, request.POST or None),
        "assisted/begin.html",
        start,
        then=reverse("assisted:desk"),
        context={"person": view, "left": None if standing_of(request) else queries.left_open(actor)},
    )


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Done with this person; on to the confirmation."""
    standing = standing_of(request)
    actor = own_actor(request)
    wanted = request.POST.get("session", "")
    if standing is None and not wanted:
        return HttpResponseRedirect("/")
    try:
        which = UUID(wanted) if wanted else standing.public_id  # type: ignore[union-attr]
    except ValueError:
        raise NotFound(code="assisted.session") from None
    sessions.end_session(actor, assistance=which)
    if standing is not None and standing.public_id == which:
        leave(request)
    if queries.session(actor, which).by_mandate:
        messages.success(request, _("You act for yourself again."))
        return HttpResponseRedirect(reverse("assisted:mandates"))
    return HttpResponseRedirect(reverse("assisted:summary", args=[which]))


@never_cache
@require_GET
def summary(request: HttpRequest, session: UUID) -> HttpResponse:
    """What was done, and how the person is told."""
    view = queries.session(own_actor(request), session)
    return render(request, "assisted/summary.html", {"session": view})


@never_cache
@require_GET
def script(request: HttpRequest, session: UUID) -> HttpResponse:
    """What to say on the phone, word by word."""
    view = queries.session(own_actor(request), session)
    return render(request, "assisted/script.html", {"session": view})


@require_POST
def confirm(request: HttpRequest, session: UUID) -> HttpResponse:
    """Note how the person is told."""
    actor = own_actor(request)
    page = reverse("assisted:summary", args=[session])
    try:
        way = Way(request.POST.get("way", ""))
        letter = sessions.confirm(actor, assistance=session, way=way)
    except ValueError:
        raise NotFound(code="assisted.way") from None
    except RuleBroken as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(page)
    if letter:
        messages.success(request, _("The letter is written. Print it now, or later with the others."))
        return HttpResponseRedirect(reverse("assisted:letters"))
    messages.success(request, _("Noted."))
    return HttpResponseRedirect(reverse("assisted:search"))


@never_cache
@require_GET
def letter_list(request: HttpRequest) -> HttpResponse:
    """Letters that wait to be printed."""
    return render(request, "assisted/letters.html", {"letters": queries.letters(own_actor(request))})


@never_cache
@require_GET
def letters_pdf(request: HttpRequest, upto: int) -> HttpResponse:
    """All waiting letters in one file."""
    return _pdf(request, f"briefe-{upto}.pdf", upto=upto)


@never_cache
@require_GET
def letter_pdf(request: HttpRequest, letter: UUID) -> HttpResponse:
    """One waiting letter."""
    return _pdf(request, f"brief-{letter}.pdf", letter=letter)


def _pdf(request: HttpRequest, name: str, **which: Any) -> HttpResponse:
    papers = [
        Paper(
            sender=sender,
            address=(facts.name, *facts.address.splitlines()),
            pieces=(facts.body,),
            number=facts.number,
        )
        for facts, sender in queries.papers(own_actor(request), **which)
    ]
    return download(papers_file(papers), "application/pdf", name, example=False, inline=True)


@require_POST
def posted(request: HttpRequest, upto: int) -> HttpResponse:
    """The printed letters are in the post."""
    return button_page(
        request,
        lambda: letters.letters_posted(own_actor(request), upto=upto),
        then=reverse("assisted:letters"),
        done=_("Noted. Their texts are deleted; they are not printed again."),
    )


@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """Who writes the letters of which place."""
    actor = own_actor(request)
    values = {"offices": queries.offices(actor), "places": queries.place_choices(actor)}
    return render(request, "assisted/offices.html", values)


@require_http_methods(FORM_METHODS)
def office(request: HttpRequest, place: str) -> HttpResponse:
    """What stands on the letters of a place."""
    actor = own_actor(request)
    view = queries.office(actor, place)
    names = ("name", "street", "town", "phone", "email", "hours", "version")
    return form_page(
        request,
        forms.OfficeForm(request.POST or None, initial={name: getattr(view, name) for name in names}),
        "assisted/office.html",
        lambda data: people.save_office(actor, place=place, **data),
        then=reverse("assisted:offices"),
        done=_("The changes are saved."),
        context={"office": view},
    )
