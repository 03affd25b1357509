"""Reporting content, following what became of it, complaining; how moderation works, in words and figures.

Nothing happens on GET: programs that check mail open every link in it.
"""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wurt.core.action.actor import Actor
from wurt.core.db.errors import RuleBroken
from wurt.core.moderation import figures, forms, queries
from wurt.core.moderation.actions import report as actions
from wurt.core.moderation.views.tables import year_csv, year_tables
from wurt.core.spamguard.gate import Gate
from wurt.core.spamguard.rates import within
from wurt.core.web.formpage import form_page

FORM_METHODS = ["GET", "HEAD", "POST"]
PROVEN, UNPROVEN = 30, 10
"""Notices an hour from one network address, with a proof of work (or signed in) and without."""
PER_ADDRESS, DAY = 20, 86400
"""Notices a day with one e-mail address: each sends a receipt there."""


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@never_cache
@require_http_methods(FORM_METHODS)
def report(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Report content: with or without a name, with or without JavaScript."""
    actor = _actor(request)
    page = queries.report_page(actor, slug, part)
    gate = Gate(request, "moderation.report")
    may_note = actor.is_staff and actor.second_factor
    for_another = may_note and "fuer" in request.GET
    form = forms.ReportForm(request.POST or None, initial=_where(request, page), for_another=for_another)
    return form_page(
        request,
        form,
        "moderation/report.html",
        lambda data: _send(gate, page, data, for_another),
        then=lambda public_id: _status_url(actor, public_id),
        context={"page": page, "gate": gate, "for_another": for_another, "may_note": may_note},
    )


def _where(request: HttpRequest, page: queries.ReportPage) -> dict[str, str]:
    anchor = request.GET.get("stelle", "")[:200]
    return {"where": request.build_absolute_uri(page.url) + (f"#{anchor}" if anchor else "")}


def _send(gate: Gate, page: queries.ReportPage, data: dict[str, Any], for_another: bool) -> UUID:
    actor = _actor(gate.request)
    verdict = gate.check(proven=PROVEN, unproven=UNPROVEN)
    email = data["email"].strip().lower()
    if email and not within("moderation.address", email, amount=PER_ADDRESS, seconds=DAY):
        raise RuleBroken(
            "moderation.many",
            _("Many notices came with this address today. Please call us, or go on tomorrow."),
        )
    sender = actions.Sender(data["name"], email, data["address"])
    values = {name: data[name] for name in ("category", "explanation", "where", "good_faith")}
    return actions.report_thing(
        actor,
        slug=page.slug,
        part=page.part,
        sender=sender,
        proven=verdict.proven,
        on_behalf=for_another,
        **values,
    )


def _status_url(actor: Actor, report: UUID) -> str:
    return reverse("moderation:status", args=[queries.token_of_report(actor, report)]) + "?neu=1"


@never_cache
@require_GET
def status(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a notice, or of one's own text. Right after sending it is the receipt."""
    view = queries.status(_actor(request), token)
    return render(request, "moderation/status.html", {"view": view, "fresh": "neu" in request.GET})


@never_cache
@require_http_methods(FORM_METHODS)
def complain(request: HttpRequest, token: str) -> HttpResponse:
    """Complain about a decision; the secret link says who somebody is."""
    actor = _actor(request)
    view = queries.status(actor, token)
    return form_page(
        request,
        forms.ComplaintForm(request.POST or None),
        "moderation/complain.html",
        lambda data: actions.complain(actor, token=token, text=data["text"]),
        then=reverse("moderation:status", args=[token]),
        done=_("Your complaint has arrived. Somebody else looks at it anew."),
        context={"view": view},
    )


@never_cache
@require_http_methods(FORM_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the receipt shows a button; only the button says that a person sent the notice."""
    actor = _actor(request)
    back = queries.token_of_proof(actor, token)
    view = queries.status(actor, back)
    if request.method != "POST":
        return render(request, "moderation/confirm.html", {"view": view})
    actions.confirm_report(actor, token=token)
    messages.success(request, _("Thank you. Your notice is in the queue now."))
    return HttpResponseRedirect(reverse("moderation:status", args=[back]))


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """How moderation works here, in plain words (Art. 14)."""
    actor = _actor(request)
    year = figures.public_year(actor, figures.years(actor)[0])
    return render(request, "moderation/about.html", {"years": figures.years(actor), "year": year})


@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of a year (Art. 15 and 24); small cells are hidden."""
    found = figures.public_year(_actor(request), year)
    years = figures.years(_actor(request))
    return render(
        request, "moderation/year.html", {"year": found, "tables": year_tables(found), "years": years}
    )


@require_GET
def year_file(request: HttpRequest, year: int) -> HttpResponse:
    """The same as a table file."""
    return year_csv(figures.public_year(_actor(request), year))
