"""Plain pages and the glossary: reading for everybody, writing for their editors."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from wurt.core.action.actor import Actor
from wurt.core.pages import actions, forms, queries
from wurt.core.web.formpage import button_page, form_page
from wurt.core.web.readings import has_easy, is_easy

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _url(slug: str) -> str:
    return reverse("pages:page", args=[slug])


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A plain page."""
    view = queries.page(_actor(request), slug)
    if slug == queries.EASY_HOME:
        is_easy(request, "/")
    elif view.easy:
        has_easy(request, reverse("pages:easy", args=[slug]))
    return render(request, "pages/page.html", {"page": view, "is_easy": slug == queries.EASY_HOME})


@require_safe
def easy(request: HttpRequest, slug: str) -> HttpResponse:
    """A plain page in Easy Language, if it has been written in it."""
    view = queries.easy_page(_actor(request), slug)
    is_easy(request, _url(slug))
    return render(request, "pages/easy.html", {"page": view})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All words with their meanings."""
    form = forms.GlossaryFilter(request.GET or {})
    text = form.cleaned_data["text"] if form.is_valid() else ""
    terms = queries.glossary(_actor(request), text)
    return render(request, "pages/glossary.html", {"terms": terms, "filter": form, "text": text})


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The pages that I may change."""
    actor = _actor(request)
    context = {"pages": queries.pages_to_edit(actor), "missing": queries.homes_missing(actor)}
    return render(request, "pages/desk.html", context)


def _home_of(slug: str) -> dict[str, str]:
    """Address and title of a page that the law asks for, when the desk's hint led here."""
    titles = {queries.EASY_HOME: "Leichte Sprache", queries.SIGN_HOME: "Gebärdensprache"}
    return {"slug": slug, "title": titles[slug]} if slug in titles else {}


@require_http_methods(FORM_METHODS)
def create(request: HttpRequest) -> HttpResponse:
    """A new page."""
    actor = _actor(request)
    queries.check_may_create(actor)
    form = forms.NewPageForm(actor, request.POST or None, initial=_home_of(request.GET.get("adresse", "")))
    if "preview" in request.POST:
        return _preview(request, form, "pages/create.html", {})
    return form_page(
        request,
        form,
        "pages/create.html",
        lambda data: actions.create_page(actor, **data),
        then=_url,
        done=_("The page is saved."),
    )


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a page, with a preview."""
    actor = _actor(request)
    view = queries.page_to_edit(actor, slug)
    names = ("title", "body", "easy", "footer", "order", "published", "version")
    form = forms.PageForm(request.POST or None, initial={name: getattr(view, name) for name in names})
    if "preview" in request.POST:
        return _preview(request, form, "pages/edit.html", {"page": view})
    return form_page(
        request,
        form,
        "pages/edit.html",
        lambda data: actions.edit_page(actor, page=slug, **data),
        then=_url(slug),
        done=_("The page is saved."),
        context={"page": view},
    )


@require_http_methods(FORM_METHODS)
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove a page, after asking."""
    actor = _actor(request)
    view = queries.page_to_edit(actor, slug)
    return form_page(
        request,
        forms.SureForm(request.POST or None, initial={"version": view.version}),
        "pages/delete.html",
        lambda data: actions.delete_page(actor, page=slug, version=data["version"]),
        then=reverse("pages:desk"),
        done=_("The page is removed."),
        context={"page": view},
    )


@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """The words that I may change."""
    return render(request, "pages/terms.html", {"terms": queries.terms_to_edit(_actor(request))})


@require_http_methods(FORM_METHODS)
def create_term(request: HttpRequest) -> HttpResponse:
    """A new word."""
    actor = _actor(request)
    queries.check_may_create(actor)
    return form_page(
        request,
        forms.NewTermForm(actor, request.POST or None),
        "pages/create_term.html",
        lambda data: actions.create_term(actor, **data),
        then=reverse("pages:terms"),
        done=_("The word is saved."),
    )


@require_http_methods(FORM_METHODS)
def edit_term(request: HttpRequest, key: int) -> HttpResponse:
    """Change a word."""
    actor = _actor(request)
    view = queries.term_to_edit(actor, key)
    start = {"term": view.term, "text": view.text, "version": view.version}
    return form_page(
        request,
        forms.TermForm(request.POST or None, initial=start),
        "pages/edit_term.html",
        lambda data: actions.edit_term(actor, key=key, **data),
        then=reverse("pages:terms"),
        done=_("The word is saved."),
        context={"term": view},
    )


@require_POST
def delete_term(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a word."""
    return button_page(
        request,
        lambda: actions.delete_term(_actor(request), key=key),
        then=reverse("pages:terms"),
        done=_("The word is removed."),
    )


def _preview(
    request: HttpRequest, form: forms.PageForm, template: str, context: dict[str, object]
) -> HttpResponse:
    form.is_valid()
    preview = {"title": form.data.get("title", ""), "body": form.data.get("body", "")}
    return render(request, template, {**context, "form": form, "preview": preview})
