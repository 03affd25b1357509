"""What citizens read of services."""

from typing import cast

from django.http import HttpRequest, HttpResponse

from wurt.core.action.actor import Actor
from wurt.core.services import queries
from wurt.core.services.promises import promised_by
from wurt.core.web.public import public_page, show


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@public_page()
def overview(request: HttpRequest) -> HttpResponse:
    """All services that citizens hear of."""
    return show(request, "services/overview.html", example=False, services=queries.listed(_actor(request)))


@public_page()
def service(request: HttpRequest, key: str) -> HttpResponse:
    """One service: its stage here, since when, who runs it, what comes next."""
    actor, place = _actor(request), request.GET.get("ort", "")
    page = queries.service_page(actor, key, place)
    places = queries.place_choices(actor) if page.places else []
    return show(
        request,
        "services/service.html",
        example=False,
        page=page,
        places=places,
        place=place,
        promises=promised_by(actor, key),
    )
