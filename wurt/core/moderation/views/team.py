"""The desk beside the queue: deputies, corrections, misuse, figures."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wurt.core.action.actor import Actor
from wurt.core.moderation import desk_queries as queries
from wurt.core.moderation import figures, forms, misuse_queries
from wurt.core.moderation.actions import desk as actions
from wurt.core.moderation.actions import misuse
from wurt.core.moderation.views.tables import year_csv, year_tables
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@require_http_methods(FORM_METHODS)
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away, who stands in; add one."""
    actor = _actor(request)
    people, known = queries.colleagues(actor), queries.absences(actor)
    return form_page(
        request,
        forms.AbsenceForm(people, request.POST or None),
        "moderation/absences.html",
        lambda data: actions.set_absence(
            actor,
            person=UUID(data["person"]),
            deputy=UUID(data["deputy"]),
            first=data["first"],
            last=data["last"],
        ),
        then=reverse("moderation:absences"),
        done=_("Noted. The deputy has the cases in that time."),
        context={"absences": known},
    )


@require_POST
def end_absence(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Back earlier."""
    return button_page(
        request,
        lambda: actions.end_absence(_actor(request), absence=absence),
        then=reverse("moderation:absences"),
        done=_("The absence is deleted."),
    )


@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """What decisions ask the coordination to correct."""
    return render(
        request, "moderation/corrections.html", {"corrections": queries.corrections(_actor(request))}
    )


@require_POST
def correction_done(request: HttpRequest, correction: UUID) -> HttpResponse:
    """It is corrected."""
    return button_page(
        request,
        lambda: actions.correction_done(_actor(request), correction=correction),
        then=reverse("moderation:corrections"),
        done=_("Noted. The correction is made."),
    )


@require_GET
def misuse_desk(request: HttpRequest) -> HttpResponse:
    """Addresses that often sent notices without ground."""
    return render(request, "moderation/misuse.html", {"lines": misuse_queries.misuse_desk(_actor(request))})


@require_http_methods(FORM_METHODS)
def warn(request: HttpRequest, report: UUID) -> HttpResponse:
    """Warn, with the reason."""
    actor = _actor(request)
    misuse_queries.misuse_desk(actor)
    return form_page(
        request,
        forms.ReasonForm(request.POST or None),
        "moderation/warn.html",
        lambda data: misuse.warn(actor, report=report, reason=data["reason"]),
        then=reverse("moderation:misuse"),
        done=_("The warning goes out by mail."),
    )


@require_http_methods(FORM_METHODS)
def suspend(request: HttpRequest, misuse_id: UUID) -> HttpResponse:
    """Suspend for a stated time, with the reason."""
    actor = _actor(request)
    misuse_queries.misuse_desk(actor)
    return form_page(
        request,
        forms.SuspendForm(request.POST or None),
        "moderation/suspend.html",
        lambda data: misuse.suspend(actor, misuse=misuse_id, until=data["until"], reason=data["reason"]),
        then=reverse("moderation:misuse"),
        done=_("The address is suspended and told so."),
    )


@require_POST
def end_suspension(request: HttpRequest, misuse_id: UUID) -> HttpResponse:
    """Notices of the address count again."""
    return button_page(
        request,
        lambda: misuse.end_suspension(_actor(request), misuse=misuse_id),
        then=reverse("moderation:misuse"),
        done=_("Notices of this address are worked on again."),
    )


@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of a year, month by month."""
    actor = _actor(request)
    found = figures.desk_year(actor, year)
    context = {"year": found, "tables": year_tables(found), "years": figures.years(actor)}
    return render(request, "moderation/desk_year.html", context)


@require_GET
def year_file(request: HttpRequest, year: int) -> HttpResponse:
    """The same as a table file."""
    return year_csv(figures.desk_year(_actor(request), year))
