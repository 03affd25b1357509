"""What is new: published reports of the agenda, of a field or of a project, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.snapshot import ReportFact
from wurt.modules.agenda.models import Field, PublishedReport
from wurt.modules.agenda.queries.public_project import head
from wurt.modules.agenda.queries.public_projects import ProjectCard, cards
from wurt.modules.agenda.queries.public_published import (
    Edition,
    editions,
    report_facts,
    standing,
)
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda, public_projects

MONTHS, REPORTS, RECENT = 24, 40, 1


@dataclass(frozen=True, slots=True)
class ReportNews:
    """A project's report of a month, published at ``at``."""

    project: ProjectCard
    month: str
    at: datetime
    fact: ReportFact


@dataclass(frozen=True, slots=True)
class NewsPage:
    """``months`` are the published months (agenda only), ``reports`` those of projects; newest first."""

    agenda: AgendaFact
    title: str
    months: tuple[Edition, ...]
    reports: tuple[ReportNews, ...]
    example: bool


def agenda_news(actor: Actor) -> NewsPage:
    """Published months, and what moved in the projects."""
    about = agenda(actor)
    published = editions(actor)
    reports = _news(actor, published, Q(has_progress=True))
    return NewsPage(about, about.name, published[:MONTHS], reports, about.example)


def field_news(actor: Actor, slug: str) -> NewsPage:
    """What moved in the projects of a field. Raises NotFound."""
    name = Field.objects.filter(slug=slug).values_list("name", flat=True).first()
    if name is None:
        raise NotFound(code="agenda.field")
    about = agenda(actor)
    reports = _news(actor, editions(actor), Q(has_progress=True, project__field__slug=slug))
    return NewsPage(about, name, (), reports, about.example)


def project_news(actor: Actor, slug: str) -> NewsPage:
    """Every report of a project. Raises NotFound."""
    about, project = agenda(actor), head(actor, slug)
    reports = _news(actor, editions(actor), Q(project_id=project.pk))
    return NewsPage(about, project.title, (), reports, about.example or project.example)


def _news(actor: Actor, published: tuple[Edition, ...], which: Q) -> tuple[ReportNews, ...]:
    """The newest published reports, newest month first, inside a month by title backwards."""
    at = {item.version: item for item in published}
    # Mostly the newest months are enough, and sorting all of years is slow.
    found = _newest(which, [item.version for item in published[:RECENT]])
    if len(found) < REPORTS and len(published) > RECENT:
        found = _newest(which, list(at))
    facts = report_facts(pk for pk, _project, _version in found)
    known = cards(actor, standing(published), {project for _pk, project, _version in found})
    return tuple(
        ReportNews(known[project], at[version].month, at[version].published_at, facts[pk])
        for pk, project, version in found
        if project in known
    )


def _newest(which: Q, versions: Sequence[int]) -> list[tuple[int, int, int]]:
    """Rows of the reports, their projects and versions."""
    rows = PublishedReport.objects.filter(which, version_id__in=versions, project__in=public_projects())
    ordered = rows.order_by("-version__month__month", "-project__title")
    return list(ordered.values_list("pk", "project_id", "version_id")[:REPORTS])
