"""Fields, goals, bodies, strategy and documents on the desk."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wurt.modules.agenda.actions import agenda, bodies
from wurt.modules.agenda.actions import fields as field_actions
from wurt.modules.agenda.actions import rounds as round_actions
from wurt.modules.agenda.actions.values import AgendaValues, MemberValue
from wurt.modules.agenda.forms import settings as forms
from wurt.modules.agenda.forms.base import DeskForm
from wurt.modules.agenda.queries import desk, desk_settings
from wurt.modules.agenda.views.desk_forms import Page, actor_of, button, form_page, without_version

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _page(above: str, list_title: str, title: str, done: str = "", **more: Any) -> Page:
    back = reverse(f"agenda:desk_{above}")
    done = done or _("The changes are saved.")
    return Page(title=title, back=back, trail=[(list_title, back), (title, "")], done=done, **more)


def _delete(request: HttpRequest, page: Page, question: str, act: Callable[[], None]) -> HttpResponse:
    def save(data: dict[str, Any]) -> None:
        act()

    page = Page(
        title=page.title,
        back=page.back,
        trail=page.trail,
        lead=page.lead,
        done=page.done,
        send=_("Delete"),
        danger=True,
        context={"question": question},
    )
    return form_page(request, page, lambda data, start: DeskForm(data), dict, save)


def _none(answer: object) -> None:
    """An answer that is no address."""


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """The fields of action in their order."""
    rows = desk_settings.field_rows(actor_of(request))
    return render(request, "agenda/desk/fields.html", {"rows": rows})


@form_methods
def field_new(request: HttpRequest) -> HttpResponse:
    """A new field."""
    actor = actor_of(request)
    desk.check_manage(actor)
    return form_page(
        request,
        _page("fields", _("Fields of action"), _("New field of action")),
        lambda data, start: forms.FieldForm(data),
        dict,
        lambda data: _none(field_actions.create_field(actor, **without_version(data))),
    )


@form_methods
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """Name and description of a field."""
    actor = actor_of(request)
    row = desk_settings.field(actor, slug)
    return form_page(
        request,
        _page("fields", _("Fields of action"), row.name),
        lambda data, start: forms.FieldForm(data, initial=dict(start)),
        lambda: {
            name: getattr(desk_settings.field(actor, slug), name)
            for name in ("name", "description", "version")
        },
        lambda data: _none(field_actions.edit_field(actor, slug=slug, **data)),
    )


@form_methods
def field_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Move all its projects to another field and delete it."""
    actor = actor_of(request)
    row = desk_settings.field(actor, slug)
    others = [(other.slug, other.name) for other in desk_settings.field_rows(actor) if other.slug != slug]
    title = _("Merge “%(name)s” into another field") % {"name": row.name}
    return form_page(
        request,
        _page("fields", _("Fields of action"), title, send=_("Merge")),
        lambda data, start: forms.MergeFieldForm(data, fields=others),
        dict,
        lambda data: _none(field_actions.merge_fields(actor, slug=slug, into=data["into"])),
    )


@require_POST
def field_button(request: HttpRequest, slug: str) -> HttpResponse:
    """Move up in the order, or delete if unused."""
    actor = actor_of(request)
    desk_settings.field(actor, slug)
    back = reverse("agenda:desk_fields")
    if request.POST.get("step") == "delete":
        done = _("The field of action is deleted.")
        return button(request, back, done, lambda: field_actions.delete_field(actor, slug=slug))
    return button(request, back, _("The order is changed."), lambda: _field_up(request, slug))


def _field_up(request: HttpRequest, slug: str) -> None:
    actor = actor_of(request)
    order = [row.slug for row in desk_settings.field_rows(actor)]
    place = order.index(slug)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
        field_actions.reorder_fields(actor, slugs=order)


@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """The goals of the strategy."""
    rows = desk_settings.goal_rows(actor_of(request))
    return render(request, "agenda/desk/goals.html", {"rows": rows})


@form_methods
def goal_new(request: HttpRequest) -> HttpResponse:
    """A new goal."""
    actor = actor_of(request)
    choices = desk_settings.project_choices(actor)
    return form_page(
        request,
        _page("goals", _("Goals"), _("New goal")),
        lambda data, start: forms.GoalForm(data, projects=choices),
        dict,
        lambda data: _none(field_actions.create_goal(actor, **without_version(data))),
    )


@form_methods
def goal(request: HttpRequest, slug: str) -> HttpResponse:
    """A goal with its projects."""
    actor = actor_of(request)
    row, _values = desk_settings.goal(actor, slug)
    choices = desk_settings.project_choices(actor)
    return form_page(
        request,
        _page("goals", _("Goals"), row.title),
        lambda data, start: forms.GoalForm(data, initial=dict(start), projects=choices),
        lambda: desk_settings.goal(actor, slug)[1],
        lambda data: _none(field_actions.edit_goal(actor, slug=slug, **data)),
    )


@form_methods
def goal_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a goal, after a question."""
    actor = actor_of(request)
    row, _values = desk_settings.goal(actor, slug)
    page = _page("goals", _("Goals"), _("Delete the goal?"), _("The goal is deleted."), lead=row.title)
    question = _("Its projects stay. This cannot be undone.")
    return _delete(request, page, question, lambda: field_actions.delete_goal(actor, slug=slug))


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """Steering group, project group, working groups."""
    rows = desk_settings.body_rows(actor_of(request))
    return render(request, "agenda/desk/bodies.html", {"rows": rows})


@form_methods
def body_new(request: HttpRequest) -> HttpResponse:
    """A new group."""
    actor = actor_of(request)
    desk.check_manage(actor)
    return form_page(
        request,
        _page("bodies", _("Groups"), _("New group")),
        lambda data, start: forms.BodyForm(data),
        dict,
        lambda data: _none(bodies.create_body(actor, **without_version(data))),
    )


@form_methods
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Kind, name and text of a group."""
    actor = actor_of(request)
    row = desk_settings.body(actor, slug)
    names = ("kind", "name", "text", "version")
    return form_page(
        request,
        _page("bodies", _("Groups"), row.name),
        lambda data, start: forms.BodyForm(data, initial=dict(start)),
        lambda: {name: getattr(desk_settings.body(actor, slug), name) for name in names},
        lambda data: _none(bodies.edit_body(actor, slug=slug, **data)),
    )


@form_methods
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits in a group."""
    actor = actor_of(request)
    row = desk_settings.body(actor, slug)
    choices = desk.choices(actor)

    def start() -> dict[str, Any]:
        fresh = desk_settings.body(actor, slug)
        return {"members": desk_settings.member_values(actor, fresh), "version": fresh.version}

    def save(data: dict[str, Any]) -> None:
        seats = [MemberValue(m["organisation"], m["function"], _id(m["person"])) for m in data["members"]]
        bodies.set_members(actor, slug=slug, members=seats, version=data["version"])

    return form_page(
        request,
        _page("bodies", _("Groups"), _("Members"), lead=row.name),
        lambda data, values: forms.MembersForm(data, initial=dict(values), choices=choices),
        start,
        save,
    )


def _id(value: UUID | str | None) -> UUID | None:
    return UUID(str(value)) if value else None


@form_methods
def body_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a group, after a question."""
    actor = actor_of(request)
    row = desk_settings.body(actor, slug)
    page = _page("bodies", _("Groups"), _("Delete the group?"), _("The group is deleted."), lead=row.name)
    question = _("Organisations and people stay. This cannot be undone.")
    return _delete(request, page, question, lambda: bodies.delete_body(actor, slug=slug))


@form_methods
def strategy(request: HttpRequest) -> HttpResponse:
    """The texts of the agenda and the strategy page."""
    actor = actor_of(request)
    desk_settings.agenda_values(actor)

    def save(data: dict[str, Any]) -> None:
        version = data.pop("version")
        values: AgendaValues = data  # type: ignore[assignment]
        agenda.edit_agenda(actor, values=values, version=version)

    return form_page(
        request,
        Page(
            title=_("Agenda and strategy"),
            back=reverse("agenda:desk_strategy"),
            done=_("The changes are saved."),
        ),
        lambda data, start: forms.AgendaForm(data, initial=dict(start)),
        lambda: desk_settings.agenda_values(actor),
        save,
    )


@form_methods
def rounds(request: HttpRequest) -> HttpResponse:
    """When rounds of reports open, and how long there is to hand in."""
    actor = actor_of(request)
    desk_settings.rounds_values(actor)
    return form_page(
        request,
        _page("months", _("Reports"), _("Rounds of reports")),
        lambda data, start: forms.RoundsForm(data, initial=dict(start)),
        lambda: desk_settings.rounds_values(actor),
        lambda data: _none(round_actions.save_rounds(actor, **data)),
    )


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """All versions of the two documents."""
    rows = desk_settings.documents(actor_of(request))
    return render(request, "agenda/desk/documents.html", {"rows": rows})


@form_methods
def document_new(request: HttpRequest) -> HttpResponse:
    """Upload a version."""
    actor = actor_of(request)
    desk_settings.documents(actor)

    def save(data: dict[str, Any]) -> None:
        file = data["file"]
        agenda.add_document(
            actor,
            kind=data["kind"],
            version_name=data["version_name"],
            note=data["note"],
            content=file.read(),
            file_name=file.name,
        )

    return form_page(
        request,
        _page(
            "documents", _("Documents"), _("New version"), _("The version is published."), send=_("Publish")
        ),
        lambda data, start: forms.DocumentForm(data, request.FILES if data else None),
        dict,
        save,
    )
