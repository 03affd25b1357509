"""Storing what indicators say about a month: once, and corrections as new versions with a reason."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, lock, lock_all, record
from wurt.core.db.clock import now, today
from wurt.core.db.errors import NotFound, RuleBroken
from wurt.core.indicators.measure import Figures, measured, source_of
from wurt.core.indicators.models import Computation, Value
from wurt.core.indicators.periods import Period
from wurt.core.indicators.policies import COMPUTE
from wurt.core.indicators.registry import Indicator, indicator_of
from wurt.core.indicators.rules import Figure
from wurt.core.tenancy.authority import county
from wurt.core.tenancy.models import Place


@action("indicators.compute_month")
def compute_month(actor: Actor, *, key: str, month: date) -> int:
    """Compute a month that has no figures yet; the answer is the number of the version, 0 if nothing was
    stored: figures are there, the month is not known, or too long ago to be told.

    Idempotent: whoever comes second, also at the same moment, finds the figures of the first. Raises
    NotFound, RuleBroken ``indicators.month_running``.
    """
    indicator, period = _asked(key, month)
    authorize(actor, COMPUTE, county())
    if too_late(indicator, period) or _stored(key, period):
        return 0
    figures = measured(indicator, period)
    if not figures:
        return 0
    # Whoever measured at the same moment waits here, and then finds the figures of the first.
    lock(Place.objects.all(), pk=county().pk)
    if _stored(key, period):
        return 0
    row = keep_first(key, period, figures, source_of(indicator))
    if row is None:
        return 0
    record(actor, row, after={"month": period.key, "number": 1})
    return 1


@action("indicators.correct_month")
def correct_month(actor: Actor, *, key: str, month: date, reason: str) -> int:
    """Compute a month again; what differs becomes a new version with a reason that readers see. The answer
    is its number, 0 if nothing differs.

    Raises NotFound, RuleBroken ``indicators.month_running``, ``indicators.too_late``, ``indicators.reason``.
    """
    indicator, period = _asked(key, month)
    authorize(actor, COMPUTE, county())
    if too_late(indicator, period):
        raise RuleBroken(
            "indicators.too_late",
            _("Nobody knows any more how it was in that month, so it cannot be computed again."),
        )
    figures = measured(indicator, period)
    same = not figures or figures == current_figures(key, period)
    row = None if same else keep_next(key, period, figures, source_of(indicator), reason)
    if row is None:
        return 0
    record(actor, row, before={"number": row.number - 1}, after={"month": period.key, "number": row.number})
    return row.number


def too_late(indicator: Indicator, period: Period) -> bool:
    """Has the past gone that the figure would be computed from?"""
    if indicator.late_days is None:
        return False
    return today() > period.last + timedelta(days=indicator.late_days)


def keep_first(
    key: str, period: Period, figures: Figures, source: str, *, is_example: bool = False
) -> Computation | None:
    """The first version of a month; None if somebody else just stored it (the unique key decides)."""
    row, created = Computation.objects.get_or_create(
        key=key,
        month=period.first,
        number=1,
        defaults={"source": source, "at": now(), "is_example": is_example},
    )
    if not created:
        return None
    _fill(row, figures)
    return row


def keep_next(
    key: str, period: Period, figures: Figures, source: str, reason: str, *, is_example: bool = False
) -> Computation | None:
    """The next version of a month; None if it says what the current one says, from the same source.

    Raises RuleBroken ``indicators.reason`` for a correction without one.
    """
    rows = lock_all(Computation.objects.filter(key=key, month=period.first))
    if not rows:
        return keep_first(key, period, figures, source, is_example=is_example)
    current = next(row for row in rows if row.current)
    if figures_of(current) == figures and current.source == source:
        return None
    if not reason.strip():
        raise RuleBroken(
            "indicators.reason",
            _("There is a figure for this month. Please say in a sentence why it changes. Readers see it."),
        )
    current.current = False
    current.save(update_fields=["current"])
    row = Computation.objects.create(
        key=key,
        month=period.first,
        number=current.number + 1,
        source=source,
        reason=reason.strip(),
        is_example=current.is_example,
    )
    _fill(row, figures)
    return row


def current_figures(key: str, period: Period) -> Figures:
    """The figures that are shown now; empty if there are none."""
    row = Computation.objects.filter(key=key, month=period.first, current=True).first()
    return figures_of(row) if row else {}


def figures_of(row: Computation) -> Figures:
    """The stored figures."""
    return {
        place: Figure(value, below)
        for place, value, below in row.values.values_list("place", "value", "below")
    }


def _fill(row: Computation, figures: Figures) -> None:
    Value.objects.bulk_create(
        Value(computation=row, place_id=place, value=figure.value, below=figure.below)
        for place, figure in figures.items()
    )


def _asked(key: str, month: date) -> tuple[Indicator, Period]:
    indicator, period = indicator_of(key), Period.of(month)
    if indicator is None:
        raise NotFound(code="indicators.indicator")
    check_over(period)
    return indicator, period


def check_over(period: Period) -> None:
    """Raise RuleBroken ``indicators.month_running`` for a month that is not over."""
    if today() <= period.last:
        raise RuleBroken(
            "indicators.month_running",
            _("This month is not over yet. Its figure can be given from the first day of the next."),
        )


def _stored(key: str, period: Period) -> bool:
    return Computation.objects.filter(key=key, month=period.first).exists()
