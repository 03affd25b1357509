"""Months and reports on the desk: open, write, check, publish, correct."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from wurt.core.db.errors import NotFound
from wurt.core.web import format as formats
from wurt.core.web.csvfile import csv_response
from wurt.modules.agenda.actions import publish, reports
from wurt.modules.agenda.actions.values import MilestoneValue, ReportValues
from wurt.modules.agenda.domain import plausibility
from wurt.modules.agenda.forms import months as forms
from wurt.modules.agenda.forms.base import DeskForm
from wurt.modules.agenda.forms.imports_words import warning_text
from wurt.modules.agenda.queries import desk, desk_months, desk_projects
from wurt.modules.agenda.queries.services import stage_sentences
from wurt.modules.agenda.views.desk_forms import Page, actor_of, form_page
from wurt.modules.agenda.views.desk_services import refills

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def first_of(month: str) -> date:
    """The first day of a month in an address. Raises NotFound."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotFound(code="agenda.month") from None


def month_url(month: str, name: str = "month", *more: object) -> str:
    """Address of a page of the desk under a month."""
    return reverse(f"agenda:desk_{name}", args=[month, *more])


def month_page(month: str, title: str, done: str = "", back: str = "", **more: Any) -> Page:
    """A form under a month, with the way there."""
    trail = [
        (_("Reports"), reverse("agenda:desk_months")),
        (formats.month_name(month), month_url(month)),
        (title, ""),
    ]
    done = done or _("The changes are saved.")
    return Page(title=title, back=back or month_url(month), trail=trail, done=done, **more)


def warning_texts(warnings: tuple[plausibility.Warning, ...]) -> list[str]:
    """Plausibility warnings as people read them, without what is told as missing anyway."""
    return [warning_text(w) for w in warnings if w.code != "status_unknown"]


Line = tuple[desk_months.ReportRow, list[str], list[tuple[str, str]]]


def _lines(rows: Sequence[desk_months.ReportRow]) -> list[Line]:
    """Each report with what is missing, and what looks wrong with what was said of it."""
    found = []
    for row in rows:
        wrong = [w for w in row.warnings if w.code != "status_unknown"]
        said = [(warning_text(w), row.explanations.get(w.code, "")) for w in wrong]
        found.append((row, _missing_texts(row.missing), said))
    return found


STANDS = (
    ("", gettext_lazy("all")),
    ("offen", gettext_lazy("not handed in")),
    ("abgegeben", gettext_lazy("handed in")),
    ("auffaellig", gettext_lazy("to be checked")),
)


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
        lambda data: month_url(reports.open_month(actor, month=data["month"], due=data["due"])),
    )


@require_safe
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month: reports, what is missing, what looks wrong, the next step."""
    actor = actor_of(request)
    view = desk_months.month_view(actor, first_of(month))
    chosen = request.GET.get("stand", "")
    context = {
        "view": view,
        "rows": _lines(desk_months.chosen_reports(view.reports, chosen)),
        "draft": view.month.current is None,
        "chosen": chosen,
        "stands": STANDS,
        "name": month,
        "changes": view.can_publish and desk_months.has_changes(actor, first_of(month)),
    }
    return render(request, "agenda/desk/month.html", context)


@require_safe
def month_csv(request: HttpRequest, month: str) -> HttpResponse:
    """Who has handed in, filtered as the page is."""
    view = desk_months.month_view(actor_of(request), first_of(month))
    columns = [
        _("Project"),
        _("Status"),
        _("Progress"),
        _("Handed in"),
        _("Handed in by"),
        _("Please check"),
        _("Open remarks"),
    ]
    rows: list[list[str | bool | int]] = [
        [
            row.title,
            row.status or "",
            row.has_progress,
            formats.day(row.handed_in) if row.handed_in else "",
            row.handed_in_by,
            " ".join([*missing, *(text for text, _why in wrong)]),
            row.remarks,
        ]
        for row, missing, wrong in _lines(
            desk_months.chosen_reports(view.reports, request.GET.get("stand", ""))
        )
    ]
    return csv_response(f"berichte-{month}", columns, rows)


@form_methods
def month_intro(request: HttpRequest, month: str) -> HttpResponse:
    """The editor's introduction."""
    actor, first = actor_of(request), first_of(month)

    def start() -> Mapping[str, Any]:
        row = desk_months.month_to_edit(actor, first)
        return {"due": row.due, "intro": row.intro, "version": row.version}

    start()
    return form_page(
        request,
        month_page(month, _("Last day and introduction")),
        lambda data, values: forms.IntroForm(data, initial=dict(values)),
        start,
        lambda data: _done(reports.edit_month(actor, month=first, **data)),
    )


def _done(answer: object) -> None:
    """An answer that is no address."""


@form_methods
def month_delete(request: HttpRequest, month: str) -> HttpResponse:
    """Delete a month that was never published, after a question."""
    actor, first = actor_of(request), first_of(month)
    desk_months.month_to_edit(actor, first)

    def act(data: dict[str, Any]) -> str:
        reports.delete_month(actor, month=first)
        return reverse("agenda:desk_months")

    page = month_page(
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
    actor, first = actor_of(request), first_of(month)
    desk_months.preview(actor, first)

    def act(data: dict[str, Any]) -> None:
        publish.withdraw_month(actor, month=first, note=data["note"], version=data["version"])

    page = month_page(
        month,
        _("Withdraw the report?"),
        _("The report is withdrawn."),
        send=_("Withdraw"),
        danger=True,
        context={
            "question": _(
                "Nobody can read the report any more; its address tells your reason instead. Nothing is lost:"
                " the month is a draft again and may be published as the next version. What its reports"
                " brought into the profiles stays there; please check the profiles. Whoever was told of the"
                " report is told your reason; when you publish it again, followers are told that, too."
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
    actor, first = actor_of(request), first_of(month)
    desk_months.month_to_edit(actor, first)
    choices = desk_months.addable(actor, first)

    def act(data: dict[str, Any]) -> str:
        row = desk_projects.project_to_edit(actor, data["project"])
        reports.create_report(actor, month=first, project=row.public_id)
        return month_url(month, "report", row.slug)

    return form_page(
        request,
        month_page(month, _("Add a report"), _("The report is added.")),
        lambda data, start: forms.AddReportForm(data, projects=choices),
        dict,
        act,
    )


@form_methods
def report(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """Write the report of one project."""
    actor, first = actor_of(request), first_of(month)
    view = desk_months.report_to_edit(actor, first, slug)
    changes = stage_sentences(actor, view.report.project.public_id, first)

    def start() -> Mapping[str, Any]:
        row = desk_months.report_to_edit(actor, first, slug).report
        values = desk_months.report_values(actor, row)
        return {**values, "milestones": desk_months.milestone_values(actor, row)}

    def save(data: dict[str, Any]) -> None:
        version, rows = data.pop("version"), data.pop("milestones")
        chosen = data.pop("figures", None)
        values: ReportValues = data  # type: ignore[assignment]
        if chosen is not None:
            # All of a draft: also those that are chosen for the project later.
            every = len(chosen) == len(view.figures) and view.report.month.current_id is None
            values["figures"] = None if every else [UUID(key) for key in chosen]
        if rows or view.report.milestones is not None:  # absent is not empty
            values["milestones"] = [MilestoneValue(**{**row, "done": bool(row["done"])}) for row in rows]
        reports.edit_report(actor, report=view.report.public_id, values=values, version=version)

    page = month_page(
        month,
        view.report.title,
        _("The report is saved."),
        lead=formats.month_name(month),
        template="agenda/desk/report.html",
        context={
            "view": view,
            "month": month,
            "slug": slug,
            "warnings": warning_texts(view.warnings),
            "stage_changes": changes,
        },
    )

    def carry(typed: dict[str, Any]) -> dict[str, Any]:
        state = str(typed["overall_state"] or "").strip()
        if view.last_progress in state:
            return typed
        return typed | {"overall_state": f"{state}\n\n{view.last_progress}".strip()}

    return form_page(
        request,
        page,
        lambda data, values: forms.ReportForm(data, initial=dict(values), figures=view.figures),
        start,
        save,
        refill={"add_row": dict, "carry": carry, **refills(changes)},
    )


@form_methods
def report_delete(request: HttpRequest, month: str, slug: str) -> HttpResponse:
    """Take a report out of its month, after a question."""
    actor, first = actor_of(request), first_of(month)
    desk_months.month_to_edit(actor, first)
    view = desk_months.report_to_edit(actor, first, slug)

    def act(data: dict[str, Any]) -> None:
        reports.delete_report(actor, report=view.report.public_id)

    page = month_page(
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
    actor, first = actor_of(request), first_of(month)
    preview = desk_months.preview(actor, first)
    correction = preview.published is not None or preview.month.withdrawn

    def act(data: dict[str, Any]) -> None:
        publish.publish_month(
            actor,
            month=first,
            note=data.get("note", ""),
            leave_out=data.get("leave_out", False),
            version=data["version"],
        )

    page = month_page(
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
            "rows": _lines(preview.reports),
            "draft": preview.published is None,
            "open": [row.title for row in preview.reports if row.handed_in is None],
        },
    )
    return form_page(
        request,
        page,
        lambda data, start: forms.PublishForm(
            data, initial=dict(start), correction=correction, incomplete=bool(preview.unapproved)
        ),
        lambda: {"version": desk_months.month_to_edit(actor, first).version},
        act,
    )
