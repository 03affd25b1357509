"""Figures of a county folder: described, chosen by projects and goals, and entered month by month."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.core.indicators.actions.manual import create_manual, enter_value
from wurt.core.indicators.handlers import compute_since
from wurt.core.indicators.periods import Period
from wurt.modules.agenda.actions.measures import measure_goal, measure_project
from wurt.modules.agenda.actions.values import MeasureValue

Data = dict[str, Any]
WORDS = ("name", "unit", "meaning", "kind", "direction", "decimals", "counts_people")


def describe(actor: Actor, figures: Iterable[Data], projects: Mapping[str, UUID]) -> None:
    """Make the figures of ``indicators.toml`` and hand each to its projects and goals."""
    of_projects: dict[str, list[MeasureValue]] = {}
    of_goals: dict[str, list[MeasureValue]] = {}
    for row in figures:
        words = {name: row[name] for name in WORDS if name in row}
        create_manual(actor, key=row["key"], words=words, is_example=row["example"])  # type: ignore[arg-type]
        for owners, found in ((row.get("projects", []), of_projects), (row.get("goals", []), of_goals)):
            for owner in owners:
                found.setdefault(owner["slug"], []).append(_measure(row["key"], owner))
    for slug, measures in of_projects.items():
        measure_project(actor, project=projects[slug], measures=measures)
    for slug, measures in of_goals.items():
        measure_goal(actor, slug=slug, measures=measures)


def enter(actor: Actor, figures: Iterable[Data], month: date) -> None:
    """Enter the values of a month, and compute those that the services give."""
    compute_since(actor, Period.of(month))
    for row in figures:
        value = value_of(row, month)
        if value is not None:
            enter_value(actor, key=row["key"], month=month, value=value, source=row["source"])


def value_of(row: Data, month: date) -> Decimal | None:
    """The value of a month; None before the first and after the last."""
    first = Period.read(row["since"]).first
    place = (month.year - first.year) * 12 + month.month - first.month
    return Decimal(str(row["values"][place])) if 0 <= place < len(row["values"]) else None


def _measure(key: str, owner: Data) -> MeasureValue:
    def amount(name: str) -> Decimal | None:
        return Decimal(owner[name]) if name in owner else None

    return MeasureValue(
        key,
        "",
        amount("baseline"),
        owner.get("baseline_on"),
        amount("target"),
        owner.get("target_on"),
    )
