"""Following, confirming, settings, unsubscribing, and what a signed-in person was told.

Nothing happens on GET: programs that check mail open every link in it.
"""

from typing import cast
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.notices import forms, queries
from wurt.core.notices.actions import follow as actions
from wurt.core.notices.actions import preferences
from wurt.core.notices.rates import within
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]
HOUR, DAY = 3600, 86400
PER_CLIENT = 20
"""Forms an hour from one network address; a household or an office shares one."""
PER_ADDRESS = 5
"""Mails a day to one e-mail address that ask for a yes."""


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@require_http_methods(FORM_METHODS)
def follow(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Follow a topic by e-mail, without an account. The answer is the same for every address."""
    page = queries.topic_page(_actor(request), slug, part)
    return form_page(
        request,
        forms.FollowForm(request.POST or None),
        "notices/follow.html",
        lambda data: _request(request, page, data),
        then=f"{reverse('notices:follow_sent')}?weiter={slug}/{part}",
        context={"page": page},
    )


def _request(request: HttpRequest, page: queries.FollowState, data: dict[str, str]) -> None:
    client = get_adapter(request).get_client_ip(request)
    if not within("follow.client", client, amount=PER_CLIENT, seconds=HOUR):
        raise RuleBroken(
            "notices.too_many",
            _("Many forms came from your connection within an hour. Please try again later."),
        )
    address = data["email"].strip().lower()
    if data["website"] or not within("follow.address", address, amount=PER_ADDRESS, seconds=DAY):
        return
    actions.request_follow(_actor(request), email=address, kind=page.topic.kind, key=page.topic.key)


@require_GET
def follow_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whatever the address was."""
    slug, _slash, part = request.GET.get("weiter", "").partition("/")
    try:
        page = queries.topic_page(_actor(request), slug, part)
    except NotFound:
        page = None
    return render(request, "notices/follow_sent.html", {"page": page})


@require_POST
def follow_signed_in(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Follow with the own login."""
    page = queries.topic_page(_actor(request), slug, part)
    return button_page(
        request,
        lambda: actions.follow_as_person(_actor(request), kind=page.topic.kind, key=page.topic.key),
        then=page.topic.url,
        done=_("You follow “%(title)s” now.") % {"title": page.topic.title},
    )


@never_cache
@require_http_methods(FORM_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail shows a button; only the button confirms."""
    actor = _actor(request)
    title, url = queries.waiting_follow(actor, token)
    if request.method != "POST":
        return render(request, "notices/confirm.html", {"title": title})
    actions.confirm_follow(actor, token=token)
    link = queries.settings_link(actor, token)
    return render(request, "notices/confirmed.html", {"title": title, "url": url, "token": link})


@never_cache
@csrf_exempt
@require_http_methods(FORM_METHODS)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button; mail programs send the button's POST themselves (RFC 8058), without cookie or
    proof of origin: the signed link is the proof."""
    actor = _actor(request)
    if request.method != "POST":
        return render(request, "notices/unsubscribe.html", {"view": queries.settings_of(actor, token)})
    actions.unsubscribe(actor, token=token)
    return HttpResponseRedirect(reverse("notices:unsubscribed"))


@require_GET
def unsubscribed(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return render(request, "notices/unsubscribed.html")


@never_cache
@require_http_methods(FORM_METHODS)
def settings_page(request: HttpRequest, token: str = "") -> HttpResponse:
    """How and when to be told; the same page for a login and for a signed link from a mail."""
    actor = _actor(request)
    view = queries.settings_of(actor, token)
    form = forms.SettingsForm(view, request.POST or None)

    def save(data: dict[str, int]) -> None:
        preferences.save_preferences(
            actor,
            token=token,
            choices=form.choices(),
            quiet_from=data["quiet_from"],
            quiet_until=data["quiet_until"],
        )

    return form_page(
        request,
        form,
        "notices/settings.html",
        save,
        then=_settings_url(token),
        done=_("Your choice is saved."),
        context={"view": view},
    )


def _settings_url(token: str) -> str:
    return reverse("notices:settings", args=[token]) if token else reverse("notices:my_settings")


@require_POST
def unfollow(request: HttpRequest) -> HttpResponse:
    """Stop following one topic, or (``all``) everything."""
    actor, token = _actor(request), request.POST.get("token", "")
    if "all" in request.POST:
        actions.stop_all(actor, token=token)
        return HttpResponseRedirect(reverse("notices:unsubscribed"))
    try:
        wanted = UUID(request.POST.get("follow", ""))
    except ValueError:
        raise NotFound(code="notices.follow") from None
    actions.unfollow(actor, token=token, follow=wanted)
    if token and not queries.still_there(actor, token):
        return HttpResponseRedirect(reverse("notices:unsubscribed"))
    return HttpResponseRedirect(_settings_url(token))


@never_cache
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told."""
    found = queries.inbox(_actor(request))
    return render(
        request,
        "notices/inbox.html",
        {
            "notices": found,
            "upto": max((notice.key for notice in found), default=0),
            "any_new": any(notice.is_new for notice in found),
        },
    )


@require_POST
def mark_seen(request: HttpRequest) -> HttpResponse:
    """All that the page showed is read."""
    upto = request.POST.get("upto", "")
    return button_page(
        request,
        lambda: preferences.mark_seen(_actor(request), upto=int(upto) if upto.isdecimal() else 0),
        then=reverse("notices:inbox"),
    )
