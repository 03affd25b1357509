"""The home page: the agenda in one line, the newest report and the newest progress."""

from dataclasses import dataclass

from wurt.core.action.actor import Actor
from wurt.modules.agenda.domain.snapshot import Counts
from wurt.modules.agenda.models import Agenda
from wurt.modules.agenda.queries.public_months import MonthLine, month_list
from wurt.modules.agenda.queries.public_projects import ProjectCard, cards, counts
from wurt.modules.agenda.queries.public_published import History, editions, history, report_facts
from wurt.modules.agenda.queries.public_scope import AgendaFact, public_projects

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
    """The home page; None before ``wurt init``. At most eight queries."""
    if not Agenda.objects.exists():
        return None
    months = month_list(actor)
    published = editions(actor)
    reports = history(published)
    found = [card for card, _text in cards(actor, reports)]
    latest = months.lines[0] if months.lines else None
    return Home(
        agenda=months.agenda,
        counts=counts(found),
        latest=latest,
        news=_news(found, latest.edition.month if latest else "", reports),
        taking_part=public_projects()
        .exclude(participation="")
        .filter(state__in=("running", "planned"))
        .count(),
        reporting=sum(
            card.state == "running" and latest is not None and card.reported == latest.edition.month
            for card in found
        ),
        example=months.agenda.example,
    )


def _news(found: list[ProjectCard], month: str, reports: History) -> tuple[News, ...]:
    fresh = [card for card in found if card.reported == month and card.has_progress][:NEWS]
    rows = {card.pk: reports[card.pk][0].report for card in fresh}
    facts = report_facts(rows.values())
    return tuple(News(card, (facts[rows[card.pk]].progress or "").split("\n\n")[0]) for card in fresh)
