"""Fields of action and goals."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, lock_all, record, save
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.modules.agenda.actions.steps import free_slug, required, the_agenda, touch, trail
from wurt.modules.agenda.models import Agenda, Field, Goal, Project, Report
from wurt.modules.agenda.policies import EDIT_AGENDA


def _editable(actor: Actor) -> Agenda:
    agenda = the_agenda()
    authorize(actor, EDIT_AGENDA, agenda)
    return agenda


def _field_name(name: str, own: int = 0) -> str:
    text = required(name, "agenda.field_name", _("Please name the field of action."))
    if Field.objects.filter(name__iexact=text).exclude(pk=own).exists():
        raise RuleBroken("agenda.field_name", _("There is a field of action of this name already."))
    return text


@action("agenda.create_field")
def create_field(
    actor: Actor, *, name: str, description: str = "", order: int | None = None, slug: str = ""
) -> str:
    """Make a field of action; the answer is its slug."""
    agenda = _editable(actor)
    text = _field_name(name)
    field = Field.objects.create(
        agenda=agenda,
        slug=free_slug(Field, slug or text),
        name=text,
        description=description.strip(),
        order=order if order is not None else 10 * (agenda.fields.count() + 1),
    )
    record(actor, field, after={"slug": field.slug, "name": field.name})
    return field.slug


@action("agenda.edit_field")
def edit_field(
    actor: Actor, *, slug: str, name: str, description: str = "", version: int | None = None
) -> str:
    """Change name and description. The address stays."""
    field = lock(Field.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, field.agenda)
    check_version(field, version)
    before, after = changed(field, {"name": _field_name(name, field.pk), "description": description.strip()})
    if after:
        save(field, after)
        before, after = trail(before, after)
        record(actor, field, before=before, after=after)
    return field.slug


@action("agenda.reorder_fields")
def reorder_fields(actor: Actor, *, slugs: Sequence[str]) -> None:
    """Put the fields in this order; those not named keep their place behind them."""
    agenda = _editable(actor)
    fields = {field.slug: field for field in lock_all(agenda.fields.all())}
    if missing := [slug for slug in slugs if slug not in fields]:
        raise NotFound(code=f"agenda.field {missing[0]}")
    rest = sorted((f for s, f in fields.items() if s not in slugs), key=lambda f: (f.order, f.name))
    for number, field in enumerate([fields[slug] for slug in slugs] + rest, start=1):
        field.order = 10 * number
    Field.objects.bulk_update(fields.values(), ["order"])
    record(actor, agenda, after={"order": list(slugs)})


@action("agenda.merge_fields")
def merge_fields(actor: Actor, *, slug: str, into: str) -> str:
    """Move all projects and draft reports of one field to another and delete the first."""
    _editable(actor)
    if slug == into:
        raise RuleBroken("agenda.same_field", _("Please choose another field to merge into."))
    fields = {field.slug: field for field in lock_all(Field.objects.filter(slug__in=[slug, into]))}
    if len(fields) < 2:
        raise NotFound(code="agenda.field")
    gone, target = fields[slug], fields[into]
    for project in lock_all(Project.objects.filter(field=gone)):
        touch(project)
    Project.objects.filter(field=gone).update(field=target)
    Report.objects.filter(field=gone).update(field=target)
    record(actor, target, before={"slug": gone.slug, "name": gone.name}, after={"slug": target.slug})
    gone.delete()
    return target.slug


@action("agenda.delete_field")
def delete_field(actor: Actor, *, slug: str) -> None:
    """Delete a field that nothing uses. Raises RuleBroken ``agenda.field_used``."""
    field = lock(Field.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, field.agenda)
    if Project.objects.filter(field=field).exists() or Report.objects.filter(field=field).exists():
        raise RuleBroken(
            "agenda.field_used",
            _("Projects belong to this field. Please merge it into another field instead of deleting it."),
        )
    record(actor, field, before={"slug": field.slug, "name": field.name})
    field.delete()


@action("agenda.create_goal")
def create_goal(
    actor: Actor,
    *,
    title: str,
    text: str = "",
    projects: Sequence[UUID] = (),
    order: int | None = None,
    slug: str = "",
) -> str:
    """Make a goal of the strategy with the projects that serve it; the answer is its slug."""
    agenda = _editable(actor)
    name = required(title, "agenda.goal_title", _("Please give the goal a title."))
    goal = Goal.objects.create(
        agenda=agenda,
        slug=free_slug(Goal, slug or name),
        title=name,
        text=text.strip(),
        order=order if order is not None else 10 * (agenda.goals.count() + 1),
    )
    goal.projects.set(_projects(projects))
    record(actor, goal, after={"slug": goal.slug, "title": goal.title, "projects": list(projects)})
    return goal.slug


@action("agenda.edit_goal")
def edit_goal(
    actor: Actor,
    *,
    slug: str,
    title: str,
    text: str = "",
    projects: Sequence[UUID] | None = None,
    order: int | None = None,
    version: int | None = None,
) -> str:
    """Change a goal; ``projects`` None leaves the links alone."""
    goal = lock(Goal.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, goal.agenda)
    check_version(goal, version)
    name = required(title, "agenda.goal_title", _("Please give the goal a title."))
    values = {"title": name, "text": text.strip(), "order": goal.order if order is None else order}
    before, after = changed(goal, values)
    if projects is not None:
        linked = set(goal.projects.values_list("public_id", flat=True))
        if linked != set(projects):
            goal.projects.set(_projects(projects))
            after["projects"] = list(projects)
    if after:
        save(goal, [key for key in after if key != "projects"])
        before, after = trail(before, after)
        record(actor, goal, before=before, after=after)
    return goal.slug


@action("agenda.delete_goal")
def delete_goal(actor: Actor, *, slug: str) -> None:
    """Delete a goal; its projects stay."""
    goal = lock(Goal.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, goal.agenda)
    record(actor, goal, before={"slug": goal.slug, "title": goal.title})
    goal.delete()


def _projects(public_ids: Sequence[UUID]) -> list[Project]:
    rows = list(Project.objects.filter(public_id__in=public_ids))
    if len(rows) != len(set(public_ids)):
        raise NotFound(code="agenda.project")
    return rows
