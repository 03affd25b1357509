"""Projects on the desk: the list, one project, and what its forms start from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from wurt.core.action.actor import Actor
from wurt.core.action.permission import Permission, authorize, can, scope_q
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.models import Milestone, Project
from wurt.modules.agenda.policies import EDIT_PROJECT, MANAGE_PROJECT, VIEW_PROJECT_DRAFT
from wurt.modules.agenda.queries.desk import check_desk


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of the list. ``status`` is that of the newest report of all, published or not."""

    slug: str
    title: str
    field: str
    state: str
    state_name: str
    lead: str
    lead_organisation: str
    start: date | None
    end: date | None
    public: bool
    can_edit: bool


def project_rows(actor: Actor, wanted: Mapping[str, str]) -> list[ProjectRow]:
    """The projects the actor may see on the desk. ``wanted``: q, field, state, visible, mine."""
    check_desk(actor)
    rows = Project.objects.filter(scope_q(actor, VIEW_PROJECT_DRAFT))
    if text := (wanted.get("q") or "").strip():
        words = Q(title__icontains=text) | Q(short_title__icontains=text) | Q(aliases__name__icontains=text)
        rows = rows.filter(words).distinct()
    if field := wanted.get("field"):
        rows = rows.filter(field__slug=field)
    if state := wanted.get("state"):
        rows = rows.filter(state=state)
    if visible := wanted.get("visible"):
        rows = rows.filter(public_since__isnull=visible == "no")
    if wanted.get("mine") and actor.person is not None:
        rows = rows.filter(Q(lead=actor.person) | Q(deputy=actor.person))
    editable = set(Project.objects.filter(scope_q(actor, EDIT_PROJECT)).values_list("pk", flat=True))
    rows = rows.select_related("field", "lead", "lead_organisation").order_by("title")
    return [_row(row, row.pk in editable) for row in rows]


def _row(row: Project, can_edit: bool) -> ProjectRow:
    return ProjectRow(
        slug=row.slug,
        title=row.title,
        field=row.field.name if row.field else "",
        state=row.state,
        state_name=row.get_state_display(),
        lead=str(row.lead) if row.lead else row.lead_function,
        lead_organisation=row.lead_organisation.name if row.lead_organisation else "",
        start=row.start,
        end=row.end,
        public=row.public_since is not None,
        can_edit=can_edit,
    )


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone as the desk shows it; ``shifts`` are (month, before, after)."""

    id: UUID
    label: str
    due: str
    done: bool
    done_on: date | None
    version: int
    shifts: list[tuple[date, str, str]]


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project with everything its desk page shows."""

    project: Project
    can_edit: bool
    can_manage: bool
    partners: list[str]
    stakeholders: list[str]
    milestones: list[MilestoneRow]
    aliases: list[str]
    reports: list[tuple[str, str | None, bool]]
    deletable: bool


def seen_project(actor: Actor, slug: str) -> Project:
    """A project the actor may see on the desk. Raises NotFound."""
    check_desk(actor)
    rows = Project.objects.select_related("field", "lead", "deputy", "lead_organisation", "agenda")
    row = rows.filter(scope_q(actor, VIEW_PROJECT_DRAFT), slug=slug).first()
    if row is None:
        raise NotFound(code="agenda.project")
    return row


def permitted(actor: Actor, slug: str, permission: Permission) -> Project:
    """A project with which the actor may do this. Raises NotFound, NotAllowed."""
    row = seen_project(actor, slug)
    authorize(actor, permission, row)
    return row


def project_to_edit(actor: Actor, slug: str) -> Project:
    """For the forms of leads and managers."""
    return permitted(actor, slug, EDIT_PROJECT)


def project_to_manage(actor: Actor, slug: str) -> Project:
    """For the forms of managers."""
    return permitted(actor, slug, MANAGE_PROJECT)


def project_view(actor: Actor, slug: str) -> ProjectView:
    """One project for its desk page."""
    row = seen_project(actor, slug)
    parties = list(row.parties.order_by("order"))
    reports = row.reports.select_related("month").order_by("-month__month")
    return ProjectView(
        project=row,
        can_edit=can(actor, EDIT_PROJECT, row),
        can_manage=can(actor, MANAGE_PROJECT, row),
        partners=[party.name for party in parties if party.role == "partner"],
        stakeholders=[party.name for party in parties if party.role == "stakeholder"],
        milestones=_milestones(row),
        aliases=sorted(row.aliases.values_list("name", flat=True)),
        reports=[(f"{r.month.month:%Y-%m}", r.status, r.month.current_id is not None) for r in reports],
        deletable=row.public_since is None and not row.published_reports.exists(),
    )


def _milestones(row: Project) -> list[MilestoneRow]:
    return [
        MilestoneRow(
            id=item.public_id,
            label=item.label,
            due=item.due,
            done=item.done,
            done_on=item.done_on,
            version=item.version,
            shifts=[(shift.month, shift.before, shift.after) for shift in item.shifts.all()],
        )
        for item in row.milestones.prefetch_related("shifts")
    ]


def profile_values(actor: Actor, row: Project) -> dict[str, Any]:
    """What the profile form starts from."""
    names = ("short_title", "goal", "content", "start", "end", "planned_start", "lead_function", "version")
    more = ("participation", "participation_none_reason", "contact")
    parties = list(row.parties.order_by("order"))
    return {
        **{name: getattr(row, name) for name in (*names, *more)},
        "field": row.field.slug if row.field else "",
        "partners": "\n".join(party.name for party in parties if party.role == "partner"),
        "stakeholders": "\n".join(party.name for party in parties if party.role == "stakeholder"),
    }


def people_values(actor: Actor, row: Project) -> dict[str, Any]:
    """What the form of people starts from."""
    links = {"lead_organisation": row.lead_organisation, "lead": row.lead, "deputy": row.deputy}
    values = {name: str(thing.public_id) if thing else "" for name, thing in links.items()}
    return {**values, "lead_function": row.lead_function, "version": row.version}


def cost_values(actor: Actor, row: Project) -> list[dict[str, Any]]:
    """Rows of the form of costs."""
    return [dict(item) for item in row.costs.values("text", "amount", "kind", "source")]


def decision_values(actor: Actor, row: Project) -> list[dict[str, Any]]:
    """Rows of the form of decisions."""
    return [dict(item) for item in row.decisions.values("body", "reference", "decided_on", "title")]


def milestone_to_edit(actor: Actor, slug: str, milestone: UUID) -> Milestone:
    """A milestone of a project that the actor may edit. Raises NotFound, NotAllowed."""
    row = project_to_edit(actor, slug).milestones.filter(public_id=milestone).first()
    if row is None:
        raise NotFound(code="agenda.milestone")
    return row


def alias_names(actor: Actor, row: Project) -> list[str]:
    """Other names of a project, in alphabetical order."""
    return sorted(row.aliases.values_list("name", flat=True))


def slug_of(actor: Actor, public_id: UUID) -> str:
    """The address of a project the actor may see. Raises NotFound."""
    slug = Project.objects.filter(public_id=public_id).values_list("slug", flat=True).first()
    return seen_project(actor, slug or "").slug
