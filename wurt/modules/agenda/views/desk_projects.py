"""One project on the desk: its page and its forms."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wurt.core.db import clock
from wurt.modules.agenda.actions import milestones, projects
from wurt.modules.agenda.actions.values import CostValue, DecisionValue, PartyValue, ProfileValues
from wurt.modules.agenda.forms import projects as forms
from wurt.modules.agenda.forms.base import DeskForm
from wurt.modules.agenda.queries import desk, desk_projects
from wurt.modules.agenda.views.desk_forms import Page, actor_of, button, form_page

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _url(slug: str, name: str = "project", *more: object) -> str:
    return reverse(f"agenda:desk_{name}", args=[slug, *more])


def _page(project: Any, title: str, done: str = "", back: str = "", **more: Any) -> Page:
    trail = [
        (_("Projects"), reverse("agenda:desk_projects")),
        (project.name, _url(project.slug)),
        (title, ""),
    ]
    done = done or _("The changes are saved.")
    return Page(
        title=title, back=back or _url(project.slug), trail=trail, lead=project.title, done=done, **more
    )


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one project, with a link to each form."""
    view = desk_projects.project_view(actor_of(request), slug)
    return render(request, "agenda/desk/project.html", {"view": view, "project": view.project})


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what."""
    found, lines = desk.history(actor_of(request), slug)
    return render(request, "agenda/desk/history.html", {"project": found, "lines": lines})


@form_methods
def new(request: HttpRequest) -> HttpResponse:
    """A new project."""
    actor = actor_of(request)
    desk.check_manage(actor)
    choices = desk.choices(actor)

    def save(data: dict[str, Any]) -> str:
        values: ProfileValues = {"short_title": data["short_title"], "field": data["field"] or None}
        public_id = projects.create_project(actor, title=data["title"], state=data["state"], values=values)
        return _url(desk_projects.slug_of(actor, public_id))

    title = _("New project")
    trail = [(_("Projects"), reverse("agenda:desk_projects")), (title, "")]
    page = Page(
        title=title, back=reverse("agenda:desk_projects"), trail=trail, done=_("The project is made.")
    )
    return form_page(
        request,
        page,
        lambda data, start: forms.NewProjectForm(data, initial=start, choices=choices),
        dict,
        save,
    )


@form_methods
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Goal, content, dates, parties, participation."""
    actor = actor_of(request)
    row = desk_projects.project_to_edit(actor, slug)
    choices = desk.choices(actor)

    def save(data: dict[str, Any]) -> None:
        parties = [PartyValue("partner", name) for name in data.pop("partners")]
        parties += [PartyValue("stakeholder", name) for name in data.pop("stakeholders")]
        values = {**data, "field": data["field"] or None, "parties": parties}
        version = values.pop("version")
        projects.edit_project(actor, project=row.public_id, values=values, version=version)  # type: ignore[arg-type]

    return form_page(
        request,
        _page(row, _("Profile")),
        lambda data, start: forms.ProfileForm(data, initial=dict(start), choices=choices),
        lambda: desk_projects.profile_values(actor, desk_projects.project_to_edit(actor, slug)),
        save,
    )


@form_methods
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who leads (managers only)."""
    actor = actor_of(request)
    row = desk_projects.project_to_manage(actor, slug)
    choices = desk.choices(actor)

    def save(data: dict[str, Any]) -> None:
        version = data.pop("version")
        projects.edit_project(actor, project=row.public_id, values=data, version=version)  # type: ignore[arg-type]

    return form_page(
        request,
        _page(row, _("People")),
        lambda data, start: forms.PeopleForm(data, initial=dict(start), choices=choices),
        lambda: desk_projects.people_values(actor, desk_projects.project_to_manage(actor, slug)),
        save,
    )


def _edit(
    request: HttpRequest,
    slug: str,
    title: str,
    form: Callable[..., Any],
    start: Callable[[Any], Mapping[str, Any]],
    save: Callable[[Any, dict[str, Any]], object],
    *,
    manage: bool = False,
    **more: Any,
) -> HttpResponse:
    """The common shape of the forms of one project."""
    actor = actor_of(request)
    find = desk_projects.project_to_manage if manage else desk_projects.project_to_edit
    row = find(actor, slug)

    def act(data: dict[str, Any]) -> str | None:
        answer = save(row, data)
        return answer if isinstance(answer, str) and answer.startswith("/") else None

    def make(data: Any, values: Mapping[str, Any]) -> Any:
        return form(data, initial=dict(values))

    return form_page(
        request,
        _page(row, title, **more),
        make,
        lambda: {"version": row.version, **start(find(actor, slug)), **_version(find(actor, slug))},
        act,
    )


def _version(row: Any) -> dict[str, int]:
    return {"version": row.version}


@form_methods
def costs(request: HttpRequest, slug: str) -> HttpResponse:
    """All costs on one page."""
    actor = actor_of(request)
    return _edit(
        request,
        slug,
        _("Costs"),
        forms.CostsForm,
        lambda row: {"costs": desk_projects.cost_values(actor, row)},
        lambda row, data: projects.set_costs(
            actor,
            project=row.public_id,
            costs=[CostValue(**{**cost, "kind": cost["kind"] or "other"}) for cost in data["costs"]],
            version=data["version"],
        ),
    )


@form_methods
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """All political decisions on one page."""
    actor = actor_of(request)
    return _edit(
        request,
        slug,
        _("Decisions"),
        forms.DecisionsForm,
        lambda row: {"decisions": desk_projects.decision_values(actor, row)},
        lambda row, data: projects.set_decisions(
            actor,
            project=row.public_id,
            decisions=[DecisionValue(**decision) for decision in data["decisions"]],
            version=data["version"],
        ),
    )


@form_methods
def aliases(request: HttpRequest, slug: str) -> HttpResponse:
    """Other names by which imports know the project."""
    actor = actor_of(request)
    return _edit(
        request,
        slug,
        _("Other names"),
        forms.AliasesForm,
        lambda row: {"aliases": "\n".join(desk_projects.alias_names(actor, row))},
        lambda row, data: projects.set_aliases(actor, project=row.public_id, **data),
    )


@form_methods
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Another title; the old address redirects."""
    actor = actor_of(request)
    return _edit(
        request,
        slug,
        _("Rename"),
        forms.RenameForm,
        lambda row: {"title": row.title, "short_title": row.short_title},
        lambda row, data: _url(projects.rename_project(actor, project=row.public_id, **data)),
        manage=True,
        done=_("The project has its new name. The old address leads to it."),
    )


@form_methods
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Start, complete, stop, reopen."""
    actor = actor_of(request)
    row = desk_projects.project_to_manage(actor, slug)
    return _edit(
        request,
        slug,
        _("State"),
        lambda data, initial: forms.StateForm(data, initial=initial, state=row.state),
        lambda row: {"on": clock.today()},
        lambda row, data: projects.set_state(actor, project=row.public_id, **data),
        manage=True,
    )


@require_POST
def visibility(request: HttpRequest, slug: str) -> HttpResponse:
    """Show to everybody, or hide."""
    actor = actor_of(request)
    row = desk_projects.project_to_manage(actor, slug)
    public = request.POST.get("public") == "yes"
    done = _("Everybody can see the project now.") if public else _("Only staff see the project now.")
    return button(
        request, _url(slug), done, lambda: projects.set_public(actor, project=row.public_id, public=public)
    )


@form_methods
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a project that was never published, after a question."""
    actor = actor_of(request)

    def act(row: Any, data: dict[str, Any]) -> str:
        projects.delete_project(actor, project=row.public_id)
        return reverse("agenda:desk_projects")

    return _edit(
        request,
        slug,
        _("Delete the project?"),
        DeskForm,
        lambda row: {},
        act,
        manage=True,
        done=_("The project is deleted."),
        send=_("Delete"),
        danger=True,
        context={
            "question": _("The project and its unpublished reports will be gone. This cannot be undone.")
        },
    )


@require_safe
def milestone_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The milestones with their moves."""
    view = desk_projects.project_view(actor_of(request), slug)
    return render(request, "agenda/desk/milestones.html", {"view": view, "project": view.project})


@form_methods
def milestone_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a milestone."""
    actor = actor_of(request)

    def act(row: Any, data: dict[str, Any]) -> str:
        data.pop("version")
        milestones.add_milestone(actor, project=row.public_id, **data)
        return _url(slug, "milestones")

    back = _url(slug, "milestones")
    return _edit(
        request,
        slug,
        _("New milestone"),
        forms.MilestoneForm,
        lambda row: {},
        act,
        back=back,
        done=_("The milestone is added."),
    )


@form_methods
def milestone(request: HttpRequest, slug: str, milestone: UUID) -> HttpResponse:
    """Change words, date and state of a milestone."""
    actor = actor_of(request)
    row = desk_projects.milestone_to_edit(actor, slug, milestone)
    names = ("label", "due", "done", "done_on", "version")
    return form_page(
        request,
        _page(row.project, _("Milestone"), back=_url(slug, "milestones")),
        lambda data, start: forms.MilestoneForm(data, initial=dict(start)),
        lambda: {
            name: getattr(desk_projects.milestone_to_edit(actor, slug, milestone), name) for name in names
        },
        lambda data: _none(milestones.edit_milestone(actor, milestone=milestone, **data)),
    )


def _none(answer: object) -> None:
    """An answer that is no address."""


@require_POST
def milestone_button(request: HttpRequest, slug: str, milestone: UUID) -> HttpResponse:
    """Tick as done, open again, move up in the order, delete."""
    actor = actor_of(request)
    row = desk_projects.milestone_to_edit(actor, slug, milestone)
    step = request.POST.get("step", "")
    acts: dict[str, tuple[str, Callable[[], object]]] = {
        "done": (
            _("The milestone is done."),
            lambda: milestones.tick_milestone(actor, milestone=milestone, done=True),
        ),
        "open": (
            _("The milestone is open again."),
            lambda: milestones.tick_milestone(actor, milestone=milestone, done=False),
        ),
        "up": (_("The order is changed."), lambda: _move_up(request, slug, milestone)),
        "delete": (
            _("The milestone is deleted."),
            lambda: milestones.delete_milestone(actor, milestone=milestone),
        ),
    }
    done, act = acts.get(step, acts["up"])
    return button(request, _url(row.project.slug, "milestones"), done, act)


def _move_up(request: HttpRequest, slug: str, milestone: UUID) -> None:
    actor = actor_of(request)
    view = desk_projects.project_view(actor, slug)
    order = [row.id for row in view.milestones]
    place = order.index(milestone)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
        milestones.reorder_milestones(actor, project=view.project.public_id, milestones=order)
