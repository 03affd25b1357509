"""The home page: the agenda in one line, the newest report and the newest progress."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from wurt.core.action.actor import Actor
from wurt.modules.agenda.domain.snapshot import Counts
from wurt.modules.agenda.models import Agenda, PublishedReport
from wurt.modules.agenda.queries.public_months import MonthLine, month_lines
from wurt.modules.agenda.queries.public_projects import ProjectCard, cards
from wurt.modules.agenda.queries.public_published import Standing, editions, report_facts, standing
from wurt.modules.agenda.queries.public_scope import STATES, AgendaFact, agenda, public_projects

NEWS = 3


@dataclass(frozen=True, slots=True)
class News:
    """Progress of one project in the newest report; ``text`` is its first paragraph."""

    project: ProjectCard
    text: str


@dataclass(frozen=True, slots=True)
class Home:
    """The home page. ``latest`` is None until the first month is published; ``reporting``: running projects
    with a report in it."""

    agenda: AgendaFact
    counts: Counts
    latest: MonthLine | None
    news: tuple[News, ...]
    taking_part: int
    reporting: int
    example: bool


def home(actor: Actor) -> Home | None:
    """The home page; None before ``wurt init``. At most eleven queries."""
    if not Agenda.objects.exists():
        return None
    published = editions(actor)
    now = standing(published)
    about = agenda(actor)
    months = month_lines(published)
    latest = months[0] if months else None
    told = PublishedReport.objects.filter(version_id=latest.edition.version if latest else None)
    told = told.filter(project__in=public_projects())
    number = dict(public_projects().order_by().values_list("state").annotate(Count("pk")))
    return Home(
        agenda=about,
        counts=Counts(**{state: number.get(state, 0) for state in STATES}),
        latest=latest,
        news=_news(actor, told, now),
        taking_part=public_projects()
        .exclude(participation="")
        .filter(state__in=("running", "planned"))
        .count(),
        reporting=told.filter(project__state="running").count(),
        example=about.example,
    )


def _news(actor: Actor, told: QuerySet[PublishedReport], now: Standing) -> tuple[News, ...]:
    rows = told.filter(has_progress=True).order_by("project__title", "project_id")
    newest = dict(rows.values_list("project_id", "pk")[:NEWS])
    found, facts = cards(actor, now, newest), report_facts(newest.values())
    return tuple(
        News(card, (facts[newest[pk]].progress or "").split("\n\n")[0]) for pk, card in found.items()
    )
