"""Meetings on the desk: the list, planning, deciding about reports, minutes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wurt.core.web import format as formats
from wurt.core.web.csvfile import csv_response
from wurt.modules.agenda.actions import meetings as actions
from wurt.modules.agenda.forms import meetings as forms
from wurt.modules.agenda.forms.base import DeskForm
from wurt.modules.agenda.queries import meetings as queries
from wurt.modules.agenda.queries.desk import may_manage
from wurt.modules.agenda.views.desk_forms import Page, actor_of, form_page, without_version
from wurt.modules.agenda.views.desk_months import first_of, form_methods

STANDS = (
    ("", gettext_lazy("all")),
    ("kommend", gettext_lazy("to come")),
    ("offen", gettext_lazy("over, without minutes")),
    ("protokolliert", gettext_lazy("with minutes")),
)


def _rows(request: HttpRequest) -> list[queries.MeetingRow]:
    chosen = request.GET.get("stand", ""), request.GET.get("gremium", "")
    return queries.meeting_rows(actor_of(request), *chosen)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings, filtered by how far they are and by group."""
    actor = actor_of(request)
    context = {
        "rows": _rows(request),
        "manages": may_manage(actor),
        "stands": STANDS,
        "bodies": queries.bodies(actor),
        "stand": request.GET.get("stand", ""),
        "body": request.GET.get("gremium", ""),
        "chosen": request.GET.urlencode(),
    }
    return render(request, "agenda/desk/meetings.html", context)


@require_safe
def meetings_csv(request: HttpRequest) -> HttpResponse:
    """The list as the page filters it."""
    columns = [_("Group"), _("Begins"), _("Place"), _("Approved"), _("Returned"), _("Minutes")]
    rows: list[list[str | int]] = [
        [
            row.body,
            formats.german_datetime(row.starts),
            row.place,
            row.approved,
            row.returned,
            formats.day(row.held) if row.held else "",
        ]
        for row in _rows(request)
    ]
    return csv_response("sitzungen", columns, rows)


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Meetings"), reverse("agenda:desk_meetings")), *more]


def _url(meeting: UUID) -> str:
    return reverse("agenda:desk_meeting", args=[meeting])


def _page(view: queries.MeetingView, title: str, **more: Any) -> Page:
    back = _url(view.meeting.public_id)
    name = f"{view.meeting.body}, {formats.day(view.meeting.starts)}"
    return Page(title=title, back=back, trail=_trail((name, back), (title, "")), **more)


@form_methods
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    actor = actor_of(request)
    bodies = queries.bodies_to_plan(actor)
    title = _("Plan a meeting")
    page = Page(
        title=title,
        back=reverse("agenda:desk_meetings"),
        trail=_trail((title, "")),
        lead=_("Members with a login are told when and where."),
        done=_("The meeting is planned."),
        send=_("Plan it"),
    )
    return form_page(
        request,
        page,
        lambda data, start: forms.MeetingForm(data, bodies=bodies),
        dict,
        lambda data: _url(actions.plan_meeting(actor, **without_version(data))),
    )


@require_safe
def meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """One meeting: agenda, what waits for a decision, what was decided, minutes."""
    view = queries.meeting_view(actor_of(request), meeting)
    items = [line.strip() for line in view.meeting.items.splitlines() if line.strip()]
    return render(request, "agenda/desk/meeting.html", {"view": view, "items": items})


@form_methods
def meeting_edit(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Another time, place or item."""
    actor = actor_of(request)
    view = queries.meeting_to_run(actor, meeting)

    def start() -> dict[str, Any]:
        row = queries.meeting_to_run(actor, meeting).meeting
        return {name: getattr(row, name) for name in ("starts", "place", "items", "version")}

    return form_page(
        request,
        _page(view, _("Change the meeting"), done=_("The changes are saved.")),
        lambda data, values: forms.MeetingForm(data, initial=dict(values)),
        start,
        lambda data: actions.edit_meeting(actor, meeting=meeting, **data),
    )


@form_methods
def meeting_cancel(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Call it off, after a question."""
    actor = actor_of(request)
    view = queries.meeting_to_run(actor, meeting)

    def act(data: dict[str, Any]) -> str:
        actions.cancel_meeting(actor, meeting=meeting)
        return reverse("agenda:desk_meetings")

    page = _page(
        view,
        _("Call the meeting off?"),
        done=_("The meeting is called off."),
        send=_("Call it off"),
        danger=True,
        context={"question": _("Members with a login are told. The meeting leaves the list.")},
    )
    return form_page(request, page, lambda data, start: DeskForm(data), dict, act)


@form_methods
def decide(request: HttpRequest, meeting: UUID, month: str) -> HttpResponse:
    """What the steering group said of each report of a month."""
    actor, first = actor_of(request), first_of(month)
    view = queries.meeting_to_run(actor, meeting)
    row, pairs = queries.reports_to_decide(actor, first)
    reports = [(report.public_id, report.title) for report, _said in pairs]

    def start() -> dict[str, Any]:
        fresh = [report for report, _said in queries.reports_to_decide(actor, first)[1]]
        return queries.values_to_decide(actor, view.meeting, fresh)

    page = _page(
        view,
        _("Decide about the reports of %(month)s") % {"month": formats.month_name(month)},
        lead=_("Approved reports can be published; returned ones go back with your reason."),
        done=_("The decision is on record."),
        send=_("Put on record"),
        template="agenda/desk/decide.html",
        context={"pairs": pairs, "month": month, "needed": row.agenda.approval},
    )
    return form_page(
        request,
        page,
        lambda data, values: forms.DecideForm(data, initial=dict(values), reports=reports),
        start,
        lambda data: _decide(request, meeting, first, data),
    )


def _decide(request: HttpRequest, meeting: UUID, month: date, data: dict[str, Any]) -> None:
    actions.decide_reports(
        actor_of(request),
        meeting=meeting,
        month=month,
        returned=data["returned"],
        version=data["version"],
    )


@form_methods
def minutes(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Write the minutes; then the meeting is closed."""
    actor = actor_of(request)
    view = queries.meeting_to_run(actor, meeting)
    page = _page(
        view, _("Put the minutes on record"), done=_("The minutes are on record."), send=_("Put on record")
    )
    return form_page(
        request,
        page,
        lambda data, values: forms.MinutesForm(data, initial=dict(values)),
        lambda: {"version": queries.meeting_to_run(actor, meeting).meeting.version},
        lambda data: actions.record_minutes(
            actor, meeting=meeting, minutes=data["minutes"], version=data["version"]
        ),
    )
