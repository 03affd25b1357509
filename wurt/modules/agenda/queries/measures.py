"""Figures of projects and goals, with how far they are. Public, as the figures are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.indicators.periods import Period
from wurt.core.indicators.queries import Point, Series, Use, infos, places_of, series
from wurt.core.indicators.registry import Direction
from wurt.core.indicators.rules import Aim, Way, expected, way
from wurt.core.indicators.words import figure_text
from wurt.modules.agenda.domain.snapshot import FigureFact
from wurt.modules.agenda.models import Goal, Measure, Project, Report
from wurt.modules.agenda.queries.public_scope import public_projects


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as a project or goal shows it. ``way``: how far it is, None without a target; ``line``: what
    the straight path asks for on the day of the newest value."""

    id: UUID
    series: Series
    aim: Aim
    way: Way | None
    line: Decimal | None


def of_projects(actor: Actor, projects: Collection[int]) -> dict[int, tuple[Measured, ...]]:
    """The figures of projects, by project. Three queries; one where there are none."""
    rows = list(Measure.objects.filter(project__in=projects))
    return _by_owner(((row.project_id, row.pk) for row in rows), _measured(actor, rows))


def of_goals(actor: Actor, goals: Collection[int]) -> dict[int, tuple[Measured, ...]]:
    """The figures of goals, by goal. Three queries; one where there are none."""
    rows = list(Measure.objects.filter(goal__in=goals))
    return _by_owner(((row.goal_id, row.pk) for row in rows), _measured(actor, rows))


def _by_owner(
    pairs: Iterable[tuple[int | None, int]], shown: Mapping[int, Measured]
) -> dict[int, tuple[Measured, ...]]:
    found: dict[int, tuple[Measured, ...]] = {}
    for owner, row in pairs:
        if owner is not None and row in shown:
            found[owner] = (*found.get(owner, ()), shown[row])
    return found


def _measured(actor: Actor, rows: Sequence[Measure]) -> dict[int, Measured]:
    """By row; figures that nobody declares any more are left out."""
    found = series(actor, [(row.key, row.place) for row in rows])
    result = {}
    for row in rows:
        one = found.get((row.key, row.place))
        if one is not None:
            aim = aim_of(row)
            judged, line = judge(aim, one.latest, one.info.direction)
            result[row.pk] = Measured(row.public_id, one, aim, judged, line)
    return result


def aim_of(row: Measure) -> Aim:
    """Baseline and target, without trailing zeros."""
    return Aim(_plain(row.baseline), row.baseline_on, _plain(row.target), row.target_on)


def _plain(value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def judge(aim: Aim, point: Point | None, direction: Direction) -> tuple[Way | None, Decimal | None]:
    """How far a figure is on the last day of its month, and what the path asks for then."""
    if point is None:
        return (Way.UNKNOWN if aim.target is not None else None), None
    day = point.period.last
    return way(aim, point.figure, day, direction), expected(aim, day)


def offered(actor: Actor, report: Report) -> list[tuple[str, str]]:
    """(public id, text) of the figures that a report may show, with their values in its month."""
    period = Period.of(report.month.month)
    shown = of_projects(actor, [report.project_id]).get(report.project_id, ())
    return [(str(item.id), _offer(item.series, period)) for item in shown]


def _offer(one: Series, period: Period) -> str:
    name = f"{one.info.name}, {one.place_name}" if one.place else str(one.info.name)
    point = one.at(period)
    if point is None:
        return _("%(name)s: no value for this month yet") % {"name": name}
    return f"{name}: {figure_text(point.figure, one.info.unit)}"


def measure_rows(
    actor: Actor, *, project: Project | None = None, goal: Goal | None = None
) -> list[dict[str, Any]]:
    """What the form of measures starts from."""
    names = ("key", "place", "baseline_on", "target_on")
    return [
        {name: getattr(row, name) for name in names}
        | {"baseline": aim_of(row).baseline, "target": aim_of(row).target}
        for row in Measure.objects.filter(project=project, goal=goal)
    ]


def choices(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(key, name) of all figures and (slug, name) of all places with figures, for selects."""
    return [(item.key, f"{item.name} ({item.group})") for item in infos(actor)], list(places_of(actor))


def uses(actor: Actor) -> list[Use]:
    """Which public project and which goal shows which figure."""
    rows = Measure.objects.filter(Q(goal__isnull=False) | Q(project__in=public_projects()))
    found = []
    for row in rows.select_related("project", "goal"):
        if row.project is not None:
            url = reverse("agenda:project", args=[row.project.slug])
            found.append(Use(row.key, "agenda.project", row.project.slug, row.project.name, url))
        elif row.goal is not None:
            url = f"{reverse('agenda:success')}#{row.goal.slug}"
            found.append(Use(row.key, "agenda.goal", f"ziel-{row.goal.slug}", row.goal.title, url))
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """The figures of a project as its month was last published. ``same``: nobody edited the report since."""

    same: bool
    figures: tuple[FigureFact, ...]


def figure_facts(
    actor: Actor, rows: Sequence[Report], month: date, before: Mapping[int, Before]
) -> dict[int, tuple[FigureFact, ...]]:
    """By project: the figures of a month as facts. Three queries at most.

    A draft shows the figures that its project has now, or those chosen in its report. A figure without a
    value for the month is left out: the report says what was known when it was published. A month that was
    published (``before``) keeps its figures with their baselines and targets, and takes over corrected
    values: that is what a correction is for.
    """
    period = Period.of(month)
    measures: dict[int, list[Measure]] = {}
    for one in Measure.objects.filter(project__in=[row.project_id for row in rows]):
        measures.setdefault(one.project_id or 0, []).append(one)
    pairs = [(one.key, one.place) for mine in measures.values() for one in mine]
    pairs += [(fact.key, fact.place) for old in before.values() for fact in old.figures]
    found = series(actor, pairs)
    result = {}
    for row in rows:
        mine = measures.get(row.project_id, [])
        facts = _facts(row, mine, before.get(row.project_id), found, period)
        if facts:
            result[row.project_id] = facts
    return result


def _facts(
    row: Report,
    measures: Sequence[Measure],
    old: Before | None,
    found: Mapping[tuple[str, str], Series],
    period: Period,
) -> tuple[FigureFact, ...]:
    chosen = [one for one in measures if row.figures is None or str(one.public_id) in row.figures]
    frozen = {(fact.key, fact.place): fact for fact in old.figures} if old else {}
    kept = dict(frozen)
    if old is None or (row.figures is not None and not old.same):
        gone = {(one.key, one.place) for one in measures}
        kept = {pair: fact for pair, fact in frozen.items() if pair not in gone}
    else:
        chosen = []
    facts = []
    for one in chosen:
        pair = (one.key, one.place)
        fact = _again(frozen.get(pair), found.get(pair), aim_of(one), period)
        facts += [fact] if fact else []
    for pair, fact in kept.items():
        facts.append(_again(fact, found.get(pair), Aim(), period) or fact)
    return tuple(facts)


def _again(old: FigureFact | None, one: Series | None, aim: Aim, period: Period) -> FigureFact | None:
    """The fact anew; an old one keeps its words, baseline and target."""
    if old is not None:
        aim = Aim(old.baseline, old.baseline_on, old.target, old.target_on)
    fact = _fact(one, aim, period) if one else None
    if old is None or fact is None:
        return fact or old
    words = ("name", "unit", "place_name", "kind", "example")
    return replace(fact, **{name: getattr(old, name) for name in words})


def _fact(one: Series, aim: Aim, period: Period) -> FigureFact | None:
    point, before = one.at(period), one.at(period.previous)
    if point is None:
        return None
    judged, line = judge(aim, point, one.info.direction)
    return FigureFact(
        key=one.info.key,
        name=str(one.info.name),
        unit=str(one.info.unit),
        place=one.place,
        place_name=one.place_name,
        kind=one.info.kind.value,
        value=point.figure.value,
        below=point.figure.below,
        before=before.figure.value if before else None,
        version=point.number,
        reason=point.reason,
        source=point.source,
        computed_at=point.at,
        baseline=aim.baseline,
        baseline_on=aim.baseline_on,
        target=aim.target,
        target_on=aim.target_on,
        way=judged.value if judged else "",
        line=line.quantize(Decimal("0.1")) if line is not None else None,
        example=one.info.example or point.example,
    )
