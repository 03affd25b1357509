"""The desk of the agenda: who may enter, and what needs them now."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Max, Q

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize, can, scope_q
from wurt.core.audit.models import AuditEntry
from wurt.core.audit.words import action_word, actor_word
from wurt.core.db.clock import today
from wurt.core.db.errors import NotAllowed, NotFound
from wurt.core.tenancy.models import Organisation, Person
from wurt.modules.agenda.models import Agenda, Field, Milestone, Month, Project, ProjectState, Report
from wurt.modules.agenda.policies import (
    EDIT_AGENDA,
    EDIT_PROJECT,
    EDIT_REPORT,
    EDIT_STRATEGY,
    VIEW_DESK,
    VIEW_PROJECT_DRAFT,
)
from wurt.modules.agenda.queries.desk_waiting import Waiting, open_corrections, waiting_entries
from wurt.modules.agenda.queries.trail_words import field_word, value_word

TaskKind = Literal["open", "write", "hand_in", "publish", "milestone", "import", "correct", "late"]


def may_enter(actor: Actor) -> bool:
    """Does the desk show in the actor's menu?"""
    return can(actor, VIEW_DESK) or (actor.second_factor and "lead" in actor.relations)


def check_desk(actor: Actor) -> None:
    """Pass staff and project leads with a second factor. Raises NotAllowed."""
    if may_enter(actor):
        return
    if "lead" in actor.relations:
        raise NotAllowed(code=f"{VIEW_DESK.name}:second_factor")
    authorize(actor, VIEW_DESK)


def may_manage(actor: Actor) -> bool:
    """Coordinators and administrators of the county keep the whole agenda."""
    agenda = Agenda.objects.first()
    return agenda is not None and can(actor, EDIT_AGENDA, agenda)


def check_manage(actor: Actor) -> None:
    """Raise NotAllowed for everybody else than those, NotFound before ``wurt init``."""
    agenda = the_agenda()
    check_desk(actor)
    authorize(actor, EDIT_AGENDA, agenda)


def check_strategy(actor: Actor) -> Agenda:
    """The agenda, for those who edit its texts."""
    agenda = the_agenda()
    check_desk(actor)
    authorize(actor, EDIT_STRATEGY, agenda)
    return agenda


def the_agenda() -> Agenda:
    """The agenda of this installation. Raises NotFound before ``wurt init``."""
    agenda = Agenda.objects.select_related("place").first()
    if agenda is None:
        raise NotFound(code="agenda.agenda")
    return agenda


def is_there(actor: Actor) -> bool:
    """Was ``wurt init`` run?"""
    return Agenda.objects.exists()


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits. ``month`` YYYY-MM; ``project`` is a slug; ``since`` a day; ``batch`` an import.

    Overdue milestones of one project are one task: ``title`` is the oldest, ``count`` how many there are.
    """

    kind: TaskKind
    title: str
    since: date | None = None
    month: str = ""
    project: str = ""
    project_title: str = ""
    due: str = ""
    count: int = 1
    batch: UUID | None = None


def tasks(actor: Actor) -> list[Task]:
    """What needs the actor now, oldest first."""
    check_desk(actor)
    manages = may_manage(actor)
    found = _reports_to_write(actor) + _reports_to_hand_in(actor)
    if manages:
        imports = [_waiting(entry) for entry in waiting_entries(actor)]
        waiting = {task.month for task in (*found, *imports) if task.kind != "hand_in"}
        found += imports
        found += [task for task in _months_to_publish() if task.month not in waiting]
        found += _month_to_open()
        found += [Task("correct", "", month, f"{month:%Y-%m}") for month in open_corrections(actor)]
    found += _overdue(actor) + _late(actor)
    return sorted(found, key=lambda task: (task.since or date.max, task.title))


def _waiting(entry: Waiting) -> Task:
    since = date.fromisoformat(f"{entry.month}-01") if entry.month else None
    return Task("import", "", since, entry.month, count=entry.count, batch=entry.batch)


def _reports_to_write(actor: Actor) -> list[Task]:
    rows = (
        Report.objects.filter(
            scope_q(actor, EDIT_REPORT), month__current__isnull=True, month__withdrawn_at__isnull=True
        )
        .filter(Q(status__isnull=True) | Q(progress__isnull=True))
        .select_related("month", "project")
    )
    return [
        Task("write", row.title, row.month.month, f"{row.month.month:%Y-%m}", row.project.slug)
        for row in rows
    ]


def _reports_to_hand_in(actor: Actor) -> list[Task]:
    """Complete reports of projects that the actor leads or deputises for."""
    if actor.person is None:
        return []
    rows = Report.objects.filter(
        Q(project__lead_id=actor.person) | Q(project__deputy_id=actor.person),
        month__current__isnull=True,
        month__withdrawn_at__isnull=True,
        status__isnull=False,
        progress__isnull=False,
        handed_in__isnull=True,
    ).select_related("month", "project")
    return [
        Task("hand_in", row.title, row.month.month, f"{row.month.month:%Y-%m}", row.project.slug)
        for row in rows
    ]


def _months_to_publish() -> list[Task]:
    rows = Month.objects.filter(
        current__isnull=True, withdrawn_at__isnull=True, month__lte=today(), reports__isnull=False
    ).distinct()
    return [Task("publish", "", row.month, f"{row.month:%Y-%m}") for row in rows]


def _month_to_open() -> list[Task]:
    """The month after the newest one, once it is over; last month where there is none yet."""
    this = today().replace(day=1)
    newest = Month.objects.filter(month__lt=this).aggregate(newest=Max("month"))["newest"]
    first = (newest + timedelta(days=31) if newest else this - timedelta(days=1)).replace(day=1)
    if first >= this:
        return []
    return [Task("open", "", first, f"{first:%Y-%m}")]


def _late(actor: Actor) -> list[Task]:
    """Running projects whose planned end has passed."""
    mine = Project.objects.filter(scope_q(actor, EDIT_PROJECT), state=ProjectState.RUNNING)
    return [
        Task("late", row.name, row.end, project=row.slug, project_title=row.name)
        for row in mine.filter(end__lt=today())
    ]


def _overdue(actor: Actor) -> list[Task]:
    mine = Project.objects.filter(scope_q(actor, EDIT_PROJECT), state=ProjectState.RUNNING)
    rows = Milestone.objects.filter(project__in=mine, done=False, due_latest__lt=today()).select_related(
        "project"
    )
    late: dict[int, list[Milestone]] = {}
    for row in rows.order_by("due_latest", "order"):
        late.setdefault(row.project_id, []).append(row)
    return [
        Task(
            "milestone",
            found[0].label,
            found[0].due_latest,
            project=found[0].project.slug,
            project_title=found[0].project.name,
            due=found[0].due,
            count=len(found),
        )
        for found in late.values()
    ]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry of the trail: who did what, and what may be shown of it."""

    at: object
    actor: str
    action: str
    what: str
    changes: list[tuple[str, str, str]]


def history(actor: Actor, slug: str) -> tuple[Project, list[HistoryLine]]:
    """The newest 200 entries about a project, its milestones and its reports."""
    check_desk(actor)
    project = Project.objects.filter(scope_q(actor, VIEW_PROJECT_DRAFT), slug=slug).first()
    if project is None:
        raise NotFound(code="agenda.project")
    ids = [str(project.public_id)]
    ids += [str(key) for key in project.milestones.values_list("public_id", flat=True)]
    ids += [str(key) for key in project.reports.values_list("public_id", flat=True)]
    entries = list(
        AuditEntry.objects.filter(object_type__startswith="agenda.", object_id__in=ids).order_by("-pk")[:200]
    )
    names = _names(entry.actor for entry in entries)
    return project, [_line(entry, names) for entry in entries]


def _names(labels: "object") -> dict[str, str]:
    ids = {label for label in labels if _is_uuid(label)}  # type: ignore[attr-defined]
    return {str(row.public_id): str(row) for row in Person.objects.filter(public_id__in=ids)}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _line(entry: AuditEntry, names: dict[str, str]) -> HistoryLine:
    changes = [
        (field_word(key), value_word(key, entry.before.get(key)), value_word(key, value))
        for key, value in entry.after.items()
        if key != "changed"
    ]
    hidden = entry.after.get("changed") or []
    return HistoryLine(
        at=entry.at,
        actor=actor_word(entry.actor, names),
        action=action_word(entry.action),
        what=", ".join(field_word(key) for key in hidden),
        changes=changes,
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of forms: (value, label)."""

    fields: list[tuple[str, str]]
    organisations: list[tuple[str, str]]
    people: list[tuple[str, str]]


def choices(actor: Actor) -> Choices:
    """What selects offer to staff."""
    check_desk(actor)
    return Choices(
        fields=[(row.slug, row.name) for row in Field.objects.all()],
        organisations=[(str(row.public_id), row.name) for row in Organisation.objects.all()],
        people=[
            (str(row.public_id), _person(row))
            for row in Person.objects.filter(erased__isnull=True)
            .select_related("organisation")
            .order_by("name")
        ],
    )


def _person(row: Person) -> str:
    return ", ".join(part for part in (row.name, row.function, str(row.organisation or "")) if part)
