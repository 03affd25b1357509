"""What is new: published reports of the agenda, of a field or of a project, newest first."""

from dataclasses import dataclass
from datetime import datetime

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.snapshot import ReportFact
from wurt.modules.agenda.models import Field
from wurt.modules.agenda.queries.public_project import head
from wurt.modules.agenda.queries.public_projects import ProjectCard, cards
from wurt.modules.agenda.queries.public_published import (
    Edition,
    History,
    ReportRow,
    editions,
    history,
    report_facts,
)
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda

MONTHS, REPORTS = 24, 40


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
    found = [card for card, _text in cards(actor, history(published))]
    reports = _news(found, published, progress_only=True)
    return NewsPage(about, about.name, published[:MONTHS], reports, about.example)


def field_news(actor: Actor, slug: str) -> NewsPage:
    """What moved in the projects of a field. Raises NotFound."""
    name = Field.objects.filter(slug=slug).values_list("name", flat=True).first()
    if name is None:
        raise NotFound(code="agenda.field")
    about = agenda(actor)
    published = editions(actor)
    found = [card for card, _text in cards(actor, history(published)) if card.field_slug == slug]
    return NewsPage(about, name, (), _news(found, published, progress_only=True), about.example)


def project_news(actor: Actor, slug: str) -> NewsPage:
    """Every report of a project. Raises NotFound."""
    about, project = agenda(actor), head(actor, slug)
    published = editions(actor)
    found = [card for card, _text in cards(actor, history(published)) if card.pk == project.pk]
    reports = _news(found, published, progress_only=False)
    return NewsPage(about, project.title, (), reports, about.example or project.example)


def _news(
    found: list[ProjectCard], published: tuple[Edition, ...], *, progress_only: bool
) -> tuple[ReportNews, ...]:
    reports: History = history(published)
    told = {item.month: item.published_at for item in published}
    rows: list[tuple[ProjectCard, ReportRow]] = [
        (card, row)
        for card in found
        for row in reports.get(card.pk, ())
        if row.has_progress or not progress_only
    ]
    rows.sort(key=lambda pair: (pair[1].month, pair[0].title), reverse=True)
    rows = rows[:REPORTS]
    facts = report_facts(row.report for _card, row in rows)
    return tuple(ReportNews(card, row.month, told[row.month], facts[row.report]) for card, row in rows)
