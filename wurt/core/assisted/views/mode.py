"""Inside the mode: what can be done for the person, and their contact data."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.assisted import forms, mandate_queries, queries
from wurt.core.assisted.actions import mandates, people
from wurt.core.assisted.areas import actions_in
from wurt.core.assisted.standing import Standing
from wurt.core.assisted.whose import standing_of
from wurt.core.db.errors import NotAllowed
from wurt.core.notices.queries import settings_of
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _standing(request: HttpRequest) -> Standing:
    """The session. Raises NotAllowed for whoever acts for nobody."""
    standing = standing_of(request)
    if standing is None:
        raise NotAllowed(_("You act for nobody at the moment."), code="assisted.mode:role")
    return standing


@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What can be done for this person, and what was done so far."""
    standing, actor = _standing(request), _actor(request)
    follows = settings_of(actor, "").follows if "notices" in standing.areas else ()
    values = {
        "standing": standing,
        "actions": actions_in(standing.areas),
        "done": queries.done_in_session(actor, standing.public_id),
        "contact": queries.my_contact(actor) if "contact" in standing.areas else None,
        "follows": follows,
        "mandates": mandate_queries.mandates(actor).given if "mandates" in standing.areas else (),
    }
    return render(request, "assisted/desk.html", values)


@never_cache
@require_http_methods(FORM_METHODS)
def contact(request: HttpRequest) -> HttpResponse:
    """Address, telephone, how to be told."""
    _standing(request)
    return contact_page(request, _actor(request), reverse("assisted:desk"), "assisted/contact.html")


def contact_page(request: HttpRequest, actor: Actor, then: str, template: str) -> HttpResponse:
    """The same form for oneself and for somebody else."""
    view = queries.my_contact(actor)
    names = ("address", "place", "phone", "told_by", "version")
    initial = {name: getattr(view, name) for name in names}
    own = actor.acting_for is None
    return form_page(
        request,
        forms.ContactForm(actor, request.POST or None, initial=initial, own=own),
        template,
        lambda data: people.save_contact(actor, **data),
        then=then,
        done=_("The changes are saved."),
        context={"contact": view, "back": then},
    )


@never_cache
@require_http_methods(FORM_METHODS)
def paper_mandate(request: HttpRequest) -> HttpResponse:
    """Note a mandate that the person signed on paper."""
    standing, actor = _standing(request), _actor(request)
    queries.check_mandates(actor)
    return form_page(
        request,
        forms.MandateForm(request.POST or None, on_paper=True),
        "assisted/paper_mandate.html",
        lambda data: mandates.give_mandate(actor, **data),
        then=reverse("assisted:desk"),
        done=_("The mandate is noted. It holds once the helper has accepted."),
        context={"standing": standing},
    )


@require_POST
def end_their_mandate(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """End a mandate that the person gave."""
    _standing(request)
    return button_page(
        request,
        lambda: mandates.end_mandate(_actor(request), mandate=mandate),
        then=reverse("assisted:desk"),
        done=_("The mandate is ended."),
    )
