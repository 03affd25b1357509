"""The first page of the desk, the list of projects and its export."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from wurt.core.db.clock import today
from wurt.core.web import format as formats
from wurt.core.web.csvfile import csv_response
from wurt.modules.agenda.forms.projects import ProjectFilter
from wurt.modules.agenda.queries import desk, desk_projects
from wurt.modules.agenda.views.desk_forms import actor_of

HOME = "agenda:desk"


def _import_item(task: desk.Task, month: str) -> dict[str, str]:
    text = ngettext(
        "%(count)d report of %(month)s still waits in the review of an import",
        "%(count)d reports of %(month)s still wait in the review of an import",
        task.count,
    )
    if not task.month:
        text = ngettext(
            "%(count)d entry still waits in the review of an import",
            "%(count)d entries still wait in the review of an import",
            task.count,
        )
    url = reverse("agenda:import_batch", args=[task.batch])
    return {
        "title": text % {"count": task.count, "month": month},
        "url": url,
        "action": _("Review the import"),
        "since": "",
    }


def _item(task: desk.Task) -> dict[str, str]:
    since = formats.month_name(task.month) if task.month else formats.day(task.since)
    if task.kind == "open":
        text = _("Open the report of %(month)s") % {"month": since}
        url = f"{reverse('agenda:desk_month_open')}?month={task.month}"
        return {"title": text, "url": url, "action": _("Open"), "since": ""}
    if task.kind == "publish":
        text = _("The report of %(month)s is complete") % {"month": since}
        url = reverse("agenda:desk_month_publish", args=[task.month])
        return {"title": text, "url": url, "action": _("Check and publish"), "since": ""}
    if task.kind == "correct":
        text = _("The correction of %(month)s is not published yet") % {"month": since}
        url = reverse("agenda:desk_month_publish", args=[task.month])
        return {"title": text, "url": url, "action": _("Check and publish"), "since": ""}
    if task.kind == "import":
        return _import_item(task, since)
    if task.kind == "write":
        url = reverse("agenda:desk_report", args=[task.month, task.project])
        note = _("Status or progress is missing.")
        return {"title": task.title, "url": url, "action": _("Write report"), "since": since, "note": note}
    if task.kind == "hand_in":
        url = reverse("agenda:desk_hand_in", args=[task.month, task.project])
        note = _("The report is written. Please hand it in.")
        return {"title": task.title, "url": url, "action": _("Hand in"), "since": since, "note": note}
    if task.kind == "late":
        return {
            "title": task.title,
            "url": reverse("agenda:desk_profile", args=[task.project]),
            "action": _("Change the end"),
            "since": formats.day(task.since),
            "note": _("The planned end has passed. Please name a new end, or complete the project."),
        }
    url = reverse("agenda:desk_milestones", args=[task.project])
    several = ngettext(
        "%(count)d milestone overdue as of today, %(day)s",
        "%(count)d milestones overdue as of today, %(day)s",
        task.count,
    )
    return {
        "title": task.project_title,
        "url": url,
        "action": _("Update"),
        "since": formats.due(task.due),
        "note": several % {"count": task.count, "day": formats.day(today())},
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs me now, oldest first."""
    actor = actor_of(request)
    tasks = desk.tasks(actor)
    context = {"items": [_item(task) for task in tasks], "manages": desk.may_manage(actor)}
    return render(request, "agenda/desk/home.html", context)


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The list of projects with its filter."""
    actor = actor_of(request)
    form = ProjectFilter(request.GET or None, choices=desk.choices(actor))
    rows = desk_projects.project_rows(actor, form.cleaned_data if form.is_valid() else {})
    context = {
        "rows": rows,
        "filter": form,
        "manages": desk.may_manage(actor),
        "query": request.GET.urlencode(),
    }
    return render(request, "agenda/desk/projects.html", context)


@require_safe
def projects_csv(request: HttpRequest) -> HttpResponse:
    """The same list, filtered alike, as a file."""
    actor = actor_of(request)
    form = ProjectFilter(request.GET or None, choices=desk.choices(actor))
    rows = desk_projects.project_rows(actor, form.cleaned_data if form.is_valid() else {})
    columns = [_("Title"), _("Field of action"), _("State"), _("Lead organisation"), _("Lead")]
    columns += [_("Start"), _("End"), _("Public"), _("Address")]
    cells: list[list[str | bool]] = [
        [*_texts(row), _day(row.start), _day(row.end), row.public, row.slug] for row in rows
    ]
    return csv_response("projekte", columns, cells)


def _texts(row: desk_projects.ProjectRow) -> list[str]:
    return [row.title, row.field, row.state_name, row.lead_organisation, row.lead]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
