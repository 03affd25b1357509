"""Devices that show notices. The browser is asked only after a button says what will happen."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wurt.core.action.actor import Actor
from wurt.core.notices import forms, queries
from wurt.core.notices.actions import devices as actions
from wurt.core.web.formpage import button_page, form_page


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _settings_url(token: str) -> str:
    return reverse("notices:settings", args=[token]) if token else reverse("notices:my_settings")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows a notice when it comes. Its scope is these pages of notices alone: it sees no
    request of any page."""
    answer = render(request, "notices/dienst.js", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """The form that the script fills in once the browser has agreed."""
    actor, token = _actor(request), request.POST.get("token", "")
    view = queries.settings_of(actor, token)
    return form_page(
        request,
        forms.DeviceForm(request.POST),
        "notices/device.html",
        lambda data: actions.add_device(actor, token=token, **data),
        then=f"{_settings_url(token)}#geraete",
        done=_("Notices come to this device now. Try it."),
        context={"view": view, "back": _settings_url(token)},
    )


@require_POST
def try_it(request: HttpRequest, device: UUID) -> HttpResponse:
    """Does it arrive?"""
    token = request.POST.get("token", "")
    return button_page(
        request,
        lambda: actions.try_device(_actor(request), token=token, device=device),
        then=f"{_settings_url(token)}#geraete",
        done=_("A notice is on its way to the device. It should show within a minute."),
    )


@require_POST
def remove(request: HttpRequest, device: UUID) -> HttpResponse:
    """No more notices there."""
    token = request.POST.get("token", "")
    return button_page(
        request,
        lambda: actions.remove_device(_actor(request), token=token, device=device),
        then=f"{_settings_url(token)}#geraete",
        done=_("The device is taken off."),
    )
