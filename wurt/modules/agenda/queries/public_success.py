"""Success of the strategy: each goal with its figures, and what nobody measures. Counts only from data."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from wurt.core.action.actor import Actor
from wurt.core.indicators.rules import Way
from wurt.modules.agenda.models import Goal, Measure, ProjectState
from wurt.modules.agenda.queries.measures import Measured, of_goals
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda, public_projects
from wurt.modules.agenda.queries.public_strategy import Link


@dataclass(frozen=True, slots=True)
class GoalSuccess:
    """A goal with its figures, and how many of the projects that serve it are measured."""

    slug: str
    title: str
    measures: tuple[Measured, ...]
    projects: int
    measured_projects: int


@dataclass(frozen=True, slots=True)
class SuccessPage:
    """Goals in their order; running and planned projects without a figure by title."""

    agenda: AgendaFact
    goals: tuple[GoalSuccess, ...]
    projects: int
    unmeasured_projects: tuple[Link, ...]

    @property
    def measured(self) -> tuple[GoalSuccess, ...]:
        """Goals with a figure."""
        return tuple(goal for goal in self.goals if goal.measures)

    @property
    def unmeasured(self) -> tuple[GoalSuccess, ...]:
        """Goals that nobody measures."""
        return tuple(goal for goal in self.goals if not goal.measures)

    def count(self, *ways: Way) -> int:
        """How many figures of goals are that far."""
        return sum(item.way in ways for goal in self.goals for item in goal.measures)

    @property
    def good(self) -> int:
        """Figures that reached their target or are on the way."""
        return self.count(Way.REACHED, Way.ON_WAY)

    @property
    def bad(self) -> int:
        """Figures behind the plan, and targets missed."""
        return self.count(Way.BEHIND, Way.MISSED)

    @property
    def unknown(self) -> int:
        """Figures that cannot be judged: no target, no baseline, or no value."""
        return self.count(Way.OPEN, Way.UNKNOWN) + sum(
            item.way is None for goal in self.goals for item in goal.measures
        )


def success_page(actor: Actor) -> SuccessPage:
    """All goals with their figures. Eight queries, however many goals there are."""
    about = agenda(actor)
    measured = Exists(Measure.objects.filter(project=OuterRef("pk")))
    projects = list(
        public_projects()
        .annotate(measured=measured)
        .only("slug", "title", "short_title", "state")
        .prefetch_related("goals")
        .order_by("title")
    )
    serving: dict[int, list[bool]] = {}
    for project in projects:
        for goal in project.goals.all():
            serving.setdefault(goal.pk, []).append(project.measured)
    rows = list(Goal.objects.only("slug", "title", "order"))
    figures = of_goals(actor, [row.pk for row in rows])
    ahead = [row for row in projects if row.state in (ProjectState.RUNNING, ProjectState.PLANNED)]
    return SuccessPage(
        agenda=about,
        goals=tuple(
            GoalSuccess(
                row.slug,
                row.title,
                figures.get(row.pk, ()),
                len(serving.get(row.pk, [])),
                sum(serving.get(row.pk, [])),
            )
            for row in rows
        ),
        projects=len(ahead),
        unmeasured_projects=tuple(Link(row.slug, row.name, row.state) for row in ahead if not row.measured),
    )
