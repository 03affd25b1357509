"""One project in public: profile, newest published report, milestones, history, old addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.domain.periods import due_latest, sort_key
from wurt.modules.agenda.domain.snapshot import (
    CostFact,
    DecisionFact,
    MilestoneFact,
    ReportFact,
    ShiftFact,
)
from wurt.modules.agenda.models import Milestone, Party, Project, ProjectSlug
from wurt.modules.agenda.models.project import PartyRole
from wurt.modules.agenda.queries.measures import Measured, of_projects
from wurt.modules.agenda.queries.public_published import (
    Edition,
    ReportRow,
    editions,
    history,
    report_facts,
)
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda, public_projects


@dataclass(frozen=True, slots=True)
class Head:
    """What every page about a project starts with."""

    pk: int
    slug: str
    title: str
    name: str
    state: str
    example: bool
    public_id: UUID


@dataclass(frozen=True, slots=True)
class Profile:
    """The project as it is now. ``lead`` is the person's name with their consent, else the function."""

    id: str
    goal: str
    content: str
    field: str
    field_slug: str
    place: str
    lead: str
    lead_organisation: str
    partners: tuple[str, ...]
    stakeholders: tuple[str, ...]
    start: date | None
    end: date | None
    planned_start: str
    ended_on: date | None
    costs: tuple[CostFact, ...]
    decisions: tuple[DecisionFact, ...]
    participation: str
    participation_none_reason: str
    contact: str
    goals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest published report. ``since``: first month of the unbroken run with the same status;
    ``before``: the status before that run, and whether there was one."""

    month: str
    fact: ReportFact
    since: str
    changed: bool
    before: str | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """All of a project page. ``milestones`` come from the newest published report, for a project that was
    never reported from its profile; ``as_of`` is the month they are judged by."""

    agenda: AgendaFact
    head: Head
    profile: Profile
    latest: Latest | None
    milestones: tuple[MilestoneFact, ...]
    history: tuple[ReportRow, ...]
    as_of: str | None
    measures: tuple[Measured, ...] = ()

    @property
    def dated(self) -> bool:
        """Has any milestone a date, so that a calendar of them holds something?"""
        return any(milestone.due for milestone in self.milestones)

    @property
    def late(self) -> bool:
        """Does it still run although its planned end has passed?"""
        return self.head.state == "running" and self.profile.end is not None and self.profile.end < today()


def moved_to(actor: Actor, slug: str) -> str:
    """The address a renamed project has now. Raises NotFound."""
    old = ProjectSlug.objects.filter(slug=slug, project__in=public_projects())
    found = old.values_list("project__slug", flat=True).first()
    if found is None:
        raise NotFound(code="agenda.project")
    return found


def head(actor: Actor, slug: str) -> Head:
    """The project under its current address. Raises NotFound, also if it is not public."""
    row = (
        public_projects()
        .filter(slug=slug)
        .only("slug", "title", "short_title", "state", "is_example")
        .first()
    )
    if row is None:
        raise NotFound(code="agenda.project")
    return _head(row)


def _head(row: Project) -> Head:
    return Head(row.pk, row.slug, row.title, row.name, row.state, row.is_example, row.public_id)


def project_page(actor: Actor, slug: str) -> ProjectPage:
    """Everything about one project. Raises NotFound, also if it is not public. At most thirteen queries."""
    row = (
        public_projects()
        .filter(slug=slug)
        .select_related("field", "place", "lead_organisation", "lead")
        .prefetch_related("parties", "costs", "decisions", "goals")
        .first()
    )
    if row is None:
        raise NotFound(code="agenda.project")
    about = agenda(actor)
    published = editions(actor)
    rows = history(published, [row.pk]).get(row.pk, ())
    latest = _latest(rows)
    return ProjectPage(
        agenda=about,
        head=_head(row),
        profile=profile_of(row, about.contact),
        latest=latest,
        milestones=in_order(
            judged(
                latest.fact.milestones if latest else profile_milestones([row.pk]).get(row.pk, ()), published
            )
        ),
        history=rows,
        as_of=published[0].month if published else None,
        measures=of_projects(actor, [row.pk]).get(row.pk, ()),
    )


def _latest(rows: tuple[ReportRow, ...]) -> Latest | None:
    if not rows:
        return None
    same = next((at for at, row in enumerate(rows) if row.status != rows[0].status), len(rows))
    changed = same < len(rows)
    return Latest(
        month=rows[0].month,
        fact=report_facts([rows[0].report])[rows[0].report],
        since=rows[same - 1].month,
        changed=changed,
        before=rows[same].status if changed else None,
    )


def public_name(person: Person | None) -> str:
    """The name of a person who consents to be named, else nothing."""
    if person is None or person.name_public_since is None or person.erased is not None:
        return ""
    return person.name


def profile_of(row: Project, contact: str) -> Profile:
    """The project as it is now; ``contact`` is the agenda's, for projects without one of their own."""
    parties: list[Party] = list(row.parties.all())
    return Profile(
        id=str(row.public_id),
        goal=row.goal,
        content=row.content,
        field=row.field.name if row.field else "",
        field_slug=row.field.slug if row.field else "",
        place=row.place.name,
        lead=public_name(row.lead) or row.lead_function or (row.lead.function if row.lead else ""),
        lead_organisation=row.lead_organisation.name if row.lead_organisation else "",
        partners=tuple(party.name for party in parties if party.role == PartyRole.PARTNER),
        stakeholders=tuple(party.name for party in parties if party.role == PartyRole.STAKEHOLDER),
        start=row.start,
        end=row.end,
        planned_start=row.planned_start,
        ended_on=row.ended_on,
        costs=tuple(CostFact(cost.text, cost.amount, cost.kind, cost.source) for cost in row.costs.all()),
        decisions=tuple(
            DecisionFact(item.body, item.reference, item.decided_on, item.title)
            for item in row.decisions.all()
        ),
        participation=row.participation,
        participation_none_reason=row.participation_none_reason,
        contact=row.contact or contact,
        goals=tuple((goal.slug, goal.title) for goal in row.goals.all()),
    )


def profile_milestones(projects: Iterable[int]) -> dict[int, tuple[MilestoneFact, ...]]:
    """Milestones of the profiles of projects that were never reported, by project."""
    rows = Milestone.objects.filter(project_id__in=list(projects), project__in=public_projects())
    rows = rows.prefetch_related("shifts")
    found: dict[int, tuple[MilestoneFact, ...]] = {}
    for row in rows:
        shifts = tuple(
            ShiftFact(f"{shift.month:%Y-%m}", shift.before or None, shift.after or None)
            for shift in row.shifts.all()
        )
        fact = MilestoneFact(row.label, row.due or None, row.done, row.done_on, False, shifts)
        found[row.project_id] = (*found.get(row.project_id, ()), fact)
    return found


def judged(milestones: Iterable[MilestoneFact], published: tuple[Edition, ...]) -> tuple[MilestoneFact, ...]:
    """Overdue as the newest published month sees it: not done, and the last day it may mean lies before.

    Not the day of reading: nobody reported since, so nobody knows.
    """
    first = published[0].first if published else None
    return tuple(replace(item, overdue=_overdue(item, first)) for item in milestones)


def _overdue(item: MilestoneFact, first: date | None) -> bool:
    last = due_latest(item.due)
    return not item.done and last is not None and first is not None and last < first


def in_order(milestones: Iterable[MilestoneFact]) -> tuple[MilestoneFact, ...]:
    """By date, those without one last."""
    return tuple(sorted(milestones, key=lambda item: sort_key(item.due)))
