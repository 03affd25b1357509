"""Pages of a change of address. Nothing happens on GET: programs that check mail open every link in it."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wurt.core.accounts import email_actions, email_queries, forms
from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.spamguard.rates import within
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]
PER_DAY, DAY = 5, 86400
"""Requests a day of one login: each sends a mail to an address that may be a stranger's."""


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@never_cache
@require_http_methods(FORM_METHODS)
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another address; who it is was just proved."""
    actor = _actor(request)
    view = email_queries.my_address(actor)

    def ask(data: dict[str, str]) -> None:
        if not within("accounts.email_change", str(actor.person), amount=PER_DAY, seconds=DAY):
            raise RuleBroken(
                "accounts.email_often", _("You asked for a new address often today. Please go on tomorrow.")
            )
        email_actions.ask_email_change(actor, **data)

    return form_page(
        request,
        forms.EmailChangeForm(request.POST or None),
        "accounts/email.html",
        ask,
        then=reverse("accounts:email"),
        done=_("Two mails are on their way: a link to the new address, and word to the old one."),
        context={"address": view},
    )


@login_required
@require_POST
def withdraw_email(request: HttpRequest) -> HttpResponse:
    """Take the open request back."""
    return button_page(
        request,
        lambda: email_actions.withdraw_email_change(_actor(request)),
        then=reverse("accounts:mine"),
        done=_("The request is taken back. Your address stays as it is."),
    )


@never_cache
@login_required
@require_http_methods(FORM_METHODS)
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail to the new address; works only for the login it was asked for."""
    actor, session = _actor(request), request.session.session_key or ""
    try:
        view = email_queries.to_confirm(actor, token)
    except NotFound:
        return render(request, "accounts/email_over.html", {"stopping": False}, status=404)
    return form_page(
        request,
        django_forms.Form(request.POST if request.method == "POST" else None),
        "accounts/email_confirm.html",
        lambda data: email_actions.confirm_email_change(actor, token=token, session=session),
        then=reverse("accounts:mine"),
        done=_("From now on you sign in with the new address."),
        context={"change": view},
    )


@never_cache
@require_http_methods(FORM_METHODS)
def stop_email(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mails to the old address."""
    actor = _actor(request)
    try:
        view = email_queries.to_stop(actor, token)
    except NotFound:
        return render(request, "accounts/email_over.html", {"stopping": True}, status=404)
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            email_actions.stop_email_change(actor, token=token)
        except RuleBroken as error:
            messages.error(request, error.message)
        else:
            return render(request, "accounts/email_stopped.html")
    return render(request, "accounts/email_stop.html", {"change": view, "form": form})
