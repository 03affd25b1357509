"""Figures that people enter: describing them, entering a month, correcting it."""

import re
from datetime import date
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, changed, check_version, lock, record, save
from wurt.core.db.errors import RuleBroken
from wurt.core.db.slugs import slug_of
from wurt.core.indicators.actions.compute import check_over, keep_next
from wurt.core.indicators.measure import shown
from wurt.core.indicators.models import LEAST, ManualIndicator
from wurt.core.indicators.periods import Period
from wurt.core.indicators.policies import CREATE, DESCRIBE, ENTER
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Person, Place


class Words(TypedDict, total=False):
    """What a figure is called and means; absent keys stay. ``keeper``: public id, or None."""

    name: str
    unit: str
    meaning: str
    kind: str
    direction: str
    decimals: int
    counts_people: bool
    keeper: UUID | None


@action("indicators.create_manual")
def create_manual(
    actor: Actor, *, words: Words, place: str = "", key: str = "", is_example: bool = False
) -> str:
    """A new figure that is entered by hand; the answer is its key, made from the name if none is given.

    Raises NotFound for the place or keeper, RuleBroken ``indicators.name``, ``indicators.key_taken``.
    """
    where = lock(Place.objects.all(), slug=place) if place else county()
    authorize(actor, CREATE, where)
    row = ManualIndicator(place=where, is_example=is_example)
    _set(row, words)
    row.key = key or slug_of(row.name)[:60].strip("-")
    if not row.key or ManualIndicator.objects.filter(key=row.key).exists():
        raise RuleBroken(
            "indicators.key_taken", _("There is a figure of this name already. Please give it another name.")
        )
    row.save()
    record(actor, row, after={"key": row.key, "name": row.name})
    return row.key


@action("indicators.edit_manual")
def edit_manual(actor: Actor, *, key: str, words: Words, version: int | None = None) -> str:
    """Change what a figure is called and means. Its address stays; how people are hidden can only become
    stricter, since values stand stored."""
    row = lock(ManualIndicator.objects.all(), key=key)
    authorize(actor, DESCRIBE, row)
    check_version(row, version)
    if row.counts_people:
        words = {**words, "counts_people": True}
    before, after = _set(row, words)
    if after:
        save(row, after)
        record(actor, row, before=_plain(before), after=_plain(after))
    return row.key


@action("indicators.enter_value")
def enter_value(actor: Actor, *, key: str, month: date, value: Decimal, source: str, reason: str = "") -> int:
    """Enter the figure of a month with its source; the answer is the number of the version, 0 if it is there
    like that. Another value needs a reason.

    Raises NotFound, RuleBroken ``indicators.month_running``, ``indicators.source``, ``indicators.reason``,
    ``indicators.value``.
    """
    row = lock(ManualIndicator.objects.all(), key=key)
    authorize(actor, ENTER, row)
    period = Period.of(month)
    check_over(period)
    if not source.strip():
        raise RuleBroken("indicators.source", _("Please say where the figure comes from."))
    if row.counts_people and value < 0:
        raise RuleBroken("indicators.value", _("A number of people is not below 0. Please check the value."))
    figures = shown({}, value, LEAST if row.counts_people else 0, row.decimals)
    stored = keep_next(key, period, figures, source.strip(), reason, is_example=row.is_example)
    if stored is None:
        return 0
    record(actor, stored, after={"key": key, "month": period.key, "number": stored.number})
    return stored.number


def _set(row: ManualIndicator, words: Words) -> tuple[dict[str, object], dict[str, object]]:
    values = dict(words)
    if "keeper" in values:
        chosen = values["keeper"]
        values["keeper"] = lock(Person.objects.filter(erased=None), public_id=chosen) if chosen else None
    for name in ("name", "unit", "meaning"):
        if name in values:
            values[name] = re.sub(r"\s+", " ", str(values[name])).strip()
    before, after = changed(row, values)
    if not row.name or not row.meaning:
        raise RuleBroken("indicators.name", _("Please give the figure a name and say what it means."))
    return before, after


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {
        key: value if isinstance(value, str | int | bool | None) else str(value)
        for key, value in values.items()
        if key != "keeper"
    }
