"""Choosing the figures by which a project or a goal is measured."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, check_version, lock, record, save
from wurt.core.db.errors import RuleBroken
from wurt.core.indicators.queries import infos
from wurt.core.tenancy.models import Place
from wurt.modules.agenda.actions.projects import locked
from wurt.modules.agenda.actions.steps import tell_changed, touch
from wurt.modules.agenda.actions.values import MeasureValue
from wurt.modules.agenda.models import Goal, Measure, Project
from wurt.modules.agenda.policies import EDIT_AGENDA, EDIT_PROJECT


@action("agenda.measure_project")
def measure_project(
    actor: Actor, *, project: UUID, measures: Sequence[MeasureValue], version: int | None = None
) -> UUID:
    """Replace the figures of a project, in the order given.

    Raises RuleBroken ``agenda.measure_key``, ``agenda.measure_twice``, ``agenda.measure_place``,
    ``agenda.measure_days``.
    """
    row = locked(project)
    authorize(actor, EDIT_PROJECT, row)
    check_version(row, version)
    _check(actor, measures)
    before = _replace(row, None, measures)
    touch(row)
    record(actor, row, before={"measures": before}, after={"measures": [item.key for item in measures]})
    tell_changed(row, ["measures"])
    return row.public_id


@action("agenda.measure_goal")
def measure_goal(
    actor: Actor, *, slug: str, measures: Sequence[MeasureValue], version: int | None = None
) -> str:
    """Replace the figures of a goal of the strategy. Raises as above."""
    row = lock(Goal.objects.select_related("agenda"), slug=slug)
    authorize(actor, EDIT_AGENDA, row.agenda)
    check_version(row, version)
    _check(actor, measures)
    before = _replace(None, row, measures)
    save(row, [])
    record(actor, row, before={"measures": before}, after={"measures": [item.key for item in measures]})
    return row.slug


def _replace(project: Project | None, goal: Goal | None, measures: Sequence[MeasureValue]) -> list[str]:
    """Rows that stay keep their public id: reports name it."""
    rows = Measure.objects.filter(project=project, goal=goal)
    stored = {(row.key, row.place): row for row in rows}
    before = [row.key for row in stored.values()]
    for order, item in enumerate(measures, start=1):
        row = stored.pop((item.key, item.place), None) or Measure(
            project=project, goal=goal, key=item.key, place=item.place
        )
        row.baseline, row.baseline_on = item.baseline, item.baseline_on
        row.target, row.target_on, row.order = item.target, item.target_on, order
        row.save()
    Measure.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    return before


def _check(actor: Actor, measures: Sequence[MeasureValue]) -> None:
    known = {info.key for info in infos(actor)}
    places = {item.place for item in measures if item.place}
    found = set(Place.objects.filter(slug__in=places).values_list("slug", flat=True))
    seen = set()
    for item in measures:
        if item.key not in known:
            raise RuleBroken("agenda.measure_key", _("This figure does not exist. Please choose another."))
        if (item.key, item.place) in seen:
            raise RuleBroken(
                "agenda.measure_twice", _("A figure stands here twice for the same place. Please keep one.")
            )
        seen.add((item.key, item.place))
        if item.place and item.place not in found:
            raise RuleBroken("agenda.measure_place", _("This place does not exist. Please choose another."))
        if item.baseline_on and item.target_on and item.baseline_on >= item.target_on:
            raise RuleBroken(
                "agenda.measure_days", _("The day of the target must lie after the day of the baseline.")
            )
        if (item.baseline_on and item.baseline is None) or (item.target_on and item.target is None):
            raise RuleBroken("agenda.measure_days", _("Please give the value that belongs to the day."))
