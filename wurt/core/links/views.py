"""Opening a short link, and the desk of those who make them."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from wurt.core.action.actor import Actor
from wurt.core.links import actions, forms, qr, queries, results
from wurt.core.links.carrying import with_code
from wurt.core.links.tables import figures_table
from wurt.core.visits.machines import by_a_person
from wurt.core.web.csvfile import Cell, csv_response
from wurt.core.web.formpage import button_page, form_page

FORM_METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50
GONE = 410


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def _url(link: UUID) -> str:
    return reverse("links:link", args=[link])


@never_cache
@require_safe
def open_link(request: HttpRequest, code: str) -> HttpResponse:
    """On to the page behind the code; 410 with words where it is over or not yet begun."""
    found = queries.opening(_actor(request), code)
    if not found.target:
        return render(request, "links/closed.html", {"link": found}, status=GONE)
    if by_a_person(request):
        results.count_opening(found.key)
    return HttpResponseRedirect(with_code(found.target, found.code))


def _found(request: HttpRequest) -> tuple[tuple[queries.LinkView, ...], forms.LinkFilter]:
    form = forms.LinkFilter(request.GET or {})
    wanted = form.cleaned_data if form.is_valid() else {}
    return queries.links(_actor(request), **wanted), form


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The links that I look after."""
    rows, form = _found(request)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "number": len(rows),
        "filter": form,
        "query": request.GET.urlencode(),
    }
    return render(request, "links/desk.html", context)


@require_GET
def desk_csv(request: HttpRequest) -> HttpResponse:
    """The same list, filtered alike, as a file."""
    rows, _form = _found(request)
    columns = [
        _("Title"),
        _("Short address"),
        _("Leads to"),
        _("For"),
        _("Owner"),
        _("First day"),
        _("Last day"),
    ]
    columns += [_("Openings"), _("Results")]
    cells = (
        (
            row.title,
            row.address,
            row.target,
            row.place,
            row.owner,
            row.valid_from.isoformat(),
            row.valid_until.isoformat() if row.valid_until else "",
            row.openings,
            row.results,
        )
        for row in rows
    )
    return csv_response("kurzlinks", columns, cells)


@require_http_methods(FORM_METHODS)
def create(request: HttpRequest) -> HttpResponse:
    """A new link."""
    actor = _actor(request)
    queries.check_may_create(actor)
    return form_page(
        request,
        forms.NewLinkForm(actor, request.POST or None, initial={"target": request.GET.get("ziel", "")}),
        "links/create.html",
        lambda data: actions.create_link(actor, **data),
        then=_url,
        done=_("The short link works. Download the QR code here."),
    )


@require_GET
def link(request: HttpRequest, link: UUID) -> HttpResponse:
    """One link: address, QR code, what came of it."""
    actor = _actor(request)
    view, found = queries.link(actor, link), queries.figures(actor, link)
    form = forms.QrForm(
        request.GET if "level" in request.GET else None, initial={"level": "m", "border": 4, "text": True}
    )
    level, border, text = form.choice()
    context = {
        "link": view,
        "figures": found,
        "table": figures_table(found, reverse("links:figures_csv", args=[link])),
        "kinds": [(kind.label, found.results.get(kind.key, 0)) for kind in results.kinds()],
        "qr_form": form,
        "qr_query": f"level={level}&border={border}{'&text=on' if text else ''}",
        "shown": qr.shown_address(view.address),
    }
    return render(request, "links/link.html", context)


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, link: UUID) -> HttpResponse:
    """Change a link."""
    actor = _actor(request)
    view = queries.link(actor, link)
    names = ("title", "target", "valid_from", "valid_until", "version")
    form = forms.LinkForm(request.POST or None, initial={name: getattr(view, name) for name in names})
    if view.is_mine:
        del form.fields["mine"]
    return form_page(
        request,
        form,
        "links/edit.html",
        lambda data: actions.edit_link(actor, link=link, **data),
        then=_url(link),
        done=_("The short link is saved."),
        context={"link": view},
    )


@require_POST
def end(request: HttpRequest, link: UUID) -> HttpResponse:
    """The code is over."""
    return button_page(
        request,
        lambda: actions.end_link(_actor(request), link=link),
        then=_url(link),
        done=_("The short link is over. Whoever uses it reads that."),
    )


@require_POST
def reopen(request: HttpRequest, link: UUID) -> HttpResponse:
    """The code works again."""
    return button_page(
        request,
        lambda: actions.reopen_link(_actor(request), link=link),
        then=_url(link),
        done=_("The short link works again within its days."),
    )


@require_GET
def qr_svg(request: HttpRequest, link: UUID) -> HttpResponse:
    """The QR code for print."""
    return _qr(request, link, qr.svg, "svg", "image/svg+xml")


@require_GET
def qr_png(request: HttpRequest, link: UUID) -> HttpResponse:
    """The QR code as pixels."""
    return _qr(request, link, qr.png, "png", "image/png")


def _qr(request: HttpRequest, link: UUID, draw: Callable[..., bytes], end: str, kind: str) -> HttpResponse:
    view = queries.link(_actor(request), link)
    form = forms.QrForm(request.GET if "level" in request.GET else None)
    level, border, text = form.choice()
    response = HttpResponse(draw(view.address, level=level, border=border, text=text), content_type=kind)
    place = "inline" if "show" in request.GET else "attachment"
    response["Content-Disposition"] = f'{place}; filename="qr-{view.code}.{end}"'
    return response


@require_GET
def figures_csv(request: HttpRequest, link: UUID) -> HttpResponse:
    """Day by day, as a file."""
    actor = _actor(request)
    view, found = queries.link(actor, link), queries.figures(actor, link)
    kinds = results.kinds()
    columns = [_("Day"), _("Openings"), *(str(kind.label) for kind in kinds)]
    cells: list[list[Cell]] = [
        [one.day.isoformat(), one.openings, *(one.results.get(kind.key, 0) for kind in kinds)]
        for one in found.days
    ]
    return csv_response(f"kurzlink-{view.code}", columns, cells)
