"""Months and reports on the desk: open, write, check, publish, correct."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wurt.core.db.errors import NotFound
from wurt.core.web import format as formats
from wurt.modules.agenda.actions import publish, reports
from wurt.modules.agenda.actions.values import MilestoneValue, ReportValues
from wurt.modules.agenda.domain import plausibility
from wurt.modules.agenda.forms import months as forms
from wurt.modules.agenda.forms.base import DeskForm
from wurt.modules.agenda.forms.imports_words import warning_text
from wurt.modules.agenda.queries import desk, desk_months, desk_projects
from wurt.modules.agenda.views.desk_forms import Page, actor_of, form_page

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _first(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotFound(code="agenda.month") from None


def _url(month: str, name: str = "month", *more: object) -> str:
    return reverse(f"agenda:desk_{name}", args=[month, *more])


def _page(month: str, title: str, done: str = "", back: str = "", **more: Any) -> Page:
    trail = [
        (_("Reports"), reverse("agenda:desk_months")),
        (formats.month_name(month), _url(month)),
        (title, ""),
    ]
    done = done or _("The changes are saved.")
    return Page(title=title, back=back or _url(month), trail=trail, done=done, **more)


def warning_texts(warnings: tuple[plausibility.Warning, ...]) -> list[str]:
    """Plausibility warnings as people read them, without what is told as missing anyway."""
    return [warning_text(w) for w in warnings if w.code != "status_unknown"]


def _missing_texts(codes: tuple[str, ...]) -> list[str]:
    words = {
        "status": _("Nobody stated a status."),
        "status_reason": _("The reason for the status is missing."),
        "progress": _("Progress: none reported"),
    }
    return [words[code] for code in codes]


@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """All months."""
    actor = actor_of(request)
    context = {"rows": desk_months.month_rows(actor), "manages": desk.may_manage(actor)}
    return render(request, "agenda/desk/months.html", context)


@form_methods
def month_open(request: HttpRequest) -> HttpResponse:
    """Open a month: every running project gets its report, filled as far as it is known."""
    actor = actor_of(request)
    desk.check_manage(actor)
    title = _("Open a month")
    trail = [(_("Reports"), reverse("agenda:desk_months")), (title, "")]
    lead = _("Every running project gets a report, filled from its profile and its last report.")
    page = Page(title=title, back=reverse("agenda:desk_months"), trail=trail, lead=lead, send=_("Open"))
    return form_page(
        request,
        page,
        lambda data, start: forms.OpenMonthForm(data, initial=dict(start)),
        lambda: {"month": request.GET.get("month", "")},
        lambda data: _url(reports.open_month(actor, month=data["month"])),
    )


@require_safe
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month: reports, what is missing, what looks wrong, the next step."""
    actor = actor_of(request)
    view = desk_months.month_view(actor, _first(month))
    rows = [(row, _missing_texts(row.missing), warning_texts(row.warnings)) for row in view.reports]
    context = {
        "view": view,
        "rows": rows,
        "name": month,
        "changes": view.can_publish and desk_months.has_changes(actor, _first(month)),
    }
    return render(request, "agenda/desk/month.html", context)


@form_methods
def month_intro(request: HttpRequest, month: str) -> HttpResponse:
    """The editor's introduction."""
    actor, first = actor_of(request), _first(month)

    def start() -> Mapping[str, Any]:
        row = desk_months.month_to_edit(actor, first)
        return {"intro": row.intro, "version": row.version}

    start()
    return form_page(
        request,
        _page(month, _("Introduction")),
        lambda data, values: forms.IntroForm(data, initial=dict(values)),
        start,
        lambda data: _done(reports.edit_month(actor, month=first, **data)),
    )


def _done(answer: object) -> None:
    """An answer that is no address."""


@form_methods
def month_delete(request: HttpRequest, month: str) -> HttpResponse:
    """Delete a month that was never published, after a question."""
    actor, first = actor_of(request), _first(month)
    desk_months.month_to_edit(actor, first)

    def act(data: dict[str, Any]) -> str:
        reports.delete_month(actor, month=first)
        return reverse("agenda:desk_months")

    page = _page(
        month,
        _("Delete the month?"),
        _("The month is deleted."),
        send=_("Delete"),
        danger=True,
        context={"question": _("The month and all its reports will be gone. This cannot be undone.")},
    )
    return form_page(request, page, lambda data, start: DeskForm(data), dict, act)


@form_methods
def month_withdraw(request: HttpRequest, month: str) -> HttpResponse:
    """Take a published month out of the public pages, with a reason that readers see."""
    actor, first = actor_of(request), _first(month)
    desk_months.preview(actor, first)

    def act(data: dict[str, Any]) -> None:
        publish.withdraw_month(actor, month=first, note=data["note"], version=data["version"])

    page = _page(
        month,
        _("Withdraw the report?"),
        _("The report is withdrawn."),
        send=_("Withdraw"),
        danger=True,
        context={
            "question": _(
                "Nobody can read the report any more; its address tells your reason instead. Nothing is lost:"
                " the month is a draft again and may be published as the next version. What its reports"
                " brought into the profiles stays there; please check the profiles."
            )
        },
    )
    return form_page(
        request,
        page,
        lambda data, start: forms.WithdrawForm(data, initial=dict(start)),
        lambda: {"version": desk_months.month_to_edit(actor, first).version},
        act,
    )


@form_methods
def report_add(request: HttpRequest, month: str) -> HttpResponse:
    """Add the report of a project."""
    actor, first = actor_of(request), _first(month)
    desk_months.month_to_edit(actor, first)
    choices = desk_months.addable(actor, first)

    def act(data: dict[str, Any]) -> str:
        row = desk_projects.project_to_edit(actor, data["project"])
        reports.create_report(actor, month=first, project=row.public_id)
        return _url(month, "report", row.slug)

    return form_page(
        request,
        _page(month, _("Add a report"), _("The report is added.")),
        lambda data, start: forms.AddReportForm(data, projects=choices),
        dict,
        act,
    )


@form_methods
def report(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """Write the report of one project."""
    actor, first = actor_of(request), _first(month)
    view = desk_months.report_to_edit(actor, first, slug)

    def start() -> Mapping[str, Any]:
        row = desk_months.report_to_edit(actor, first, slug).report
        values = desk_months.report_values(actor, row)
        return {**values, "milestones": desk_months.milestone_values(actor, row)}

    def save(data: dict[str, Any]) -> None:
        version, rows = data.pop("version"), data.pop("milestones")
        values: ReportValues = data  # type: ignore[assignment]
        if rows or view.report.milestones is not None:  # absent is not empty
            values["milestones"] = [MilestoneValue(**{**row, "done": bool(row["done"])}) for row in rows]
        reports.edit_report(actor, report=view.report.public_id, values=values, version=version)

    page = _page(
        month,
        view.report.title,
        _("The report is saved."),
        lead=formats.month_name(month),
        template="agenda/desk/report.html",
        context={"view": view, "month": month, "slug": slug, "warnings": warning_texts(view.warnings)},
    )

    def carry(typed: dict[str, Any]) -> dict[str, Any]:
        state = str(typed["overall_state"] or "").strip()
        if view.last_progress in state:
            return typed
        return typed | {"overall_state": f"{state}\n\n{view.last_progress}".strip()}

    return form_page(
        request,
        page,
        lambda data, values: forms.ReportForm(data, initial=dict(values)),
        start,
        save,
        refill={"add_row": dict, "carry": carry},
    )


@form_methods
def report_delete(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """Take a report out of its month, after a question."""
    actor, first = actor_of(request), _first(month)
    desk_months.month_to_edit(actor, first)
    view = desk_months.report_to_edit(actor, first, slug)

    def act(data: dict[str, Any]) -> None:
        reports.delete_report(actor, report=view.report.public_id)

    page = _page(
        month,
        _("Delete the report?"),
        _("The report is deleted."),
        lead=view.report.title,
        send=_("Delete"),
        danger=True,
        context={"question": _("What was written will be gone. This cannot be undone.")},
    )
    return form_page(request, page, lambda data, start: DeskForm(data), dict, act)


@form_methods
def month_publish(request: HttpRequest, month: str) -> HttpResponse:
    """Check what would be published, then publish it."""
    actor, first = actor_of(request), _first(month)
    preview = desk_months.preview(actor, first)
    correction = preview.published is not None or preview.month.withdrawn

    def act(data: dict[str, Any]) -> None:
        publish.publish_month(actor, month=first, note=data.get("note", ""), version=data["version"])

    page = _page(
        month,
        _("Publish a correction") if correction else _("Check and publish"),
        _("The report is published."),
        lead=formats.month_name(month),
        send=_("Publish the correction") if correction else _("Publish"),
        template="agenda/desk/publish.html",
        context={
            "preview": preview,
            "month": month,
            "silent": bool(preview.reports) and all(row.status is None for row in preview.reports),
            "rows": [(r, _missing_texts(r.missing), warning_texts(r.warnings)) for r in preview.reports],
        },
    )
    return form_page(
        request,
        page,
        lambda data, start: forms.PublishForm(data, initial=dict(start), correction=correction),
        lambda: {"version": desk_months.month_to_edit(actor, first).version},
        act,
    )
