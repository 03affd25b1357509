"""Following, confirming, settings, unsubscribing, and what a signed-in person was told.

Nothing happens on GET: programs that check mail open every link in it.
"""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.links.carrying import carried
from wurt.core.notices import forms, queries, vapid
from wurt.core.notices.actions import follow as actions
from wurt.core.notices.actions import preferences
from wurt.core.notices.kinds import optional_kinds
from wurt.core.spamguard.gate import Gate
from wurt.core.spamguard.rates import within
from wurt.core.web.errors import back_to
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]
DAY = 86400
PROVEN, UNPROVEN = 100, 20
"""Forms an hour from one network address, with a proof of work and without (a browser without JavaScript).
A household or an office shares one. The mail that asks for a yes is the other way for those without."""
PER_ADDRESS = 5
"""Mails a day to one e-mail address that ask for a yes."""


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """All that can be followed, by kind; ``q`` looks into the titles."""
    text = request.GET.get("q", "").strip()[:100]
    values = {"groups": queries.all_topics(_actor(request), text), "q": text}
    return render(request, "notices/topics.html", values)


@require_http_methods(FORM_METHODS)
def follow(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Follow a topic by e-mail, without an account. The answer is the same for every address."""
    page = queries.topic_page(_actor(request), slug, part)
    gate = Gate(request, "notices.follow")
    return form_page(
        request,
        forms.FollowForm(request.POST or None),
        "notices/follow.html",
        lambda data: _request(gate, page, data),
        then=f"{reverse('notices:follow_sent')}?weiter={slug}/{part}",
        context={"page": page, "gate": gate},
    )


def _request(gate: Gate, page: queries.FollowState, data: dict[str, str]) -> None:
    verdict = gate.check(proven=PROVEN, unproven=UNPROVEN)
    address = data["email"].strip().lower()
    if verdict.trap or not within("follow.address", address, amount=PER_ADDRESS, seconds=DAY):
        return
    actor, link = _actor(gate.request), carried(gate.request)
    actions.request_follow(actor, email=address, kind=page.topic.kind, key=page.topic.key, link=link)


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
        lambda: actions.follow_as_person(
            _actor(request), kind=page.topic.kind, key=page.topic.key, link=carried(request)
        ),
        then=page.topic.url,
        done=(
            _("“%(title)s” is followed now.")
            if _actor(request).acting_for
            else _("You follow “%(title)s” now.")
        )
        % {"title": page.topic.title},
    )


@never_cache
@require_http_methods(FORM_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail shows a button; only the button confirms."""
    actor = _actor(request)
    topic = queries.waiting_follow(actor, token)
    if request.method != "POST":
        return render(request, "notices/confirm.html", {"topic": topic})
    actions.confirm_follow(actor, token=token, link=carried(request))
    link = queries.settings_link(actor, token)
    return render(
        request, "notices/confirmed.html", {"topic": topic, "token": link, "optional": optional_kinds()}
    )


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
        context={"view": view, "push_key": vapid.public_key()},
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
    title = queries.title_of(actor, token, wanted)
    actions.unfollow(actor, token=token, follow=wanted)
    if token and not queries.still_there(actor, token):
        return HttpResponseRedirect(reverse("notices:unsubscribed"))
    if title:
        messages.success(request, _("“%(title)s” is not followed any more.") % {"title": title})
    return back_to(request, _settings_url(token))


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
