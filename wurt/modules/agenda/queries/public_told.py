"""What is new in a month for those who follow a project, a field or the agenda; and what can be followed."""

from collections.abc import Collection
from dataclasses import dataclass

from wurt.core.action.actor import Actor
from wurt.modules.agenda.models import Agenda, Field, Month, PublishedReport
from wurt.modules.agenda.queries.public_published import ReportRow, editions, history
from wurt.modules.agenda.queries.public_scope import public_projects


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be followed. ``key`` stays when it is renamed, ``slug`` is its address."""

    key: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Change:
    """A project in a month. ``status`` is green, yellow, red or "" (nobody gave one); ``before`` that of its
    report before, None if it had none."""

    project: Subject
    field: str
    status: str
    before: str | None
    progress: bool

    @property
    def is_news(self) -> bool:
        """Is there more to tell than that it was reported: progress, another status, the first report?"""
        return self.progress or self.before is None or self.before != self.status


@dataclass(frozen=True, slots=True)
class MonthNews:
    """``newest``: no later month is published. ``first``: the version with which it became public; above 1 it
    was withdrawn before. ``note``: what was corrected in the version that is public now."""

    month: str
    newest: bool
    changes: tuple[Change, ...]
    first: int = 1
    note: str = ""


def month_news(actor: Actor, month: str) -> MonthNews | None:
    """What a published month (YYYY-MM) tells, by title; None if it is not published."""
    published = editions(actor)
    if month not in {item.month for item in published}:
        return None
    version = next(item.version for item in published if item.month == month)
    told = PublishedReport.objects.filter(version_id=version).values("project_id")
    projects = list(public_projects().filter(pk__in=told).select_related("field").order_by("title"))
    reports = history(published, [project.pk for project in projects])
    changes = []
    for project in projects:
        rows = reports.get(project.pk, ())
        at = next((place for place, row in enumerate(rows) if row.month == month), None)
        if at is not None:
            before = rows[at + 1] if at + 1 < len(rows) else None
            subject = Subject(str(project.public_id), project.slug, project.name)
            changes.append(_change(subject, project.field.pk if project.field else 0, rows[at], before))
    row = Month.objects.select_related("current").get(month=f"{month}-01")
    note = row.current.note if row.current else ""
    return MonthNews(month, published[0].month == month, tuple(changes), row.public_from, note)


def withdrawal_note(actor: Actor, month: str) -> str | None:
    """Why a month (YYYY-MM) was withdrawn, as its page says; None if it is not withdrawn."""
    row = Month.objects.filter(month=f"{month}-01", current__isnull=True, withdrawn_at__isnull=False).first()
    return row.withdrawn_note if row else None


def _change(subject: Subject, field: int, row: ReportRow, before: ReportRow | None) -> Change:
    return Change(
        project=subject,
        field=str(field or ""),
        status=row.status or "",
        before=None if before is None else before.status or "",
        progress=row.has_progress,
    )


def followed_agenda(actor: Actor) -> Subject | None:
    """The agenda as a whole."""
    name = Agenda.objects.values_list("name", flat=True).first()
    return Subject("agenda", "alles", name) if name else None


def followed_fields(
    actor: Actor, *, keys: Collection[str] | None = None, slug: str = ""
) -> tuple[Subject, ...]:
    """Fields of action, all or those named."""
    rows = Field.objects.order_by("order", "name")
    if keys is not None:
        rows = rows.filter(pk__in=[key for key in keys if key.isdecimal()])
    if slug:
        rows = rows.filter(slug=slug)
    return tuple(Subject(str(pk), slug, name) for pk, slug, name in rows.values_list("pk", "slug", "name"))


def followed_projects(
    actor: Actor, *, keys: Collection[str] | None = None, slug: str = ""
) -> tuple[Subject, ...]:
    """Public projects, all or those named."""
    rows = public_projects().order_by("title")
    if keys is not None:
        rows = rows.filter(public_id__in=keys)
    if slug:
        rows = rows.filter(slug=slug)
    return tuple(Subject(str(row.public_id), row.slug, row.name) for row in rows)
