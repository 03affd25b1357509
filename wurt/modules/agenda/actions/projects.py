"""Projects: making, profile, people, address, state, visibility."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.once import Making
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.clock import now, today
from wurt.core.db.errors import RuleBroken
from wurt.modules.agenda.actions.profile import apply_profile, replace_parties
from wurt.modules.agenda.actions.steps import (
    first_day,
    free_project_slug,
    required,
    tell_changed,
    the_agenda,
    touch,
    trail,
)
from wurt.modules.agenda.actions.values import CostValue, DecisionValue, ProfileValues
from wurt.modules.agenda.domain.snapshot import State
from wurt.modules.agenda.models import (
    Agenda,
    Cost,
    Decision,
    Project,
    ProjectAlias,
    ProjectSlug,
    PublishedReport,
    Report,
)
from wurt.modules.agenda.models.project import CostKind
from wurt.modules.agenda.policies import CREATE_PROJECT, EDIT_PROJECT, MANAGE_PROJECT

Step = Literal["start", "complete", "stop", "reopen", "plan"]
_STEPS: dict[str, tuple[State, tuple[State, ...]]] = {
    "start": ("running", ("planned",)),
    "complete": ("completed", ("running",)),
    "stop": ("stopped", ("planned", "running")),
    "reopen": ("running", ("completed", "stopped")),
    "plan": ("planned", ("running", "stopped")),
}


def locked(public_id: UUID) -> Project:
    """The project, locked. Raises NotFound."""
    return lock(Project.objects.select_related("agenda"), public_id=public_id)


def new_project(
    agenda: Agenda,
    *,
    title: str,
    values: ProfileValues,
    slug: str = "",
    state: State = "planned",
    aliases: Sequence[str] = (),
    public: bool = False,
    is_example: bool = False,
) -> Project:
    """Write a project with its profile (a step, not an action: the import uses it too)."""
    name = required(title, "agenda.project_title", _("Please give the project a title."))
    project = Project(
        agenda=agenda,
        place=agenda.place,
        slug=free_project_slug(slug or values.get("short_title") or name),
        title=name,
        state=state,
        public_since=now() if public else None,
        is_example=is_example,
        created=now(),
        changed=now(),
    )
    rest: ProfileValues = {**values, "title": name}
    apply_profile(project, rest)
    project.save()
    if "parties" in values:
        replace_parties(project, values["parties"])
    replace_aliases(project, aliases)
    return project


@action("agenda.create_project", makes=Making(Project.objects.all))
def create_project(
    actor: Actor,
    *,
    title: str,
    values: ProfileValues | None = None,
    slug: str = "",
    state: State = "planned",
    ended_on: date | None = None,
    aliases: Sequence[str] = (),
    public: bool = False,
    is_example: bool = False,
) -> UUID:
    """Make a project; only staff see it unless ``public``. The answer is its public id.

    Raises RuleBroken ``agenda.project_title``, ``agenda.project_dates``, ``agenda.alias_taken``.
    """
    agenda = the_agenda()
    authorize(actor, CREATE_PROJECT)
    project = new_project(
        agenda,
        title=title,
        values=values or {},
        slug=slug,
        state=state,
        aliases=aliases,
        public=public,
        is_example=is_example,
    )
    if ended_on is not None:
        project.ended_on = ended_on
        project.save(update_fields=["ended_on"])
    record(actor, project, after={"slug": project.slug, "title": project.title, "state": project.state})
    tell_changed(project, ["created"])
    return project.public_id


@action("agenda.edit_project")
def edit_project(actor: Actor, *, project: UUID, values: ProfileValues, version: int | None = None) -> UUID:
    """Change the profile; keys that are absent stay. Lead and deputy only by those who manage projects.

    What is changed here is changed in reports that are not published yet, too.
    """
    row = locked(project)
    authorize(actor, EDIT_PROJECT, row)
    check_version(row, version)
    before, after = apply_profile(row, values)
    if "title" in after:
        row.title = required(row.title, "agenda.project_title", _("Please give the project a title."))
    if {"lead", "deputy"} & set(after):
        authorize(actor, MANAGE_PROJECT, row)
    parties = "parties" in values and replace_parties(row, values["parties"])
    if not after and not parties:
        return row.public_id
    row.changed = now()
    save(row, [*after, "changed"])
    names = [*after, *(["parties"] if parties else [])]
    mirror_profile(row, names)
    before, after = trail(before, {**after, **({"parties": True} if parties else {})})
    record(actor, row, before=before, after=after)
    tell_changed(row, names)
    return row.public_id


def mirror_profile(project: Project, names: Sequence[str]) -> None:
    """Carry a change of the profile into the project's reports that are still drafts."""
    same = {"field", "goal", "content", "lead_organisation", "lead", "start", "end", "title"}
    values: dict[str, Any] = {name: getattr(project, name) for name in names if name in same}
    if "parties" in names:
        values |= party_names(project)
    if values:
        _drafts(project).update(**values)


def party_names(project: Project) -> dict[str, list[str]]:
    """Names of partners and stakeholders in the order of the profile."""
    names: dict[str, list[str]] = {"partners": [], "stakeholders": []}
    for role, name in project.parties.order_by("order").values_list("role", "name"):
        names[f"{role}s"].append(name)
    return names


def _drafts(project: Project) -> Any:
    return Report.objects.filter(
        project=project, month__current__isnull=True, month__withdrawn_at__isnull=True
    )


@action("agenda.rename_project")
def rename_project(
    actor: Actor, *, project: UUID, title: str, short_title: str | None = None, version: int | None = None
) -> str:
    """Give a project another title and address; the answer is the new slug.

    The old address redirects, the old title becomes an alias that the import knows.
    """
    row = locked(project)
    authorize(actor, MANAGE_PROJECT, row)
    check_version(row, version)
    name = required(title, "agenda.project_title", _("Please give the project a title."))
    old_title, old_slug = row.title, row.slug
    values = {"title": name}
    if short_title is not None:
        values["short_title"] = short_title.strip()
    wanted = values.get("short_title", row.short_title) or name
    before, after = changed(row, {**values, "slug": free_project_slug(wanted, own=row)})
    if not after:
        return row.slug
    if row.slug != old_slug:
        row.old_slugs.filter(slug=row.slug).delete()  # it may go back to an address it once had
        ProjectSlug.objects.create(project=row, slug=old_slug)
    if name != old_title:
        ProjectAlias.objects.get_or_create(name=old_title, defaults={"project": row})
    row.changed = now()
    save(row, [*after, "changed"])
    mirror_profile(row, ["title"])
    record(actor, row, before=before, after=after)
    tell_changed(row, after)
    return row.slug


@action("agenda.set_state")
def set_state(
    actor: Actor,
    *,
    project: UUID,
    step: Step,
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> str:
    """Start, complete, stop, reopen a project or plan it again; the answer is the new state.

    ``on``: the day (today if None). Raises RuleBroken ``agenda.state`` where the step does not fit.
    """
    row = locked(project)
    authorize(actor, MANAGE_PROJECT, row)
    check_version(row, version)
    state, allowed = _STEPS[step]
    if row.state not in allowed:
        raise RuleBroken("agenda.state", _("This step does not fit the present state of the project."))
    day = on or today()
    values: dict[str, Any] = {"state": state, "ended_on": day if state in ("completed", "stopped") else None}
    if step == "start":
        values["start"] = day
        if row.end is not None and row.end < day:
            raise RuleBroken(
                "agenda.project_dates", _("The project would start after its end. Please check the dates.")
            )
    if values["ended_on"] and row.start and day < row.start:
        raise RuleBroken(
            "agenda.project_dates", _("The project would end before its start. Please check the dates.")
        )
    before, after = changed(row, values)
    row.changed = now()
    save(row, [*after, "changed"])
    _drafts(row).filter(month__month__gte=first_day(day)).update(state=state)
    mirror_profile(row, list(after))
    record(actor, row, before=before, after={**after, "on": day, "note": note.strip()[:300]})
    tell_changed(row, after)
    return state


@action("agenda.set_public")
def set_public(actor: Actor, *, project: UUID, public: bool, version: int | None = None) -> UUID:
    """Show a project to everybody or hide it again. One with published reports cannot be hidden."""
    row = locked(project)
    authorize(actor, MANAGE_PROJECT, row)
    check_version(row, version)
    if public == (row.public_since is not None):
        return row.public_id
    if not public and PublishedReport.objects.filter(project=row).exists():
        raise RuleBroken(
            "agenda.project_published",
            _("Published reports tell about this project, so it cannot be hidden. You can stop it instead."),
        )
    before, after = changed(row, {"public_since": now() if public else None})
    save(row, after)
    record(actor, row, before=before, after=after)
    tell_changed(row, after)
    return row.public_id


@action("agenda.delete_project")
def delete_project(actor: Actor, *, project: UUID) -> None:
    """Delete a project that was never published, with its draft reports. Raises RuleBroken otherwise."""
    row = locked(project)
    authorize(actor, MANAGE_PROJECT, row)
    if row.public_since is not None or PublishedReport.objects.filter(project=row).exists():
        raise RuleBroken(
            "agenda.project_published",
            _("This project is public already, so it cannot be deleted. You can stop it instead."),
        )
    record(actor, row, before={"slug": row.slug, "title": row.title, "state": row.state})
    tell_changed(row, ["deleted"])
    row.delete()


@action("agenda.set_costs")
def set_costs(actor: Actor, *, project: UUID, costs: Sequence[CostValue], version: int | None = None) -> UUID:
    """Replace the costs, in the order given."""
    row = locked(project)
    authorize(actor, EDIT_PROJECT, row)
    check_version(row, version)
    rows = [
        Cost(
            project=row,
            text=required(cost.text, "agenda.cost_text", _("Please say in words what the amount is for.")),
            amount=cost.amount,
            kind=cost.kind if cost.kind in CostKind.values else CostKind.OTHER,
            source=cost.source.strip(),
            order=number,
        )
        for number, cost in enumerate(costs, start=1)
    ]
    count = row.costs.count()
    row.costs.all().delete()
    Cost.objects.bulk_create(rows)
    touch(row)
    record(actor, row, before={"costs": count}, after={"costs": len(rows)})
    tell_changed(row, ["costs"])
    return row.public_id


@action("agenda.set_decisions")
def set_decisions(
    actor: Actor, *, project: UUID, decisions: Sequence[DecisionValue], version: int | None = None
) -> UUID:
    """Replace the political decisions."""
    row = locked(project)
    authorize(actor, EDIT_PROJECT, row)
    check_version(row, version)
    rows = [
        Decision(
            project=row,
            body=required(item.body, "agenda.decision_body", _("Please say who decided.")),
            reference=item.reference.strip(),
            decided_on=item.decided_on,
            title=item.title.strip(),
        )
        for item in decisions
    ]
    count = row.decisions.count()
    row.decisions.all().delete()
    Decision.objects.bulk_create(rows)
    touch(row)
    record(actor, row, before={"decisions": count}, after={"decisions": len(rows)})
    tell_changed(row, ["decisions"])
    return row.public_id


@action("agenda.set_aliases")
def set_aliases(actor: Actor, *, project: UUID, aliases: Sequence[str], version: int | None = None) -> UUID:
    """Replace the other spellings by which the import recognises the project."""
    row = locked(project)
    authorize(actor, EDIT_PROJECT, row)
    check_version(row, version)
    before = sorted(row.aliases.values_list("name", flat=True))
    row.aliases.all().delete()
    replace_aliases(row, aliases)
    touch(row)
    record(actor, row, before={"aliases": before}, after={"aliases": sorted(aliases)})
    return row.public_id


def replace_aliases(project: Project, aliases: Sequence[str]) -> None:
    """Write the aliases of a project that has none. Raises RuleBroken ``agenda.alias_taken``."""
    names = list(
        dict.fromkeys(name.strip() for name in aliases if name.strip() and name.strip() != project.title)
    )
    taken = ProjectAlias.objects.filter(name__in=names).select_related("project").first()
    if taken is not None:
        raise RuleBroken(
            "agenda.alias_taken",
            _("“%(name)s” is already another name of the project “%(project)s”.")
            % {"name": taken.name, "project": taken.project.title},
        )
    ProjectAlias.objects.bulk_create([ProjectAlias(project=project, name=name) for name in names])
