"""Handing in reports: complete, or nothing new; and opening one again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wurt.core.web import format as formats
from wurt.modules.agenda.actions import handing_in
from wurt.modules.agenda.domain.plausibility import Warning
from wurt.modules.agenda.forms import handing_in as forms
from wurt.modules.agenda.forms.imports_words import warning_text
from wurt.modules.agenda.queries import desk_months
from wurt.modules.agenda.views.desk_forms import Page, actor_of, button, form_page
from wurt.modules.agenda.views.desk_months import first_of, form_methods, month_page, month_url


def _asked(warnings: tuple[Warning, ...]) -> list[tuple[str, str]]:
    """One question for each code; several warnings of a code are one."""
    texts: dict[str, list[str]] = {}
    for warning in warnings:
        if warning.code != "status_unknown":
            texts.setdefault(warning.code, []).append(warning_text(warning))
    return [(code, " ".join(found)) for code, found in texts.items()]


def _page(month: str, slug: str, view: desk_months.ReportView, title: str, template: str) -> Page:
    return month_page(
        month,
        title,
        _("The report is handed in. Thank you!"),
        lead=f"{view.report.title}, {formats.month_name(month)}",
        send=_("Hand in"),
        template=template,
        context={"view": view, "month": month, "slug": slug},
    )


@form_methods
def hand_in(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """Say that a report is complete, and explain what looks wrong."""
    actor = actor_of(request)
    view = desk_months.report_to_edit(actor, first_of(month), slug)
    asked = _asked(view.warnings)
    return form_page(
        request,
        _page(month, slug, view, _("Hand in the report"), "agenda/desk/hand_in.html"),
        lambda data, start: forms.HandInForm(data, initial=dict(start), warnings=asked, told=view.explained),
        lambda: {"version": view.report.version},
        lambda data: _done(handing_in.hand_in_report(actor, report=view.report.public_id, **data)),
    )


@form_methods
def nothing_new(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """The proper answer of a month in which nothing happened."""
    actor = actor_of(request)
    view = desk_months.report_to_edit(actor, first_of(month), slug)
    asked = _asked(view.if_nothing_new)
    # Trouble lasts until somebody says that it is over; green lasts until something is overdue.
    before = view.last_status if view.last_status != "green" else ""
    start = {
        "status": view.report.status or before or view.proposed,
        "status_reason": view.report.status_reason or view.last_reason,
        "version": view.report.version,
    }
    return form_page(
        request,
        _page(month, slug, view, _("Nothing new this month"), "agenda/desk/nothing_new.html"),
        lambda data, start: forms.NothingNewForm(
            data, initial=dict(start), warnings=asked, told=view.explained
        ),
        lambda: start,
        lambda data: _done(handing_in.report_nothing_new(actor, report=view.report.public_id, **data)),
    )


def _done(answer: object) -> None:
    """An answer that is no address."""


@require_POST
def reopen(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """Open a report again that was handed in."""
    actor = actor_of(request)
    view = desk_months.report_to_edit(actor, first_of(month), slug)
    return button(
        request,
        month_url(month, "report", slug),
        _("The report is open again. Please hand it in when it is complete."),
        lambda: handing_in.return_report(actor, report=view.report.public_id),
    )
